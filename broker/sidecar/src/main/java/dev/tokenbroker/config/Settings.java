package dev.tokenbroker.config;

import dev.tokenbroker.token.Guid;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The one table of the broker's settings: names, default, bounds, parser and help of each, in the
 * order of the documentation. What is not in here cannot be set; what is in here must be in {@code
 * docs/configuration.md}. The webhook's rows are in {@code inject}.
 */
public final class Settings {

  private static final String GUID = "a GUID";
  private static final String TENANT = "the tenant's id (a GUID) or one of its domains";
  private static final String RESOURCE = "a resource such as https://vault.azure.net";
  private static final String RESOURCE_ID = "an Azure resource id, /subscriptions/...";

  /** Each row that is made below adds itself. */
  private static final List<Setting<?>> ROWS = new ArrayList<>();

  public static final Setting<String> CLIENT_ID =
      row(
          "AZURE_CLIENT_ID",
          "clientId",
          GUID,
          "Client id of the identity meant when a request names none.",
          Guid::parse);

  public static final Setting<String> TENANT_ID =
      row(
          "AZURE_TENANT_ID",
          "tenantId",
          TENANT,
          "Tenant of every identity that names no other.",
          Values::tenant);

  public static final Setting<Path> FEDERATED_TOKEN_FILE =
      row(
          "AZURE_FEDERATED_TOKEN_FILE",
          "federatedTokenFile",
          "the path of the projected token",
          "The projected token; read again at every exchange.",
          Values::tokenFile);

  public static final Setting<URI> AUTHORITY_HOST =
      row(
          "AZURE_AUTHORITY_HOST",
          "authorityHost",
          "https://login.microsoftonline.com/",
          "an https address without a path, such as https://login.microsoftonline.com/",
          "The Entra authority.",
          HttpsUrl::parseOrigin);

  public static final Setting<Path> CONFIG =
      row(
          Setting.inEnvironment(
              "BROKER_CONFIG",
              "the path of a readable YAML file",
              "A YAML file with more settings; the environment overrides it.",
              Path::of));

  public static final Setting<HostPort> LISTEN =
      row(
          "BROKER_LISTEN",
          "listen",
          "127.0.0.1:16925",
          "host:port, such as 127.0.0.1:16925",
          "Where apps ask for tokens.",
          HostPort::parse);

  public static final Setting<HostPort> ADMIN_LISTEN =
      row(
          "BROKER_ADMIN_LISTEN",
          "adminListen",
          "0.0.0.0:16926",
          "host:port, such as 0.0.0.0:16926",
          "Where probes and metrics answer; never tokens.",
          HostPort::parse);

  public static final Setting<Boolean> ALLOW_REMOTE_PEERS =
      flag(
          "BROKER_ALLOW_REMOTE_PEERS",
          "allowRemotePeers",
          "Whether callers outside the pod may ask for tokens.");

  public static final Setting<String> HOSTS =
      row(
          "BROKER_HOSTS",
          "hosts",
          "host names without port",
          "More names to accept in the Host header.",
          Values::hostName);

  public static final Setting<String> IDENTITY_HEADER =
      row(
          Setting.inEnvironment(
                  "BROKER_IDENTITY_HEADER",
                  "8 to 256 printable ASCII characters, no space",
                  "The secret that callers by IDENTITY_ENDPOINT or MSI_ENDPOINT must show.",
                  Values::secret)
              .hidden());

  public static final Setting<Boolean> REQUIRE_SECRET =
      flag(
          "BROKER_REQUIRE_SECRET",
          "requireSecret",
          "Whether every token request must show the secret, IMDS too.");

  public static final Setting<Long> ALLOWED_UIDS =
      row(
          "BROKER_ALLOWED_UIDS",
          "allowedUids",
          "user ids from 0 to 4294967294, such as 1000",
          "The only users of the pod whose processes may ask; a list.",
          Values::uid);

  public static final Setting<String> PREFETCH =
      row(
          "BROKER_PREFETCH",
          "prefetch",
          RESOURCE,
          "Resources to fetch at start and keep fresh for the default identity.",
          Values::resource);

  public static final Setting<Path> CA_FILE =
      row(
          "BROKER_CA_FILE",
          "caFile",
          "a readable file of PEM certificates",
          "Certificates to trust for Entra beside the system's roots.",
          Values::pemFile);

