package dev.tokenbroker.doctor;

import dev.tokenbroker.config.BrokerConfig;
import dev.tokenbroker.config.HostPort;
import dev.tokenbroker.json.JsonReader;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks that the broker of this pod runs, serves where its settings say, and is ready; reports
 * what its status shows of callers' mistakes.
 */
final class RunningBrokerCheck {

  private static final int TIMEOUT_MILLIS = 3000;
  private static final int MAX_BODY = 500;

  /** The status has up to a hundred keys and events, each with what Entra said. */
  private static final int MAX_STATUS = 1 << 20;

  private record Response(int status, String body) {}

  private RunningBrokerCheck() {}

  static List<Finding> of(BrokerConfig config) {
    HostPort listen = config.endpoint().listen();
    try {
      // Without the header Metadata a broker refuses, and shows so that it is one.
      Response refusal = get(listen, "/metadata/identity/oauth2/token", MAX_BODY);
      if (refusal.status() != 400 || !refusal.body().contains("metadata header")) {
        return List.of(
            Finding.failed(
                "listener",
                "Something else than the broker answers on " + listen,
                "Another program has the port",
                "Choose another with BROKER_LISTEN"));
      }
      List<Finding> findings = new ArrayList<>();
      findings.add(readiness(listen, get(config.adminListen(), "/readyz", MAX_BODY)));
      findings.addAll(straySelectors(get(listen, "/status", MAX_STATUS)));
      return findings;
    } catch (IOException e) {
      return List.of(
          Finding.failed(
              "broker-not-running",
              "Nothing answers on " + listen + " and " + config.adminListen(),
              "No broker runs in this pod, or it listens elsewhere",
              "See kubectl logs POD -c token-broker, and BROKER_LISTEN and BROKER_ADMIN_LISTEN"));
    }
  }

  private static Finding readiness(HostPort listen, Response ready) {
    return ready.status() == 200
        ? Finding.ok("listener", "The broker serves on " + listen + " and is ready")
        : Finding.failed(
            "broker-not-ready",
            "The broker serves on " + listen + " and is not ready",
            ready.body().strip(),
            "Mend what is named above; else see the broker's log");
  }

  /** Nothing if the status cannot be had: a broker that does not listen on loopback hides it. */
  private static List<Finding> straySelectors(Response status) {
    return JsonReader.SMALL
        .object(status.body())
        .map(json -> json.getValue("straySelectors"))
        .filter(JsonArray.class::isInstance)
        .map(JsonArray.class::cast)
        .orElseGet(JsonArray::new)
        .stream()
        .filter(JsonObject.class::isInstance)
        .map(each -> stray((JsonObject) each))
        .toList();
  }

  private static Finding stray(JsonObject selector) {
    return Finding.warning(
        "stray-selector",
        "Callers named an identity by "
            + selector.getValue("name")
            + ", requests so far: "
            + selector.getValue("requests"),
        "No endpoint documents this parameter: the broker ignores it unless it names a configured"
            + " identity, and the caller gets the default identity's token",
        "Use client_id, object_id or mi_res_id");
  }

  private static Response get(HostPort address, String path, int maxBody) throws IOException {
    String host =
        switch (address.host()) {
          case "0.0.0.0" -> "127.0.0.1";
          case "::" -> "::1";
          default -> address.host();
        };
    HttpURLConnection connection =
        (HttpURLConnection)
            URI.create("http://" + new HostPort(host, address.port()) + path)
                .toURL()
                .openConnection(Proxy.NO_PROXY);
    connection.setConnectTimeout(TIMEOUT_MILLIS);
    connection.setReadTimeout(TIMEOUT_MILLIS);
    int status = connection.getResponseCode();
    try (InputStream body =
        status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
      String text =
          body == null ? "" : new String(body.readNBytes(maxBody), StandardCharsets.UTF_8);
      return new Response(status, text);
    } finally {
      connection.disconnect();
    }
  }
}
