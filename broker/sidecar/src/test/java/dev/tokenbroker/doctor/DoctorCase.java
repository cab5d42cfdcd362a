package dev.tokenbroker.doctor;

import dev.tokenbroker.emulator.AksTokenProxy;
import dev.tokenbroker.emulator.EmulatedPod;
import dev.tokenbroker.emulator.Fault;
import dev.tokenbroker.emulator.FederatedCredential;
import dev.tokenbroker.emulator.OidcIssuer;
import dev.tokenbroker.exchange.ConnectProxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * One thing that can be wrong with a pod.
 *
 * @param title its heading in docs/doctor.md
 * @param ids what the doctor must recognise, in order
 * @param wrong makes it so
 */
record DoctorCase(String title, List<String> ids, Consumer<DoctorRig> wrong) {

  private static final String SUBJECT = OidcIssuer.subject("shop", "checkout");
  private static final String SQL = "https://database.windows.net/";
  private static final String VAULT = "https://vault.azure.net";

  static List<DoctorCase> all() {
    return List.of(
        new DoctorCase("Nothing is wrong", List.of(), DoctorCase::healthyApp),
        new DoctorCase(
            "The webhook did not inject",
            List.of("configuration", "webhook-not-injected"),
            rig -> rig.environment.keySet().removeIf(name -> name.startsWith("AZURE_"))),
        new DoctorCase(
            "The service account names no identity",
            List.of("no-identity"),
            rig -> rig.environment.remove("AZURE_CLIENT_ID")),
        new DoctorCase(
            "The token file is missing",
            List.of("token-file-missing"),
            rig -> rig.set("AZURE_FEDERATED_TOKEN_FILE", "/nowhere/token")),
        new DoctorCase(
            "The token file has expired", List.of("token-file-expired"), DoctorCase::old),
        new DoctorCase(
            "Wrong tenant",
            List.of("wrong-tenant"),
            rig -> rig.set("AZURE_TENANT_ID", "22222222-2222-2222-2222-222222222222")),
        new DoctorCase(
            "Wrong client id",
            List.of("unknown-application"),
            rig -> rig.set("AZURE_CLIENT_ID", "cccccccc-0000-0000-0000-00000000000c")),
        new DoctorCase(
            "No federated credential",
            List.of("no-federated-credential"),
            rig -> rig.pod.entra().distrust(EmulatedPod.APP.clientId())),
        new DoctorCase(
            "The issuer differs",
            List.of("issuer-differs"),
            rig ->
                trustOnly(
                    rig,
                    new FederatedCredential(
                        "https://oidc.emulator.test/cluster",
                        SUBJECT,
                        FederatedCredential.AUDIENCE))),
        new DoctorCase(
            "The subject differs",
            List.of("subject-differs"),
            rig ->
                trustOnly(
                    rig,
                    new FederatedCredential(
                        rig.pod.entra().issuer().url(),
                        OidcIssuer.subject("shop", "Checkout"),
                        FederatedCredential.AUDIENCE))),
        new DoctorCase(
            "The audience differs",
            List.of("audience-differs"),
            rig ->
                trustOnly(
                    rig,
                    new FederatedCredential(
                        rig.pod.entra().issuer().url(),
                        SUBJECT,
                        "api://AzureADTokenExchangeUSGov"))),
        new DoctorCase(
            "The federated credential is still spreading",
            List.of("propagation-delay"),
            DoctorCase::spreading),
        new DoctorCase(
            "Unknown resource",
            List.of("unknown-resource"),
            rig -> {
              rig.option("--resource", "https://vault.azure.nte");
              rig.pod.entra().forget("https://vault.azure.nte");
              rig.pod.entra().forget("https://vault.azure.nte/");
            }),
        new DoctorCase(
            "The slash at the end is missing",
            List.of("resource-spelling"),
            rig -> {
              rig.option("--resource", SQL.substring(0, SQL.length() - 1));
              rig.pod.entra().forget(SQL.substring(0, SQL.length() - 1));
            }),
        new DoctorCase(
            "A scope where a resource belongs",
            List.of("resource-spelling"),
            rig -> {
              rig.option("--resource", VAULT + "/.default/");
              rig.pod.entra().forget(VAULT + "/.default/");
            }),
        new DoctorCase(
            "A resource that is not allowed as it is spelled",
            List.of("resource-spelling"),
            DoctorCase::allowedAsResource),
        new DoctorCase(
            "A proxy in the way",
            List.of("proxy-in-the-way"),
            rig ->
                // Requests to loopback never go to a proxy, so this is the real name.
                rig.set("AZURE_AUTHORITY_HOST", "https://login.microsoftonline.com/")
                    .set(
                        "HTTPS_PROXY",
                        "http://127.0.0.1:" + ConnectProxy.refusing("403 Forbidden").port())),
        new DoctorCase(
            "The name of the authority cannot be resolved",
            List.of("dns"),
            rig -> rig.set("AZURE_AUTHORITY_HOST", "https://login.invalid/")),
        new DoctorCase(
            "The CA is missing: TLS is inspected",
            List.of("ca-missing"),
            rig -> rig.environment.remove("BROKER_CA_FILE")),
        new DoctorCase(
            "The CA is missing: no file",
            List.of("ca-missing"),
            rig -> rig.set("BROKER_CA_FILE", "/etc/ssl/corporate.pem")),
        new DoctorCase(
            "Identity binding: the token is for it, the broker is not",
            List.of("identity-binding-mismatch", "audience-differs"),
            rig -> rig.projectTokenFor(AksTokenProxy.AUDIENCE)),
        new DoctorCase(
            "Identity binding: the broker is for it, the token is not",
            List.of("identity-binding-mismatch", "token-proxy-refuses"),
            DoctorRig::bind),
        new DoctorCase(
            "Identity binding: RBAC forbids the identity",
            List.of("token-proxy-refuses"),
            rig -> rig.bind().projectTokenFor(AksTokenProxy.AUDIENCE)),
        new DoctorCase(
            "Entra is down",
            List.of("entra-unavailable"),
            rig -> rig.pod.entra().faults().all(Fault.down())),
        new DoctorCase(
            "Entra throttles",
            List.of("throttled"),
            rig -> rig.pod.entra().faults().all(Fault.throttledAsText())),
        new DoctorCase(
            "No broker runs",
            List.of("broker-not-running"),
            rig ->
                rig.set("BROKER_LISTEN", "127.0.0.1:1").set("BROKER_ADMIN_LISTEN", "127.0.0.1:2")),
        new DoctorCase(
            "The app asks its proxy, or somebody else",
            List.of("app-points-elsewhere", "app-proxy", "app-goes-itself"),
            rig ->
                rig.app(
                    Map.of(
                        "IDENTITY_ENDPOINT", "http://127.0.0.1:2579/msi/token",
                        "HTTP_PROXY", "http://proxy:3128",
                        "AZURE_FEDERATED_TOKEN_FILE", "/var/run/secrets/azure/tokens/token"))),
        new DoctorCase(
            "A caller names its identity by a parameter that no endpoint documents",
            List.of("stray-selector"),
            rig -> rig.ask("resource=" + VAULT + "&objectId=dddddddd-0000-0000-0000-00000000000d")),
        new DoctorCase(
            "The app has none of the variables",
            List.of("app-not-pointed"),
            rig -> rig.app(Map.of("PATH", "/bin"))));
  }

