package dev.tokenbroker.compat;

import dev.tokenbroker.testing.BrokerProcess;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Emulated Entra, packaged broker and client, all in one network namespace or all in this one. */
final class CompatRig implements AutoCloseable {

  static final String SECRET = "a-secret-of-this-pod";

  private final List<String> prefix;
  private final Process pod;
  private final Map<String, String> podEnvironment = new HashMap<>();
  private final BrokerProcess broker;

  private final Map<String, Map<String, String>> printed = new HashMap<>();

  /** The broker stands at the port, any free one if that is 0. */
  static CompatRig withBrokerAt(List<String> prefix, int port) throws IOException {
    return new CompatRig(prefix, port, List.of());
  }

  /** Somebody who refuses everything stands at the port, and the broker at another. */
  static CompatRig withStrangerAt(List<String> prefix, int port) throws IOException {
    return new CompatRig(prefix, 0, List.of(Integer.toString(port)));
  }

  private CompatRig(List<String> prefix, int port, List<String> podArguments) throws IOException {
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

  RequestCounts requests() throws Exception {
    return RequestCounts.read(prefix, broker.adminPort());
  }

  /** What the pod's own containers know of Entra: where, who, and the projected token. */
  Map<String, String> podEnvironment() {
    return podEnvironment;
  }

  ClientProcess.Ended run(List<String> client, Map<String, String> variables) throws Exception {
    Map<String, String> all = new HashMap<>(variables);
    all.put("ARM", podEnvironment.get("AZURE_AUTHORITY_HOST").replaceAll("/$", ""));
    all.put("REQUESTS_CA_BUNDLE", podEnvironment.get("BROKER_CA_FILE"));
    List<String> command = new ArrayList<>(prefix);
    command.addAll(client);
    return ClientProcess.start(command, all).await();
  }

  @Override
  public void close() throws IOException {
    broker.close();
    pod.getOutputStream().close();
  }
}
