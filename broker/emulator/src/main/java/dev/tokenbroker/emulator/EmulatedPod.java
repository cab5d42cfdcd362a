package dev.tokenbroker.emulator;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A pod with a projected token, beside an emulated Entra that trusts it. */
public final class EmulatedPod implements AutoCloseable {

  public static final String TENANT = "11111111-1111-1111-1111-111111111111";
  public static final ManagedIdentity APP =
      new ManagedIdentity(
          TENANT,
          "aaaaaaaa-0000-0000-0000-00000000000a",
          "aaaaaaaa-0000-0000-0000-0000000000f0",
          Optional.of(
              "/subscriptions/5/resourcegroups/rg/providers"
                  + "/Microsoft.ManagedIdentity/userAssignedIdentities/app"),
          Duration.ofHours(1),
          Optional.empty());
  public static final ManagedIdentity REPORTS =
      new ManagedIdentity(
          TENANT,
          "bbbbbbbb-0000-0000-0000-00000000000b",
          "bbbbbbbb-0000-0000-0000-0000000000f0",
          Optional.empty(),
          ManagedIdentity.A_DAY,
          Optional.empty());

  private static final String NAMESPACE = "shop";
  private static final String SERVICE_ACCOUNT = "checkout";

  private final EntraEmulator entra;
  private final TemporaryFolder folder = new TemporaryFolder("projected");
  private final FederatedTokenFolder tokenFolder = new FederatedTokenFolder(folder.path());

  public EmulatedPod() {
    this(Clock.systemUTC());
  }

  public EmulatedPod(Clock clock) {
    entra = EntraEmulator.start(clock);
    for (ManagedIdentity identity : List.of(APP, REPORTS)) {
      entra.register(identity);
      entra.trust(
          identity.clientId(),
          new FederatedCredential(
              entra.issuer().url(),
              OidcIssuer.subject(NAMESPACE, SERVICE_ACCOUNT),
              FederatedCredential.AUDIENCE));
    }
    rotate();
  }

  public EntraEmulator entra() {
    return entra;
  }

  /** The kubelet renews the projected token. */
  public void rotate() {
    write(
        entra
            .issuer()
            .serviceAccountToken(
                NAMESPACE, SERVICE_ACCOUNT, FederatedCredential.AUDIENCE, Duration.ofHours(1)));
  }

  /** The kubelet writes this instead. */
  public void write(String token) {
    tokenFolder.write(token);
  }

  public Path tokenFile() {
    return tokenFolder.file();
  }

  /** The environment that the azwi webhook gives a container, and ports that the system chooses. */
  public Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    environment.put("AZURE_TENANT_ID", TENANT);
    environment.put("AZURE_CLIENT_ID", APP.clientId());
    environment.put("AZURE_FEDERATED_TOKEN_FILE", tokenFile().toString());
    environment.put("AZURE_AUTHORITY_HOST", entra.authority() + "/");
    environment.put("BROKER_CA_FILE", entra.caFile().toString());
    environment.put("BROKER_LISTEN", "127.0.0.1:0");
    environment.put("BROKER_ADMIN_LISTEN", "127.0.0.1:0");
    return environment;
  }

  @Override
  public void close() {
    entra.close();
    folder.close();
  }
}
