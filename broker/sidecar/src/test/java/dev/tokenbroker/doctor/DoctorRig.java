package dev.tokenbroker.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tokenbroker.assembly.Running;
import dev.tokenbroker.assembly.TokenOrigin;
import dev.tokenbroker.cli.Cli;
import dev.tokenbroker.cli.CliContext;
import dev.tokenbroker.cli.ExitCode;
import dev.tokenbroker.cli.Terminal;
import dev.tokenbroker.emulator.AksTokenProxy;
import dev.tokenbroker.emulator.EmulatedPod;
import dev.tokenbroker.emulator.TemporaryFolder;
import dev.tokenbroker.testing.PodConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A pod in which a broker runs, and a doctor who is called into it. */
final class DoctorRig implements AutoCloseable {

  final EmulatedPod pod = new EmulatedPod();
  final AksTokenProxy tokenProxy = AksTokenProxy.start();
  final Map<String, String> environment = new HashMap<>(pod.environment());
  private final TemporaryFolder folder = new TemporaryFolder("doctor");
  private final Running running = new Running(PodConfig.of(pod, Map.of()));
  private final List<String> options = new ArrayList<>();

  /** What came of it. */
  record Visit(ExitCode code, String out, String err) {}

  DoctorRig() {
    environment.put("BROKER_LISTEN", "127.0.0.1:" + running.broker().listenPort());
    environment.put("BROKER_ADMIN_LISTEN", "127.0.0.1:" + running.broker().adminPort());
  }

  DoctorRig set(String name, String value) {
    environment.put(name, value);
    return this;
  }

  DoctorRig option(String name, String value) {
    options.add(name);
    options.add(value);
    return this;
  }

  DoctorRig app(Map<String, String> variables) {
    StringBuilder lines = new StringBuilder();
    variables.forEach((name, value) -> lines.append(name).append('=').append(value).append('\n'));
    return option("--app-env", write(lines.toString()).toString());
  }

  /** Asks the broker for a token, as an app does. */
  DoctorRig ask(String query) {
    running.ask(query);
    return this;
  }

  DoctorRig projectTokenFor(String audience) {
    pod.write(
        pod.entra()
            .issuer()
            .serviceAccountToken("shop", "checkout", audience, Duration.ofHours(1)));
    return this;
  }

  /** What AKS injects for an identity binding. */
  DoctorRig bind() {
    return set("AZURE_KUBERNETES_TOKEN_PROXY", tokenProxy.url().toString())
        .set("AZURE_KUBERNETES_SNI_NAME", AksTokenProxy.SERVER_NAME)
        .set("AZURE_KUBERNETES_CA_DATA", tokenProxy.caPem());
  }

  Path write(String text) {
    try {
      return Files.writeString(Files.createTempFile(folder.path(), "app", ".txt"), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Visit visit(String... more) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal =
        new Terminal(
            environment, new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
    List<String> arguments = new ArrayList<>(List.of("doctor"));
    arguments.addAll(options);
    arguments.addAll(List.of(more));
    Optional<ExitCode> code =
        new Cli(
                new CliContext(
                    terminal, TokenOrigin.entra(), task -> {}, Clock.systemUTC(), Duration.ZERO),
                context -> List.of())
            .run(arguments);
    return new Visit(code.orElseThrow(), out.toString(UTF_8), err.toString(UTF_8));
  }

  /** The output with all that differs from run to run made alike. */
  String alike(String text) {
    return text.replace(environment.get("BROKER_LISTEN"), "127.0.0.1:16925")
        .replace(environment.get("BROKER_ADMIN_LISTEN"), "0.0.0.0:16926")
        .replace(pod.entra().authority().toString(), "https://login.microsoftonline.com")
        .replace(
            environment.getOrDefault("AZURE_FEDERATED_TOKEN_FILE", "\0"),
            "/var/run/secrets/azure/tokens/azure-identity-token")
        .replace(tokenProxy.url().toString(), "https://10.0.0.1:6443/identity")
        .replace("https://oidc.emulator.test/cluster/", "https://oidc.example/cluster/")
        .replaceAll("(the proxy|The proxy|by proxy) 127\\.0\\.0\\.1:\\d+", "$1 10.0.0.2:3128")
        .replaceAll("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z", "2026-11-24T10:00:00Z")
        .replaceAll("in \\d+ min", "in 59 min");
  }

  @Override
  public void close() {
    running.close();
    tokenProxy.close();
    pod.close();
    folder.close();
  }
}
