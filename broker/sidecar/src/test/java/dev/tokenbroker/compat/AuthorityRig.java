package dev.tokenbroker.compat;

import dev.tokenbroker.emulator.EmulatedPod;
import dev.tokenbroker.emulator.TemporaryFolder;
import dev.tokenbroker.exchange.ConnectProxy;
import dev.tokenbroker.testing.BrokerProcess;
import dev.tokenbroker.testing.ManualClock;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/**
 * An emulated Entra whose clock can be moved, and the packaged broker beside an app container, with
 * its authority on loopback.
 */
final class AuthorityRig implements AutoCloseable {

  final ManualClock clock = new ManualClock(Clock.systemUTC().instant());
  final EmulatedPod pod = new EmulatedPod(clock);
  private final TemporaryFolder folder = new TemporaryFolder("authority");
  private final Path caFile = Files.createDirectory(folder.path().resolve("ca")).resolve("ca.pem");
  private final Map<String, String> settings = new HashMap<>(pod.environment());
  private final ConnectProxy internet = ConnectProxy.leadingTo(pod.entra().port());
  private BrokerProcess broker;

  AuthorityRig() throws IOException {
    Path state = Files.createDirectory(folder.path().resolve("state")).resolve("authority.pem");
    settings.put("BROKER_AUTHORITY_LISTEN", "127.0.0.1:0");
    settings.put("BROKER_AUTHORITY_CA_FILE", caFile.toString());
    settings.put("BROKER_AUTHORITY_STATE_FILE", state.toString());
    broker = BrokerProcess.serve(BrokerProcess.thisJava(), settings);
    settings.put("BROKER_AUTHORITY_LISTEN", "127.0.0.1:" + broker.authorityPort());
  }

  /** The container of the broker starts again, on the same port. */
  void restart() {
    broker.terminate();
    broker = BrokerProcess.serve(BrokerProcess.thisJava(), settings);
  }

  /** What {@code token-broker env} prints for this broker. */
  String env(String client, String output) {
    BrokerProcess.Ended printed =
        BrokerProcess.run(
            BrokerProcess.thisJava(), settings, "env", "--for", client, "--output", output);
    if (printed.exitCode() != 0) {
      throw new AssertionError(printed.err());
    }
    return printed.out();
  }

  /** The variables of an app container: those of the azwi webhook, and those for the client. */
  Map<String, String> app(String client) {
    Map<String, String> variables = withoutBroker();
    new JsonObject(env(client, "json"))
        .forEach(each -> variables.put(each.getKey(), String.valueOf(each.getValue())));
    return variables;
  }

  /**
   * The variables of an app container as the azwi webhook sets them, trust in its Entra, and a
   * proxy behind which login.microsoftonline.com and management.azure.com are emulated.
   */
  Map<String, String> withoutBroker() {
    Map<String, String> variables = new HashMap<>();
    settings.forEach(
        (name, value) -> {
          if (name.startsWith("AZURE_")) {
            variables.put(name, value);
          }
        });
    variables.put("HTTPS_PROXY", "http://127.0.0.1:" + internet.port());
    variables.put("REQUESTS_CA_BUNDLE", pod.entra().caFile().toString());
    return variables;
  }

  @Override
  public void close() throws IOException {
    internet.close();
    broker.close();
    pod.close();
    folder.close();
  }
}
