package dev.tokenbroker.compat;

import dev.tokenbroker.BrokerProcess;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Emulated Entra, packaged broker and client, all in one network namespace or all in this one. */
final class Rig implements AutoCloseable {

  static final String SECRET = "a-secret-of-this-pod";
  private static final long CLIENT_SECONDS = 120;
  private static final Pattern REQUESTS =
      Pattern.compile(
          "token_broker_requests_total\\{dialect=\"(\\w+)\",outcome=\"(\\w+)\"} ([0-9.E]+)");

  private final List<String> prefix;
  private final Process pod;
  private final Map<String, String> podEnvironment = new HashMap<>();
  private final BrokerProcess broker;

  private final Map<String, Map<String, String>> printed = new HashMap<>();

  /** How a client ended. */
  record Ended(int exitCode, String out, String err) {

    String lastLine() {
      return out.lines().reduce((first, last) -> last).orElse("");
    }

    /** What the client calls its own version. */
    Optional<String> version() {
      return out.lines()
          .filter(line -> line.startsWith("version "))
          .map(line -> line.substring("version ".length()))
          .findFirst();
    }
  }

  /** The broker stands at the port, any free one if that is 0. */
  static Rig withBrokerAt(List<String> prefix, int port) throws IOException {
    return new Rig(prefix, port, List.of());
  }

  /** Somebody who refuses everything stands at the port, and the broker at another. */
  static Rig withStrangerAt(List<String> prefix, int port) throws IOException {
    return new Rig(prefix, 0, List.of(Integer.toString(port)));
  }

  private Rig(List<String> prefix, int port, List<String> podArguments) throws IOException {
    this.prefix = prefix;
    List<String> command = new ArrayList<>(prefix);
    command.addAll(
        List.of(
            BrokerProcess.thisJava().toString(),
            "-cp",
            System.getProperty("java.class.path"),
            CompatPod.class.getName()));
    command.addAll(podArguments);
    pod = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    BufferedReader said =
        new BufferedReader(new InputStreamReader(pod.getInputStream(), StandardCharsets.UTF_8));
    new JsonObject(said.readLine())
        .forEach(each -> podEnvironment.put(each.getKey(), String.valueOf(each.getValue())));
    Map<String, String> settings = new HashMap<>(podEnvironment);
    settings.put("BROKER_IDENTITY_HEADER", SECRET);
    settings.put("BROKER_LISTEN", "127.0.0.1:" + port);
    broker = BrokerProcess.serve(prefix, BrokerProcess.thisJava(), settings);
  }

  /** What {@code token-broker env --for} prints for this broker. */
  Map<String, String> printed(String family) {
    return printed.computeIfAbsent(
        family, key -> PrintedVariables.of(key, broker.listenPort(), SECRET));
  }

  /** How often each dialect was asked until now, and in brackets how that ended. */
  Map<String, Long> asked() throws Exception {
    String metrics = "http://127.0.0.1:" + broker.adminPort() + "/metrics";
    Ended ended = run(List.of("curl", "--silent", "--fail", metrics), Map.of());
    Map<String, Long> asked = new TreeMap<>();
    Matcher line = REQUESTS.matcher(ended.out());
    while (line.find()) {
      asked.put(line.group(1) + " " + line.group(2), (long) Double.parseDouble(line.group(3)));
    }
    return asked;
  }

  Ended run(List<String> client, Map<String, String> variables) throws Exception {
    List<String> command = new ArrayList<>(prefix);
    command.addAll(client);
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> !name.equals("PATH") && !name.equals("HOME"));
    environment.put("ARM", podEnvironment.get("AZURE_AUTHORITY_HOST").replaceAll("/$", ""));
    environment.put("REQUESTS_CA_BUNDLE", podEnvironment.get("BROKER_CA_FILE"));
    environment.putAll(variables);
    Process process = builder.start();
    process.getOutputStream().close();
    process
        .onExit()
        .orTimeout(CLIENT_SECONDS, TimeUnit.SECONDS)
        .exceptionally(late -> kill(process));
    var err = process.errorReader(StandardCharsets.UTF_8);
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String complaint = String.join("\n", err.lines().toList());
    return new Ended(process.waitFor(), out.strip(), complaint);
  }

  private static Process kill(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    return process.destroyForcibly();
  }

  @Override
  public void close() throws IOException {
    broker.close();
    pod.getOutputStream().close();
  }
}