  public static final Setting<HostPort> AUTHORITY_LISTEN =
      row(
          "BROKER_AUTHORITY_LISTEN",
          "authority.listen",
          "a loopback host:port, such as 127.0.0.1:16927",
          "Where an Entra authority answers on loopback: docs/az.md.",
          HostPort::parse);

  public static final Setting<Path> AUTHORITY_CA_FILE =
      row(
          "BROKER_AUTHORITY_CA_FILE",
          "authority.caFile",
          "the path of a file to write, in a folder that the apps can read",
          "Where to write the CA of the authority, for the apps.",
          Path::of);

  public static final Setting<Path> AUTHORITY_STATE_FILE =
      row(
          "BROKER_AUTHORITY_STATE_FILE",
          "authority.stateFile",
          "the path of a file to write, in a folder of the broker alone",
          "Where to keep the authority's certificate and key.",
          Path::of);

  public static final Setting<Path> AUTHORITY_CERT_FILE =
      row(
          "BROKER_AUTHORITY_CERT_FILE",
          "authority.certFile",
          "the path of a PEM certificate for localhost",
          "A certificate of your own for the authority.",
          Path::of);

  public static final Setting<Path> AUTHORITY_KEY_FILE =
      row(
          "BROKER_AUTHORITY_KEY_FILE",
          "authority.keyFile",
          "the path of its PEM key",
          "The key of that certificate.",
          Path::of);

  public static final Setting<Boolean> INSTANCE_METADATA =
      row(
          "BROKER_INSTANCE_METADATA",
          "instanceMetadata",
          "off",
          "off or pass",
          "pass: hand /metadata/instance on to the real IMDS.",
          text -> Values.either(text, "pass", "off"));

  public static final Setting<LogFormat> LOG_FORMAT =
      row(
          Setting.choice(
                  "BROKER_LOG_FORMAT", LogFormat.class, LogFormat.TEXT, "How log lines look.")
              .withPath("logFormat"));

  public static final Setting<LogLevel> LOG_LEVEL =
      row(
          Setting.choice("BROKER_LOG_LEVEL", LogLevel.class, LogLevel.INFO, "How much is logged.")
              .withPath("logLevel"));

  public static final Setting<Integer> MAX_KEYS =
      count(
          "BROKER_MAX_KEYS",
          "limits.keys",
          "1000",
          100_000,
          "How many tokens are held at once, beside the prefetched ones.");

  public static final Setting<Integer> MAX_EXCHANGES =
      count(
          "BROKER_MAX_EXCHANGES",
          "limits.exchanges",
          "16",
          256,
          "How many exchanges with Entra run at once.");

  public static final Setting<Integer> MAX_CONNECTIONS =
      count(
          "BROKER_MAX_CONNECTIONS",
          "limits.connections",
          "1024",
          65_535,
          "How many client connections are open at once.");

  public static final Setting<Duration> EXCHANGE_TIMEOUT =
      time(
          "BROKER_EXCHANGE_TIMEOUT",
          "limits.exchangeTimeout",
          "10s",
          Values.SHORTEST,
          "10s",
          "How long one exchange may take.");

  public static final Setting<Duration> WAIT_TIMEOUT =
      time(
          "BROKER_WAIT_TIMEOUT",
          "limits.waitTimeout",
          "20s",
          Values.SHORTEST,
          "20s",
          "How long a caller waits when no valid token is held.");

  public static final Setting<Duration> STARTUP_SPREAD =
      time(
          "BROKER_STARTUP_SPREAD",
          "limits.startupSpread",
          "0s",
          Duration.ZERO,
          "30s",
          "Prefetches start at a random moment within this time.");

  public static final Setting<HttpProxy> HTTPS_PROXY =
      row(
          Setting.inEnvironment(
                  "HTTPS_PROXY",
                  "an HTTP proxy, such as http://user:password@proxy:3128",
                  "The outbound proxy.",
                  ProxyUrl::parse)
              .withVariable("https_proxy")
              .hidden());

  public static final Setting<NoProxy> NO_PROXY =
      row(
          Setting.inEnvironment(
                  "NO_PROXY",
                  "a comma-separated list of hosts",
                  "Hosts to reach without the proxy.",
                  NoProxy::parse)
              .withVariable("no_proxy"));

