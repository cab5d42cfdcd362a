package dev.tokenbroker.compat;

import com.sun.net.httpserver.HttpServer;
import dev.tokenbroker.emulator.EmulatedPod;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/**
 * An emulated pod as a process, so that it can run in a network namespace. It prints the
 * environment for a broker as one line of JSON and stays until its input ends. With a port as
 * argument, it also stands there for 169.254.169.254 and refuses everybody: whoever comes has not
 * followed the variables.
 */
public final class CompatPod {

  private CompatPod() {}

  public static void main(String[] args) throws IOException {
    try (EmulatedPod pod = new EmulatedPod()) {
      if (args.length > 0) {
        refuseAt(Integer.parseInt(args[0]));
      }
      JsonObject environment = new JsonObject();
      pod.environment().forEach(environment::put);
      System.out.println(environment.encode());
      while (System.in.read() >= 0) {
        // Nothing is said to it; it waits for the end.
      }
    }
    System.exit(0);
  }

  private static void refuseAt(int port) throws IOException {
    byte[] body =
        "{\"error\":\"invalid_request\",\"error_description\":\"This is not the broker\"}"
            .getBytes(StandardCharsets.UTF_8);
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(400, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }
}
