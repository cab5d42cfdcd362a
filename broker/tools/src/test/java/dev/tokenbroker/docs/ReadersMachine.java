package dev.tokenbroker.docs;

import dev.tokenbroker.dev.StubAz;
import dev.tokenbroker.emulator.EmulatedPod;
import dev.tokenbroker.testing.BrokerProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Where a reader of the documentation types its commands: the packaged jar in the current folder, a
 * pod's variables with a broker beside it, and stand-ins for what is not here: an az that is logged
 * in, and a kubectl whose cluster is the migration's golden one.
 */
final class ReadersMachine implements AutoCloseable {

  /** What the command's process left: its exit code is not asked for if it served until told. */
  record Ended(boolean served, int exitCode, String said) {}

  /** These serve until they are told to stop. */
  private static final Pattern SERVES =
      Pattern.compile(
          "(?:java -jar token-broker(?:-tools)?\\.jar|token-broker)(?: serve| dev\\b[^#]*)?(?: *#.*)?");

  private static final Path CLUSTER = Path.of("src/test/resources/migrate/shop/in");
  private static final String PRESET = "127.0.0.1:16925";
  private static final String ANY_PORT = "127.0.0.1:0";

  private final Path folder;
  private final EmulatedPod pod = new EmulatedPod();
  private final BrokerProcess broker =
      BrokerProcess.serve(BrokerProcess.thisJava(), pod.environment());

  ReadersMachine(Path folder) throws IOException {
    this.folder = folder;
    Path tools = Path.of(System.getProperty("tools.jar"));
    Files.createSymbolicLink(folder.resolve("token-broker-tools.jar"), tools);
    Files.createSymbolicLink(
        folder.resolve("token-broker.jar"), Path.of(System.getProperty("broker.jar")));
    program("token-broker", "exec java -jar '" + tools + "' \"$@\"");
    program(
        "kubectl",
        "for file in '"
            + CLUSTER.toAbsolutePath()
            + "'/[!k]*.yaml; do cat \"$file\"; echo ---; done");
    new StubAz(folder)
        .does(
            "case \"$1\" in aks) echo https://oidc.example/shop/; exit;; login) echo '[]'; exit;; esac\n"
                + StubAz.printing(Instant.now().getEpochSecond() + 3600));
  }

  /** Runs it to its end, or until it serves. */
  Ended run(String command) throws Exception {
    boolean serves = SERVES.matcher(command).matches();
    Process process = start(command, serves);
    StringBuilder said = new StringBuilder();
    boolean served = false;
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        said.append(line).append('\n');
        if (serves && line.contains("serving tokens on")) {
          served = true;
          process.toHandle().destroy(); // Process.destroy would close what is being read
        }
      }
    }
    return new Ended(served, process.waitFor(), said.toString().replace(address(), PRESET));
  }

  private Process start(String command, boolean serves) throws IOException {
    String here =
        command.replace(PRESET, address()).replaceAll("<(tenant|cluster|group)>", "$1.example");
    Map<String, String> variables = new HashMap<>(pod.environment());
    variables.put("BROKER_LISTEN", serves ? ANY_PORT : address());
    variables.put("BROKER_ADMIN_LISTEN", serves ? ANY_PORT : "127.0.0.1:" + broker.adminPort());
    variables.put("IDENTITY_HEADER", "token-broker");
    variables.put("PATH", folder + ":" + BrokerProcess.thisJava().getParent() + ":/usr/bin:/bin");
    ProcessBuilder builder =
        new ProcessBuilder("timeout", "60", "bash", "-euo", "pipefail", "-c", here)
            .directory(folder.toFile())
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(variables);
    return builder.start();
  }

  private String address() {
    return "127.0.0.1:" + broker.listenPort();
  }

  private void program(String name, String script) throws IOException {
    Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + script + "\n");
    if (!file.toFile().setExecutable(true)) {
      throw new IOException("cannot be made executable: " + file);
    }
  }

  @Override
  public void close() {
    broker.close();
    pod.close();
  }
}
