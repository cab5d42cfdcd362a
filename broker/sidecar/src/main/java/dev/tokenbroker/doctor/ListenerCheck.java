package dev.tokenbroker.doctor;

import dev.tokenbroker.config.BrokerConfig;
import dev.tokenbroker.config.HostPort;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Whether the broker of this pod runs, serves where its settings say, and is ready. */
final class ListenerCheck {

  private static final int PATIENCE_MILLIS = 3000;
  private static final int MAX_BODY = 500;

  private record Answer(int status, String body) {}

  private ListenerCheck() {}

  static Finding of(BrokerConfig config) {
    HostPort listen = config.endpoint().listen();
    try {
      // Without the header Metadata a broker refuses, and shows so that it is one.
      Answer refusal = get(listen, "/metadata/identity/oauth2/token");
      if (refusal.status() != 400 || !refusal.body().contains("metadata header")) {
        return Finding.failed(
            "listener",
            "Something else than the broker answers on " + listen,
            "Another program has the port",
            "Choose another with BROKER_LISTEN");
      }
      Answer ready = get(config.adminListen(), "/readyz");
      return ready.status() == 200
          ? Finding.ok("listener", "The broker serves on " + listen + " and is ready")
          : Finding.failed(
              "broker-not-ready",
              "The broker serves on " + listen + " and is not ready",
              ready.body().strip(),
              "Mend what is named above; else see the broker's log");
    } catch (IOException e) {
      return Finding.failed(
          "broker-not-running",
          "Nothing answers on " + listen + " and " + config.adminListen(),
          "No broker runs in this pod, or it listens elsewhere",
          "See kubectl logs POD -c token-broker, and BROKER_LISTEN and BROKER_ADMIN_LISTEN");
    }
  }

  private static Answer get(HostPort address, String path) throws IOException {
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
    connection.setConnectTimeout(PATIENCE_MILLIS);
    connection.setReadTimeout(PATIENCE_MILLIS);
    int status = connection.getResponseCode();
    try (InputStream body =
        status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
      String text =
          body == null ? "" : new String(body.readNBytes(MAX_BODY), StandardCharsets.UTF_8);
      return new Answer(status, text);
    } finally {
      connection.disconnect();
    }
  }
}
