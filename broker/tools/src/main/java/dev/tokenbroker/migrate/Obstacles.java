package dev.tokenbroker.migrate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The reasons why a workload cannot be given a broker, or not yet. */
final class Obstacles {

  private Obstacles() {}

  /** What speaks against it whatever its identities are. */
  static Optional<MigrationFinding> of(Workload workload) {
    if (workload.hostNetwork()) {
      return held(
          workload,
          "uses the host network: NMI never saw its requests, it gets the node's identity",
          "leave it as it is, or move it off the host network; the injector refuses such pods");
    }
    if (workload.windows()) {
      return held(
          workload,
          "runs on Windows; the broker runs on Linux",
          "use an SDK with workload identity support and azwi alone");
    }
    if ("false".equals(workload.labels().get(Labels.INJECT))) {
      return held(workload, "opts out by `" + Labels.INJECT + ": \"false\"`", "remove the label");
    }
    return Optional.empty();
  }

  /** What keeps it from being patched at all, given its identities. */
  static Optional<MigrationFinding> of(Workload workload, List<AzureIdentity> identities) {
    for (AzureIdentity identity : identities) {
      boolean unknown = identity.type() == AzureIdentity.Type.UNKNOWN;
      if (unknown || identity.clientId().isEmpty()) {
        return held(
            workload,
            "AzureIdentity "
                + identity.key()
                + (unknown ? " has an unknown type" : " has no `clientID` that is a GUID"),
            "fix the AzureIdentity and run this again");
      }
    }
    return Optional.empty();
  }

  /** What must be done by hand before the patched workload can work. */
  static List<MigrationFinding> beforehand(Assignment assignment, MigrationOptions options) {
    List<MigrationFinding> findings = new ArrayList<>();
    String workload = assignment.workload().title();
    for (AzureIdentity identity : assignment.identities()) {
      if (identity.type() != AzureIdentity.Type.MANAGED_IDENTITY) {
        String remedy = appCredential(assignment, identity, options);
        findings.add(MigrationFinding.held(workload, secretOf(identity), remedy));
      } else if (identity.resourceId().isEmpty()) {
        findings.add(
            MigrationFinding.held(
                workload,
                "AzureIdentity " + identity.key() + " has no usable `resourceID`",
                "create the federated credential for "
                    + Markdown.code(assignment.account().subject())
                    + " by hand"));
      }
      if (identity.auxiliaryTenants()) {
        findings.add(
            MigrationFinding.held(
                workload,
                "AzureIdentity " + identity.key() + " has auxiliary tenants",
                "the broker asks one tenant: if the app needs the others, list the client id once"
                    + " for each `tenantId` in the broker's file"));
      }
    }
    return findings;
  }

  private static String secretOf(AzureIdentity identity) {
    boolean certificate = identity.type() == AzureIdentity.Type.SERVICE_PRINCIPAL_WITH_CERTIFICATE;
    return "AzureIdentity "
        + identity.key()
        + " is a service principal with a "
        + (certificate ? "certificate" : "secret");
  }

  private static String appCredential(
      Assignment assignment, AzureIdentity identity, MigrationOptions options) {
    return "make a managed identity take its place, or federate its app registration: "
        + Markdown.code(
            "az ad app federated-credential create --id "
                + identity.clientId().orElse("")
                + " --parameters '{\"name\":\"token-broker-"
                + assignment.account().credentialName()
                + "\",\"issuer\":\""
                + options.issuer().orElse("ISSUER")
                + "\",\"subject\":\""
                + assignment.account().subject()
                + "\",\"audiences\":[\""
                + options.audience()
                + "\"]}'")
        + "; delete its secret afterwards";
  }

  private static Optional<MigrationFinding> held(Workload workload, String what, String remedy) {
    return Optional.of(MigrationFinding.held(workload.title(), what, remedy));
  }
}