  public static final Setting<URI> TOKEN_PROXY =
      row(
          Setting.inEnvironment(
              "AZURE_KUBERNETES_TOKEN_PROXY",
              "an https address without user name, query or fragment",
              "The token proxy of AKS identity bindings; set by AKS.",
              HttpsUrl::parse));

  public static final Setting<String> TOKEN_PROXY_SNI_NAME =
      row(
          Setting.inEnvironment(
              "AZURE_KUBERNETES_SNI_NAME",
              "a host name",
              "The name to ask the token proxy for in TLS, and to verify.",
              Values::hostName));

  public static final Setting<Path> TOKEN_PROXY_CA_FILE =
      row(
          Setting.inEnvironment(
              "AZURE_KUBERNETES_CA_FILE",
              "a readable file of PEM certificates",
              "The only certificates to trust for the token proxy.",
              Values::pemFile));

  public static final Setting<String> TOKEN_PROXY_CA_DATA =
      row(
          Setting.inEnvironment(
              "AZURE_KUBERNETES_CA_DATA",
              "PEM certificates",
              "The same certificates, given directly.",
              Values::pemText));

  public static final Setting<String> DEFAULT_IDENTITY =
      row(
          Setting.inFile(
              "defaultIdentity",
              "the name of one of the identities",
              "The identity meant when a request names none.",
              Values::name));

  public static final Setting<String> IDENTITY_NAME =
      row(
          Setting.inFile(
              "identities[].name",
              "a name of letters, digits, '.', '_' and '-', at most 63",
              "What you call it.",
              Values::name));

  public static final Setting<String> IDENTITY_CLIENT_ID =
      row(Setting.inFile("identities[].clientId", GUID, "Its client id.", Guid::parse));

  public static final Setting<String> IDENTITY_TENANT_ID =
      row(
          Setting.inFile(
              "identities[].tenantId",
              TENANT,
              "Its tenant, if not AZURE_TENANT_ID.",
              Values::tenant));

  public static final Setting<String> IDENTITY_OBJECT_ID =
      row(
          Setting.inFile(
              "identities[].objectId",
              GUID,
              "Its object id, for callers that ask by it.",
              Guid::parse));

  public static final Setting<String> IDENTITY_RESOURCE_ID =
      row(
          Setting.inFile(
              "identities[].resourceId",
              RESOURCE_ID,
              "Its Azure resource id, for callers that ask by it.",
              Values::resourceId));

  public static final Setting<String> IDENTITY_ALLOWED_RESOURCES =
      row(
          Setting.inFile(
              "identities[].allowedResources",
              RESOURCE + ", or \"*\"",
              "The only resources it may request tokens for; all if left out.",
              Values::resource));

  public static final Setting<String> IDENTITY_PREFETCH =
      row(
          Setting.inFile(
              "identities[].prefetch",
              RESOURCE,
              "Resources to fetch at start and keep fresh.",
              Values::resource));

  /** Every row, in the order of the documentation. */
  public static final List<Setting<?>> ALL = List.copyOf(ROWS);

  private Settings() {}

  private static <T> Setting<T> row(Setting<T> setting) {
    ROWS.add(setting);
    return setting;
  }

  private static <T> Setting<T> row(
      String variable,
      String path,
      String expected,
      String description,
      Function<String, T> parser) {
    return row(Setting.inEnvironment(variable, expected, description, parser).withPath(path));
  }

  private static <T> Setting<T> row(
      String variable,
      String path,
      String fallback,
      String expected,
      String description,
      Function<String, T> parser) {
    return row(
        Setting.inEnvironment(variable, expected, description, parser)
            .withPath(path)
            .withDefault(fallback));
  }

  /** A switch that is off by default. */
  private static Setting<Boolean> flag(String variable, String path, String description) {
    return row(variable, path, "false", "true or false", description, Values::bool);
  }

  private static Setting<Integer> count(
      String variable, String path, String fallback, int max, String description) {
    return row(
        variable,
        path,
        fallback,
        "a whole number from 1 to " + max,
        description,
        text -> Values.count(text, max));
  }

  private static Setting<Duration> time(
      String variable,
      String path,
      String fallback,
      Duration shortest,
      String example,
      String description) {
    String expected = "a time from " + Values.text(shortest) + " to 10m, such as " + example;
    return row(
        variable, path, fallback, expected, description, text -> Values.time(text, shortest));
  }
}
