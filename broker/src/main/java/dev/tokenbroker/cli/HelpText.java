package dev.tokenbroker.cli;

import dev.tokenbroker.cli.Command.Topic;
import dev.tokenbroker.config.Setting;
import dev.tokenbroker.config.Settings;
import java.util.List;

/** What {@code --help} prints; each text fits one screen and ends with an example. */
final class HelpText {

  private static final String GENERAL =
      """
      token-broker: Microsoft Entra tokens for every program in a pod

      Usage:
        token-broker [serve]                   serve tokens on localhost (the default)
        token-broker token --resource R        get one token and print it
        token-broker env [--for CLIENT]        print the variables an app container needs
        token-broker dev [--emulator]          the same on a laptop, with your own az's tokens
        token-broker doctor                    look for what is wrong, and say what mends it
        token-broker inject                    put the broker into pods (admission webhook)
        token-broker migrate --tenant T PATH   from AAD Pod Identity to workload identity
        token-broker help [serve|token|env|dev|doctor|inject|migrate|settings]
        token-broker --version

      Settings are environment variables and one YAML file: token-broker help settings

      Exit codes: 0 done, 1 failed, 2 wrong usage or configuration

      Example:
        token-broker token --resource https://vault.azure.net --output raw
      """;

  private static final String TOKEN =
      """
      Get one token from Entra, without a running broker, and print it.

      Usage:
        token-broker token --resource R [--client-id C] [--output json|raw|env|odbc]

      Options:
        --resource R     what the token is for, such as https://vault.azure.net
        --client-id C    the identity; without it the default identity
        --output O       json: the body IMDS would give (default); raw: the token alone;
                         env: lines for eval that set ACCESS_TOKEN and its expiry;
                         odbc: the bytes of SQL_COPT_SS_ACCESS_TOKEN

      Example:
        eval "$(token-broker token --resource https://vault.azure.net --output env)"
      """;

  private static final String ENV =
      """
      Print the variables that an app container needs to ask the broker, without any privilege.

      Usage:
        token-broker env [--for CLIENT] [--pair P] [--output FORMAT] [--listen HOST:PORT]

      Options:
        --for CLIENT     python, js, java, go, dotnet, az, terraform or all (default): for
                         managed identity; az-federated or workload-identity: for the
                         authority on loopback
        --pair P         identity: IDENTITY_ENDPOINT and IDENTITY_HEADER (default); msi:
                         MSI_ENDPOINT and MSI_SECRET, for old clients that follow nothing else
                         (docs/recipes.md lists them); all: both
        --output O       shell: lines to eval (default); powershell; yaml: for a container's
                         env; json
        --listen H:P     where the broker listens; without it as BROKER_LISTEN says, for the
                         authority BROKER_AUTHORITY_LISTEN

      A BROKER_IDENTITY_HEADER that is set is what the app must show. YAML does not hold it: it
      names the key "identity-header" of a Secret "token-broker". What az must run once is a line
      of the shell, a comment in YAML, and the array "commands" in JSON.

      Example:
        token-broker env --for python --output yaml
      """;

  private static final String DEV =
      """
      Serve the same endpoints on your own machine, with tokens of your own az login, until
      Ctrl-C; print the variables that lead your app there. Whichever identity a request names,
      the tokens are yours. Not in a Kubernetes pod. See docs/laptop.md.

      Usage:
        token-broker dev [--tenant T] [--for CLIENT]
        token-broker dev --emulator [--for CLIENT]

      Options:
        --tenant T       a tenant to ask, if not the one az is set to
        --for CLIENT     print the variables of one client only, as token-broker env does
        --emulator       no Azure: tokens of an emulated Entra (token-broker-emulator.jar)

      Settings are those of serve, with these defaults: BROKER_ADMIN_LISTEN 127.0.0.1:16926,
      BROKER_MAX_EXCHANGES 4 (runs of az at once), BROKER_EXCHANGE_TIMEOUT 45s, and on Linux
      BROKER_ALLOWED_UIDS your own. AZURE_* variables are not read.

      Example:
        az login && token-broker dev --for python
      """;

  private static final String DOCTOR =
      """
      Look for what is wrong: settings, token file, DNS and TLS to Entra, one exchange for each
      identity, the running broker, an app's variables. Changes nothing; never prints a token.

      Usage:
        token-broker doctor [--resource R] [--app-env FILE] [--output text|json]

      Options:
        --resource R     what to ask Entra for; without it what the identity is meant for
        --app-env FILE   the variables of an app container, as env prints them; - for standard input
        --output O       text: a table (default); json: one line

      Exit codes: 0 nothing failed, 1 something did

      Example:
        kubectl exec POD -c token-broker -- /opt/java/bin/java @/opt/token-broker/run doctor
      """;

