package dev.tokenbroker.emulator;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;

/**
 * An emulated Entra and a projected token for a broker that runs elsewhere, such as in a container.
 * The argument is a folder: {@code env} appears in it, with the variables that azwi would set, and
 * beside it {@code token} and {@code ca.pem}, under the paths a container will see them at. With a
 * third and fourth argument, issuer and subject, it trusts a real cluster's tokens, whose keys are
 * in {@code jwks.json}, and leaves {@code token} to the caller. {@code -Dtoken.seconds} is how long
 * a token of Entra lives, an hour if not given; {@code -Drefresh.seconds} after how long Entra
 * wants it renewed, which it does not say if not given.
 */
public final class EmulatedPodServer {

  private EmulatedPodServer() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    String seen = arguments[1];
    EmulatedPod pod = new EmulatedPod();
    Duration life = Duration.ofSeconds(Long.getLong("token.seconds", 3600));
    Optional<Duration> refresh =
        Optional.ofNullable(Long.getLong("refresh.seconds")).map(Duration::ofSeconds);
    pod.entra().register(EmulatedPod.APP.withTokenLifetime(life).withRefreshIn(refresh));
    if (arguments.length > 2) {
      trustCluster(pod, arguments[2], arguments[3], Files.readString(folder.resolve("jwks.json")));
    } else {
      Files.copy(pod.tokenFile(), folder.resolve("token"), StandardCopyOption.REPLACE_EXISTING);
    }
    Files.copy(pod.entra().caFile(), folder.resolve("ca.pem"), StandardCopyOption.REPLACE_EXISTING);
    Map<String, String> environment = new TreeMap<>(pod.environment());
    environment.remove("BROKER_LISTEN");
    environment.remove("BROKER_ADMIN_LISTEN");
    environment.put("AZURE_FEDERATED_TOKEN_FILE", seen + "/token");
    environment.put("BROKER_CA_FILE", seen + "/ca.pem");
    String lines =
        environment.entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue() + "\n")
            .collect(Collectors.joining());
    Path unfinished = Files.writeString(folder.resolve("env.new"), lines);
    Files.move(unfinished, folder.resolve("env"), StandardCopyOption.ATOMIC_MOVE);
    TemporaryFolder.closeAll();
    new CountDownLatch(1).await();
  }

  private static void trustCluster(EmulatedPod pod, String issuer, String subject, String jwks) {
    pod.entra().issuer().publish(jwks);
    pod.entra()
        .trust(
            EmulatedPod.APP.clientId(),
            new FederatedCredential(issuer, subject, FederatedCredential.AUDIENCE));
  }
}
