package dev.tokenbroker.inject;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenbroker.listener.ListenerLimits;
import dev.tokenbroker.listener.OneLoopTransport;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InjectServerTest {

  private final Vertx vertx =
      Vertx.builder()
          .with(new VertxOptions().setEventLoopPoolSize(1))
          .withTransport(new OneLoopTransport())
          .build();
  @TempDir private Path folder;
  private X509Bundle certificate;
  private InjectServer server;
  private HttpClient client;

  @BeforeEach
  void start() throws Exception {
    certificate = issue();
    server =
        await(
            InjectServer.start(
                vertx,
                new InjectServerOptions(
                    "127.0.0.1",
                    0,
                    folder.resolve("tls.crt"),
                    folder.resolve("tls.key"),
                    Duration.ofHours(1),
                    GoldenPod.OPTIONS),
                new ListenerLimits("webhook", true, 64, 7 << 20)));
    client = trusting(certificate);
  }

  @AfterEach
  void stop() {
    await(vertx.close());
  }

  @Test
  void aPodGetsItsPatch() throws Exception {
    GoldenPod golden = GoldenPod.of("with-init");

    JsonObject response = mutate(review(golden.in()));

    assertThat(response.getString("uid")).isEqualTo("705ab4f5");
    assertThat(response.getBoolean("allowed")).isTrue();
    assertThat(response.getString("patchType")).isEqualTo("JSONPatch");
    JsonArray patch =
        new JsonArray(Buffer.buffer(Base64.getDecoder().decode(response.getString("patch"))));
    assertThat(Patches.apply(patch, golden.in())).isEqualTo(golden.out());
  }

  @Test
  void aRefusedPodComesWithTheReason() throws Exception {
    GoldenPod golden = GoldenPod.of("host-network");

    JsonObject response = mutate(review(golden.in()));

    assertThat(response.getBoolean("allowed")).isFalse();
    assertThat(response.getJsonObject("status").getString("message"))
        .isEqualTo(golden.refusal().orElseThrow());
    assertThat(response.containsKey("patch")).isFalse();
  }

  @Test
  void aPodThatDidNotOptInIsLetInUnchanged() throws Exception {
    assertThat(mutate(review(GoldenPod.of("opted-out").in())))
        .isEqualTo(new JsonObject().put("uid", "705ab4f5").put("allowed", true));
  }

  @Test
  void aPodThatExistsAlreadyIsLeftAlone() throws Exception {
    JsonObject review = review(GoldenPod.of("plain").in());
    review.getJsonObject("request").put("operation", "UPDATE");

    assertThat(mutate(review).containsKey("patch")).isFalse();
  }

  @Test
  void whatIsNoReviewIsABadRequest() throws Exception {
    assertThat(post("not json").statusCode()).isEqualTo(400);
    assertThat(post("[]").statusCode()).isEqualTo(400);
    assertThat(post("{\"apiVersion\":\"admission.k8s.io/v1beta1\"}").statusCode()).isEqualTo(400);
    assertThat(post("{\"request\":7}").statusCode()).isEqualTo(400);
  }

  @Test
  void aPodOfAnUnthinkableShapeIsAnErrorAndNotAPassage() throws Exception {
    JsonObject review =
        review(GoldenPod.of("plain").in().put("spec", new JsonObject().put("containers", "none")));

    assertThat(post(review.encode()).statusCode()).isEqualTo(500);
    assertThat(mutate(review(GoldenPod.of("plain").in())).getBoolean("allowed")).isTrue();
  }

  @Test
  void aBodyLargerThanAnyObjectIsRefused() throws Exception {
    String padding = " ".repeat(ReviewHandler.MAX_BODY);

    assertThat(post(review(GoldenPod.of("plain").in()).encode() + padding).statusCode())
        .isEqualTo(413);
  }

  @Test
  void aThousandLevelsAndAMillionValuesAreRefusedBeforeTheyAreBuilt() throws Exception {
    assertThat(post("{\"a\":".repeat(600) + "1" + "}".repeat(600)).statusCode()).isEqualTo(400);
    assertThat(post("[" + "{},".repeat(1_000_000) + "{}]").statusCode()).isEqualTo(400);
    assertThat(mutate(review(GoldenPod.of("plain").in())).getBoolean("allowed")).isTrue();
  }

  @Test
  void bodiesThatAreSentByHalfGiveWayToOneThatIsSentWhole() throws Exception {
    SSLSocketFactory sockets = trustingContext(certificate).getSocketFactory();
    List<Socket> halves = new ArrayList<>();
    try {
      for (int i = 0; i < 18; i++) {
        Socket half = sockets.createSocket("localhost", server.port());
        halves.add(half);
        send(half, "POST /mutate HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3000000\r\n\r\n");
        send(half, "x".repeat(1 << 20));
      }
      assertThat(mutate(review(GoldenPod.of("plain").in())).getBoolean("allowed")).isTrue();
      assertThat(get("/metrics").body())
          .containsPattern("connections_closed_total.reason=\"evicted\". [1-9]");
    } finally {
      for (Socket each : halves) {
        each.close();
      }
    }
  }

  private static void send(Socket socket, String text) {
    try {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    } catch (IOException evicted) {
      assertThat(evicted).isNotNull();
    }
  }

  @Test
  void theApiServersHttp2IsSpoken() throws Exception {
    assertThat(get("/readyz").version()).isEqualTo(HttpClient.Version.HTTP_2);
  }

  @Test
  void metricsCountWhatCameOfThePods() throws Exception {
    mutate(review(GoldenPod.of("plain").in()));
    mutate(review(GoldenPod.of("opted-out").in()));
    mutate(review(GoldenPod.of("windows").in()));
    post("not json");

    assertThat(get("/metrics").body())
        .contains(
            "token_broker_inject_reviews_total{result=\"patched\"} 1",
            "token_broker_inject_reviews_total{result=\"untouched\"} 1",
            "token_broker_inject_reviews_total{result=\"refused\"} 1",
            "token_broker_inject_reviews_total{result=\"malformed\"} 1");
    assertThat(expiry(get("/metrics").body()))
        .isEqualTo(certificate.getCertificate().getNotAfter().toInstant().getEpochSecond());
  }

  /** Prometheus writes doubles, such as 1.7E9. */
  private static double expiry(String metrics) {
    String name = "token_broker_inject_certificate_expiry_timestamp_seconds ";
    return metrics
        .lines()
        .filter(line -> line.startsWith(name))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length())))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aNewCertificateServesTheNextConnection() throws Exception {
    X509Bundle renewed = issue();

    assertThat(await(server.reload())).isTrue();

    assertThat(trusting(renewed).send(request("/readyz").build(), BodyHandlers.ofString()))
        .extracting(HttpResponse::statusCode)
        .isEqualTo(200);
    Assertions.assertThatThrownBy(
            () -> trusting(certificate).send(request("/readyz").build(), BodyHandlers.ofString()))
        .isInstanceOf(SSLHandshakeException.class);
    assertThat(await(server.reload())).isFalse();
  }

  @Test
  void aHalfWrittenCertificateLeavesTheOldOneInForce() throws Exception {
    Files.writeString(folder.resolve("tls.crt"), "-----BEGIN CERTIFICATE-----\n");

    assertThat(await(server.reload())).isFalse();
    assertThat(trusting(certificate).send(request("/readyz").build(), BodyHandlers.ofString()))
        .extracting(HttpResponse::statusCode)
        .isEqualTo(200);
  }

  @Test
  void otherPathsAreNotFound() throws Exception {
    assertThat(get("/mutate").statusCode()).isEqualTo(404);
    assertThat(get("/").statusCode()).isEqualTo(404);
  }

  private X509Bundle issue() throws Exception {
    X509Bundle bundle =
        new CertificateBuilder()
            .subject("CN=token-broker-injector")
            .addSanDnsName("localhost")
            .setIsCertificateAuthority(true)
            .buildSelfSigned();
    Files.writeString(folder.resolve("tls.crt"), bundle.getCertificatePathPEM());
    Files.writeString(folder.resolve("tls.key"), bundle.getPrivateKeyPEM());
    return bundle;
  }

  private static HttpClient trusting(X509Bundle certificate) throws Exception {
    return HttpClient.newBuilder().sslContext(trustingContext(certificate)).build();
  }

  private static SSLContext trustingContext(X509Bundle certificate) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("server", certificate.getCertificate());
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  private static JsonObject review(JsonObject pod) {
    return new JsonObject()
        .put("apiVersion", "admission.k8s.io/v1")
        .put("kind", "AdmissionReview")
        .put(
            "request",
            new JsonObject()
                .put("uid", "705ab4f5")
                .put("kind", new JsonObject().put("version", "v1").put("kind", "Pod"))
                .put("namespace", "shop")
                .put("operation", "CREATE")
                .put("object", pod));
  }

  private JsonObject mutate(JsonObject review) throws Exception {
    HttpResponse<String> response = post(review.encode());
    assertThat(response.statusCode()).isEqualTo(200);
    return new JsonObject(response.body()).getJsonObject("response");
  }

  private HttpResponse<String> post(String body) throws Exception {
    return client.send(
        request("/mutate").POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> get(String path) throws Exception {
    return client.send(request(path).build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("https://localhost:" + server.port() + path));
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