  private static final String SERVE =
      """
      Serve tokens on localhost until SIGTERM, then answer what is under way and stop.

      Usage:
        token-broker [serve]

      The settings most often needed (all: token-broker help settings):
      %s
      Example:
        BROKER_PREFETCH=https://vault.azure.net token-broker serve
      """;

  private static final String INJECT =
      """
      Put the broker into pods labelled token-broker.dev/inject=true, as a mutating admission
      webhook, until SIGTERM. The Helm chart token-broker-injector runs it.

      Usage:
        token-broker inject

      Environment variables (default in brackets):
        INJECT_IMAGE               The broker's image; needed.
        INJECT_REDIRECT_IMAGE      The image with nft for redirection; needed.
        INJECT_LISTEN              Where the API server asks. [0.0.0.0:8443]
        INJECT_CERT_FILE           Certificate, PEM. [/etc/token-broker/tls/tls.crt]
        INJECT_KEY_FILE            Its key, PEM. [/etc/token-broker/tls/tls.key]
        INJECT_MODE                strict or shared. [strict]
        INJECT_CPU_REQUEST         What a broker asks of its node. [20m]
        INJECT_CPU_LIMIT           None if not set.
        INJECT_MEMORY_REQUEST      [112Mi]
        INJECT_MEMORY_LIMIT        [192Mi]
        INJECT_LOG_FORMAT          text or json. [text]
        INJECT_LOG_LEVEL           error, warn, info or debug. [info]

      Example:
        INJECT_IMAGE=broker:1 INJECT_REDIRECT_IMAGE=redirect:1 token-broker inject
      """;

  private static final String MIGRATE =
      """
      Read manifests of AAD Pod Identity and of the workloads that use it, print what becomes of
      them, and write what to apply. It never touches a cluster. See docs/migrate.md.

      Usage:
        token-broker migrate --tenant T [options] PATH...

      PATH is a file, a folder (all *.yaml, *.yml and *.json in it), or - for standard input.

      Options:
        --tenant T             the tenant of the managed identities; needed
        --output DIR           where to write; without it only the report is printed
        --issuer URL           the cluster's OIDC issuer; without it the script asks for it
        --namespace N          for manifests that name none [default]
        --namespaced           pod identity runs with --forceNamespaced, as AKS's add-on does
        --cluster-wide         it runs without: a workload gets identities of every namespace.
                               Where the two differ, one of them is required
        --drop-binding-label   the last stage: take the label aadpodidbinding away
        --audience A           of the federated credentials [api://AzureADTokenExchange]
        --force                replace files in DIR that differ

      Example:
        kubectl get azureidentities,azureidentitybindings,deploy,sts,ds,cj,sa -A -o yaml |
          token-broker migrate --tenant contoso.onmicrosoft.com --output migration -
      """;

  private static final String SETTINGS =
      """
      Environment variables (default in brackets):
      %s
      The file that BROKER_CONFIG names has the same settings under names like "logLevel",
      and a list of identities: see docs/configuration.md.

      Example:
        BROKER_LOG_FORMAT=json BROKER_LOG_LEVEL=debug token-broker
      """;

  private static final List<Setting<?>> COMMON =
      List.of(
          Settings.CLIENT_ID,
          Settings.TENANT_ID,
          Settings.FEDERATED_TOKEN_FILE,
          Settings.AUTHORITY_HOST,
          Settings.CONFIG,
          Settings.LISTEN,
          Settings.ADMIN_LISTEN,
          Settings.PREFETCH);

  private HelpText() {}

  static String of(Topic topic) {
    return switch (topic) {
      case GENERAL -> GENERAL;
      case SERVE -> SERVE.formatted(rows(COMMON));
      case TOKEN -> TOKEN;
      case INJECT -> INJECT;
      case ENV -> ENV;
      case DEV -> DEV;
      case DOCTOR -> DOCTOR;
      case MIGRATE -> MIGRATE;
      case SETTINGS -> SETTINGS.formatted(rows(Settings.ALL));
    };
  }

  private static String rows(List<Setting<?>> settings) {
    StringBuilder rows = new StringBuilder();
    for (Setting<?> setting : settings) {
      if (!setting.variables().isEmpty()) {
        String name = setting.variables().get(0);
        rows.append("  ").append(name).append(" ".repeat(30 - name.length()));
        rows.append(setting.description());
        setting.fallback().ifPresent(value -> rows.append(" [").append(value).append(']'));
        rows.append('\n');
      }
    }
    return rows.toString();
  }
}
