package dev.tokenbroker.migrate;

import dev.tokenbroker.migrate.AzureIdentity.ResourceId;
import dev.tokenbroker.migrate.Credentials.CredentialPlan;
import dev.tokenbroker.token.PosixShell;
import java.util.Optional;
import java.util.SortedSet;

/** The federated credentials as a script for {@code az}; it may be run again. */
final class AzScript {

  private static final String START =
      """
      #!/usr/bin/env bash
      # Federated credentials for %d service account(s). Needs az, logged in, with the role
      # "Managed Identity Contributor" on the identities. May be run again: what is there stays.
      set -euo pipefail

      %s
      AUDIENCE=%s
      # Another cluster with the same identities needs another prefix.
      PREFIX=${PREFIX:-token-broker}

      failed=0

      # One after another: Entra answers 409 to concurrent writes below one identity.
      federate() { # subscription, resource group, identity, credential, subject
        local name=$PREFIX-$4 present row_name row_issuer row_subject
        present=$(az identity federated-credential list --subscription "$1" --resource-group "$2" \\
          --identity-name "$3" --query '[].[name, issuer, subject]' --output tsv) || return 1
        while IFS=$'\\t' read -r row_name row_issuer row_subject; do
          if [ "$row_issuer" = "$ISSUER" ] && [ "$row_subject" = "$5" ]; then
            echo "there     $3: $5"
            return 0
          fi
          if [ "$row_name" = "$name" ]; then
            echo "FAILED    $3: $name is there with another issuer or subject; set PREFIX" >&2
            return 1
          fi
        done <<<"$present"
        az identity federated-credential create --subscription "$1" --resource-group "$2" \\
          --identity-name "$3" --name "$name" --issuer "$ISSUER" --subject "$5" \\
          --audiences "$AUDIENCE" --output none || return 1
        echo "created   $3: $5"
      }

      """;

  private static final String END =
      """

      if [ "$failed" = 0 ]; then
        echo "Done. It can take some minutes until Entra knows a new credential everywhere."
      else
        echo "Some credentials could not be created; run this again when the cause is gone." >&2
      fi
      exit "$failed"
      """;

  private AzScript() {}

  static String of(
      SortedSet<CredentialPlan> credentials, Optional<String> issuer, String audience) {
    String setting =
        issuer
            .map(url -> "ISSUER=" + PosixShell.quoted(url))
            .orElse(
                "# az aks show --name CLUSTER --resource-group GROUP"
                    + " --query oidcIssuerProfile.issuerUrl --output tsv\n"
                    + "ISSUER=${ISSUER:?is the OIDC issuer of the cluster, to the letter}");
    StringBuilder script = new StringBuilder();
    script.append(
        START.formatted(
            credentials.stream().map(CredentialPlan::account).distinct().count(),
            setting,
            PosixShell.quoted(audience)));
    for (CredentialPlan credential : credentials) {
      ResourceId id = credential.identity();
      script
          .append("federate ")
          .append(
              String.join(
                  " ",
                  PosixShell.quoted(id.subscription()),
                  PosixShell.quoted(id.resourceGroup()),
                  PosixShell.quoted(id.name()),
                  PosixShell.quoted(credential.account().credentialName()),
                  PosixShell.quoted(credential.account().subject())))
          .append(" || failed=1\n");
    }
    return script.append(END).toString();
  }
}
