package dev.tokenbroker.endpoint;

import dev.tokenbroker.config.IdentitiesConfig;
import dev.tokenbroker.config.IdentityConfig;
import dev.tokenbroker.identity.IdentityDirectory;
import dev.tokenbroker.identity.Tokens;
import dev.tokenbroker.listener.CloseReason;
import dev.tokenbroker.listener.ListenerLimits;
import dev.tokenbroker.listener.OneLoopTransport;
import dev.tokenbroker.testing.ManualClock;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A token listener on a free port, with everything around it in the test's hand. */
final class ListenerRig implements AutoCloseable {

  static final String ONE = "11111111-1111-1111-1111-11111111111a";
  static final String TWO = "22222222-2222-2222-2222-22222222222b";
  static final String VAULT = "https%3A%2F%2Fvault.azure.net";
  static final String TOKEN_PATH = "/metadata/identity/oauth2/token";

  /** One finished request, as the observer heard of it. */
  record Finished(String dialect, RequestOutcome outcome, int status) {}

  final Vertx vertx =
      Vertx.builder()
          .with(new VertxOptions().setEventLoopPoolSize(1))
          .withTransport(new OneLoopTransport())
          .build();
  final FakeSource source = new FakeSource();
  final BlockingQueue<Finished> finished = new LinkedBlockingQueue<>();
  final BlockingQueue<CloseReason> closed = new LinkedBlockingQueue<>();
  final IdentityDirectory directory;
  final TokenListener listener;
  final int port;
  private final ManualClock clock = new ManualClock(Tokens.ISSUED);

  ListenerRig() {
    this(options(), identity("one", ONE), identity("two", TWO));
  }

  ListenerRig(RigOptions options, IdentityConfig... known) {
    this(
        options,
        new IdentitiesConfig(
            List.of(known), List.of(known).stream().findFirst(), Optional.empty()));
  }

  ListenerRig(RigOptions options, IdentitiesConfig identities) {
    directory = new IdentityDirectory(identities, "https://login.microsoftonline.com");
    listener =
        new TokenListener(
            vertx,
            source,
            directory,
            options.config(),
            options.bounds(),
            options.instanceMetadata().orElse(InstanceMetadata.IMDS),
            clock,
            () -> "{\"ready\":true}",
            (dialect, outcome, status) -> finished.add(new Finished(dialect, outcome, status)),
            (listener, why) -> closed.add(why));
    source.give(ONE, Tokens.of("object-one"));
    source.give(TWO, Tokens.of("object-two"));
    port = await(listener.start());
  }

  static ListenerLimits bounds(int connections) {
    return new ListenerLimits("token", false, connections, 64 << 20);
  }

  static RigOptions options() {
    return options(100, Optional.empty());
  }

  static RigOptions options(int maxConnections, Optional<URI> instanceMetadata) {
    return new RigOptions()
        .extraHosts("broker.test")
        .instanceMetadata(instanceMetadata)
        .bounds(bounds(maxConnections));
  }

  static RigOptions onAllAddresses(boolean allowRemotePeers) {
    return new RigOptions().host("0.0.0.0").allowRemotePeers(allowRemotePeers).bounds(bounds(10));
  }

  static RigOptions optionsWithSecret(String secret) {
    return new RigOptions().identityHeader(secret);
  }

  static IdentityConfig identity(String name, String clientId, String... allowed) {
    return new IdentityConfig(
        name,
        clientId,
        "tenant",
        Optional.empty(),
        Optional.empty(),
        allowed.length == 0 ? Optional.empty() : Optional.of(List.of(allowed)),
        List.of());
  }

  void setTime(Instant instant) {
    clock.set(instant);
  }

  Finished awaitFinished() throws InterruptedException {
    return finished.poll(10, TimeUnit.SECONDS);
  }

  /** Asks for a token with the header that proves intent. */
  RawClient.Response ask(String query) throws IOException {
    return get(TOKEN_PATH + "?" + query, "Metadata: true");
  }

  RawClient.Response get(String target, String... headers) throws IOException {
    return send("GET " + target + " HTTP/1.1", headers);
  }

  RawClient.Response send(String requestLine, String... headers) throws IOException {
    try (RawClient client = new RawClient(port)) {
      return client.send(request(requestLine, headers)).read();
    }
  }

  /** Posts a form. */
  RawClient.Response post(String target, String form, String... headers) throws IOException {
    try (RawClient client = new RawClient(port)) {
      String head = request("POST " + target + " HTTP/1.1", headers);
      String type = "Content-Type: application/x-www-form-urlencoded\r\n";
      String length = "Content-Length: " + form.length() + "\r\n\r\n";
      return client.send(head.substring(0, head.length() - 2) + type + length + form).read();
    }
  }

  static String request(String requestLine, String... headers) {
    String host = "Host: 169.254.169.254\r\n";
    String rest = String.join("", List.of(headers).stream().map(h -> h + "\r\n").toList());
    return requestLine + "\r\n" + host + rest + "\r\n";
  }

  static JsonObject json(RawClient.Response response) {
    return new JsonObject(response.body());
  }

  /** An address of this machine beside loopback, if it has one. */
  static Optional<InetAddress> ownAddress() throws IOException {
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(address -> address.getAddress().length == 4 && !address.isLoopbackAddress())
        .findFirst();
  }

  static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    await(listener.drain(Duration.ZERO, Duration.ZERO));
    await(vertx.close());
  }
}
