package dev.tokenbroker.emulator;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Runs a broker through its day beside an emulated Entra, so that the JVM can write an AOT cache of
 * what it needs: every endpoint, real exchanges, the end by SIGTERM. The arguments are the broker's
 * command; the image's build runs this.
 */
public final class TrainingRun {

  private static final String LISTEN = "127.0.0.1:16925";
  private static final String ADMIN = "127.0.0.1:16926";
  private static final String RESOURCE = "resource=https://vault.azure.net";

  private final HttpClient client = HttpClient.newHttpClient();

  private TrainingRun() {}

  public static void main(String[] command) throws Exception {
    try (EmulatedPod pod = new EmulatedPod()) {
      Map<String, String> environment = pod.environment();
      environment.put("BROKER_LISTEN", LISTEN);
      environment.put("BROKER_ADMIN_LISTEN", ADMIN);
      environment.put("BROKER_PREFETCH", "https://database.windows.net/");
      ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
      builder.environment().putAll(environment);
      Process broker = builder.start();
      try {
        new TrainingRun().day();
      } finally {
        broker.destroy();
      }
      if (!broker.waitFor(5, TimeUnit.MINUTES)) {
        broker.destroyForcibly();
        throw new IllegalStateException("the broker did not end");
      }
      if (broker.exitValue() != 0) {
        throw new IllegalStateException("the broker ended with " + broker.exitValue());
      }
    }
    System.exit(0);
  }

  private void day() throws Exception {
    awaitReady();
    List<HttpRequest.Builder> requests =
        List.of(
            token("/metadata/identity/oauth2/token?api-version=2018-02-01&" + RESOURCE)
                .header("Metadata", "true"),
            token("/metadata/identity/oauth2/token?resource=https://management.azure.com/")
                .header("Metadata", "true"),
            token("/msi/token?api-version=2019-08-01&" + RESOURCE).header("X-IDENTITY-HEADER", "x"),
            token("/msi/token?api-version=2017-09-01&" + RESOURCE).header("secret", "x"),
            token("/metadata/identity/oauth2/token?" + RESOURCE),
            token("/metadata/instance"),
            token("/nothing"),
            admin("/livez"),
            admin("/readyz"),
            admin("/startupz"),
            admin("/metrics"));
    for (int i = 0; i < 50; i++) {
      for (HttpRequest.Builder request : requests) {
        client.send(request.build(), BodyHandlers.ofString());
      }
    }
  }

  private void awaitReady() throws Exception {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    while (System.nanoTime() < deadline) {
      try {
        if (client.send(admin("/readyz").build(), BodyHandlers.ofString()).statusCode() == 200) {
          return;
        }
      } catch (IOException notYet) {
        // It is still starting.
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    throw new IllegalStateException("the broker did not become ready");
  }

  private static HttpRequest.Builder token(String path) {
    return HttpRequest.newBuilder(URI.create("http://" + LISTEN + path));
  }

  private static HttpRequest.Builder admin(String path) {
    return HttpRequest.newBuilder(URI.create("http://" + ADMIN + path));
  }
}
