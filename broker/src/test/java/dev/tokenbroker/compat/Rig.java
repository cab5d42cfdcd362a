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
import java.util.concurrent.TimeUnit;

/** Emulated Entra, packaged broker and client, all in one network namespace or all in this one. */
final class Rig implements AutoCloseable {

  static final String SECRET = "a-secret-of-this-pod";
  private static final long CLIENT_SECONDS = 120;

  private final List<String> prefix;
  private final Process pod;
  private final Map<String, String> podEnvironment = new HashMap<>();
  private final BrokerProcess broker;

  /** How a client ended. */
  record Ended(int exitCode, String out, String err) {}

  Rig(List<String> prefix, int port) throws IOException {
    this.prefix = prefix;
    List<String> command = new ArrayList<>(prefix);
    command.addAll(
        List.of(
            BrokerProcess.thisJava().toString(),
            "-cp",
            System.getProperty("java.class.path"),
            CompatPod.class.getName()));
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

  String url() {
    return "http://127.0.0.1:" + broker.listenPort();
  }

  /** What the pod's own containers know of Entra: where, who, and the projected token. */
  Map<String, String> podEnvironment() {
    return podEnvironment;
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
    var err = process.errorReader(StandardCharsets.UTF_8);
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String complaint = String.join("\n", err.lines().toList());
    if (!process.waitFor(CLIENT_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("the client does not end: " + complaint);
    }
    return new Ended(process.exitValue(), out.strip(), complaint);
  }

  @Override
  public void close() throws IOException {
    broker.close();
    pod.getOutputStream().close();
  }
}