  private static void healthyApp(DoctorRig rig) {
    rig.app(
        Map.of(
            "IDENTITY_ENDPOINT",
            "http://" + rig.environment.get("BROKER_LISTEN") + "/msi/token",
            "IDENTITY_HEADER",
            "token-broker"));
  }

  private static void old(DoctorRig rig) {
    rig.pod.write(
        rig.pod
            .entra()
            .issuer()
            .serviceAccountToken(
                "shop", "checkout", FederatedCredential.AUDIENCE, Duration.ofMinutes(-5)));
  }

  private static void spreading(DoctorRig rig) {
    rig.pod
        .entra()
        .faults()
        .next(
            2,
            new Fault.Answer(
                400,
                "application/json",
                "{\"error\":\"invalid_request\",\"error_description\":\"AADSTS70021: No matching"
                    + " federated identity record found for presented"
                    + " assertion.\",\"error_codes\":[70021]}"));
  }

  private static void allowedAsResource(DoctorRig rig) {
    rig.set(
            "BROKER_CONFIG",
            rig.write(
                    "identities:\n  - name: orders\n    clientId: "
                        + EmulatedPod.APP.clientId()
                        + "\n    allowedResources: ["
                        + SQL
                        + "]\n")
                .toString())
        .option("--resource", SQL + ".default/");
  }

  private static void trustOnly(DoctorRig rig, FederatedCredential credential) {
    rig.pod.entra().distrust(EmulatedPod.APP.clientId());
    rig.pod.entra().trust(EmulatedPod.APP.clientId(), credential);
  }

  @Override
  public String toString() {
    return title;
  }
}
