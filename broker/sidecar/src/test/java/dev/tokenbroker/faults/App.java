package dev.tokenbroker.faults;

import dev.tokenbroker.endpoint.RawClient;
import dev.tokenbroker.endpoint.RawClient.Response;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * A program that asks for its token all the time, and keeps account: a refusal that comes before
 * the end of a token which the broker has handed out already is a wrong.
 */
final class App implements AutoCloseable {

  /** How fast an app that is not in a hurry asks. */
  static final Duration CALM = Duration.ofMillis(20);

  /** With less than a whole second left a token is not handed out any more. */
  private static final Duration LAST_SECOND = Duration.ofSeconds(1);

  static final String VAULT = "https://vault.azure.net";

  /** A request that was sent at this instant, and what came instead of an answer. */
  record Unanswered(Instant sent, String why) {}

  private final int port;
  private final String request;
  private final Duration pace;
  private final Thread thread;
  private Optional<RawClient> connection = Optional.empty();
  private volatile boolean over;
  private int number;

  private Instant validUntil = Instant.MIN;
  private int requests;
  private int served;
  private int refused;
  private int unreached;
  private final List<String> wrongs = new ArrayList<>();
  private final List<Unanswered> unanswered = new ArrayList<>();
  private final Set<String> tokens = new HashSet<>();
  private final List<Response> refusals = new ArrayList<>();

  App(int port, Duration pace) {
    this(port, VAULT, pace);
  }

  /** Asks for this resource; <code>{n}</code> in it is replaced by a number that grows. */
  App(int port, String resource, Duration pace) {
    this.port = port;
    this.pace = pace;
    this.request = Requests.imds(resource);
    thread = new Thread(this::run, "app");
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    while (!over) {
      ask();
      if (!pace.isZero()) {
        LockSupport.parkNanos(pace.toNanos());
      }
    }
    hangUp();
  }

  private void ask() {
    Instant sent = Instant.now();
    try {
      RawClient client = connected();
      Response response = client.send(next()).read();
      if ("close".equals(response.headers().get("connection"))) {
        hangUp();
      }
      judge(sent, response);
    } catch (ConnectException e) {
      synchronized (this) {
        unreached++;
      }
      // Nobody listens: no use in asking again in the same breath.
      LockSupport.parkNanos(CALM.toNanos());
    } catch (IOException e) {
      hangUp();
      synchronized (this) {
        requests++;
        unanswered.add(new Unanswered(sent, e.toString()));
      }
    }
  }

  private String next() {
    return request.contains("{n}") ? request.replace("{n}", Integer.toString(number++)) : request;
  }

  private RawClient connected() throws IOException {
    if (connection.isEmpty()) {
      connection = Optional.of(new RawClient(port));
    }
    return connection.get();
  }

  private void hangUp() {
    try {
      if (connection.isPresent()) {
        connection.get().close();
      }
    } catch (IOException e) {
      // Gone already.
    }
    connection = Optional.empty();
  }

  private synchronized void judge(Instant sent, Response response) {
    requests++;
    if (response.status() == 200) {
      served++;
      JsonObject body = new JsonObject(response.body());
      Instant end = Instant.ofEpochSecond(Long.parseLong(body.getString("expires_on")));
      if (!sent.isBefore(end)) {
        wrongs.add("at " + sent + " a token that had ended at " + end);
      }
      if (Integer.parseInt(body.getString("expires_in")) < 1) {
        wrongs.add("at " + sent + " a token without a second left: " + end);
      }
      validUntil = end.minus(LAST_SECOND);
      tokens.add(body.getString("access_token"));
      return;
    }
    refused++;
    if (refusals.size() < 1000) {
      refusals.add(response);
    }
    if (Instant.now().isBefore(validUntil)) {
      wrongs.add(response.status() + " before " + validUntil + ": " + response.body());
    }
  }

  synchronized int requests() {
    return requests;
  }

  synchronized int served() {
    return served;
  }

  /** Refusals, rightly or not, and requests that were sent and never answered. */
  synchronized int failed() {
    return refused + unanswered.size();
  }

  /** How often nobody listened. */
  synchronized int unreached() {
    return unreached;
  }

  /** What a valid token could have answered, and was not answered with it. */
  synchronized List<String> wrongs() {
    return List.copyOf(wrongs);
  }

  /** The requests that never got an answer. */
  synchronized List<Unanswered> unanswered() {
    return List.copyOf(unanswered);
  }

  synchronized int tokens() {
    return tokens.size();
  }

  synchronized List<Response> refusals() {
    return List.copyOf(refusals);
  }

  @Override
  public void close() {
    over = true;
    try {
      thread.join(60_000);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
