package dev.tokenbroker.assembly;

import dev.tokenbroker.config.BrokerConfig;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** A broker that runs in this process, and an app beside it. */
public final class Running implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Broker broker;
  private final HttpClient app = HttpClient.newHttpClient();

  public Running(BrokerConfig config, Clock clock) {
    broker = await(Broker.start(config, TokenOrigin.entra(), Clock.systemUTC(), clock));
  }

  /** On a wall clock and a monotonic timer that a test moves. */
  public Running(BrokerConfig config, Clock wall, LongSupplier nanos) {
    broker =
        await(Broker.start(config, TokenOrigin.entra(), wall, new MonotonicClock(wall, nanos)));
  }

  public Running(BrokerConfig config) {
    this(config, TokenOrigin.entra());
  }

  /** With tokens of this origin. */
  public Running(BrokerConfig config, TokenOrigin origin) {
    broker = await(Broker.start(config, origin));
  }

  public Broker broker() {
    return broker;
  }

  String url() {
    return "http://127.0.0.1:" + broker.listenPort();
  }

  public HttpResponse<String> ask(String query) {
    return askLater(query).join();
  }

  public CompletableFuture<HttpResponse<String>> askLater(String query) {
    URI uri = URI.create(url() + "/metadata/identity/oauth2/token?" + query);
    return app.sendAsync(
        HttpRequest.newBuilder(uri).header("Metadata", "true").timeout(PATIENCE).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** The token for a resource; fails the test if there is none. */
  public String token(String resource) {
    HttpResponse<String> response = ask("resource=" + resource);
    if (response.statusCode() != 200) {
      throw new AssertionError(response.statusCode() + " " + response.body());
    }
    return new JsonObject(response.body()).getString("access_token");
  }

  /** What the token listener says on this path. */
  public HttpResponse<String> get(String path) {
    return get(broker.listenPort(), path);
  }

  public HttpResponse<String> admin(String path) {
    return get(broker.adminPort(), path);
  }

  private HttpResponse<String> get(int port, String path) {
    try {
      return app.send(
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
              .timeout(PATIENCE)
              .build(),
          HttpResponse.BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** The value of a series, such as {@code token_broker_keys_held}, as the scrape gives it. */
  public double metric(String series) {
    return admin("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(series + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no series " + series));
  }

  /** Asks again and again until it is so. */
  public static void until(String what, BooleanSupplier condition) {
    until(what, PATIENCE, condition);
  }

  /** The same, with another patience. */
  public static void until(String what, Duration patience, BooleanSupplier condition) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("never came true: " + what);
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  static <T> T await(Future<T> future) {
    try {
      return future
          .toCompletionStage()
          .toCompletableFuture()
          .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    await(broker.drain());
  }
}
