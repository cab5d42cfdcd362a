package dev.tokenbroker.compat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenbroker.testing.BrokerProcess;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What {@code token-broker env} prints: the clients are told this, and nothing else. */
final class PrintedVariables {

  private PrintedVariables() {}

  static Map<String, String> of(String family, int port, String secret) {
    BrokerProcess.Ended ended = run(family, port, Map.of("BROKER_IDENTITY_HEADER", secret), "json");
    Map<String, String> variables = new LinkedHashMap<>();
    new JsonObject(ended.out())
        .forEach(each -> variables.put(each.getKey(), String.valueOf(each.getValue())));
    assertThat(variables.values()).noneMatch(String::isBlank);
    return variables;
  }

  /** The lines to copy where the broker is at its usual port and wants no secret. */
  static String lines(String family) {
    return run(family, 16925, Map.of(), "shell").out();
  }

  private static BrokerProcess.Ended run(
      String family, int port, Map<String, String> settings, String output) {
    List<String> command = new ArrayList<>(List.of("env", "--for"));
    command.addAll(List.of(family.split(" ")));
    command.addAll(List.of("--output", output, "--listen", "127.0.0.1:" + port));
    BrokerProcess.Ended ended =
        BrokerProcess.run(BrokerProcess.thisJava(), settings, command.toArray(String[]::new));
    assertThat(ended.exitCode()).as(ended.err()).isZero();
    return ended;
  }
}
