package dev.tokenbroker.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenbroker.assertion.FederatedTokenFile;
import dev.tokenbroker.config.HostPort;
import dev.tokenbroker.config.HttpProxy;
import dev.tokenbroker.config.OutboundRoute;
import dev.tokenbroker.emulator.OidcIssuer;
import dev.tokenbroker.token.AccessToken;
import dev.tokenbroker.token.TokenFailure;
import dev.tokenbroker.token.TokenFailure.Unavailable;
import dev.tokenbroker.token.TokenFailureException;
import dev.tokenbroker.token.TokenKey;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What msal4j and the transport put on the wire, and answers that break on the way. */
class ExchangeWireTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Vertx vertx = Vertx.vertx();
  private final OidcIssuer issuer = new OidcIssuer("https://oidc.test/", Clock.systemUTC());
  private LoopbackEntra entra;
  private EntraExchange exchange;

  @TempDir Path folder;

  @BeforeEach
  void start() throws Exception {
    entra = new LoopbackEntra(vertx, folder);
    exchange = exchange(OutboundRoute.direct());
    rotate();
  }

  @AfterEach
  void stop() throws Exception {
    exchange.close();
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Test
  void theFormIsThatOfClientCredentialsWithAClientAssertion() throws Exception {
    await(exchange.token(key()));

    LoopbackEntra.Sent sent = entra.sent().get(0);
    assertThat(sent.path()).isEqualTo("/tenant/oauth2/v2.0/token");
    assertThat(sent.form().get("grant_type")).isEqualTo("client_credentials");
    assertThat(sent.form().get("client_id")).isEqualTo("client");
    assertThat(sent.form().get("scope").split(" ")).contains("https://vault.azure.net/.default");
    assertThat(sent.form().get("client_assertion_type"))
        .isEqualTo("urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
    assertThat(sent.form().get("client_assertion")).isEqualTo(Files.readString(tokenFile()));
    assertThat(sent.headers().get("client-request-id")).hasSize(36);
  }

  @Test
  void theSecondCallSendsTheTokenThatIsInTheFileByThen() throws Exception {
    await(exchange.token(key()));
    String renewed = rotate();
    await(exchange.token(key()));

    assertThat(entra.sent()).hasSize(2);
    assertThat(entra.sent().get(1).form().get("client_assertion")).isEqualTo(renewed);
  }

  @Test
  void onlyACallerWhoHandlesClaimsChallengesSendsTheCapability() throws Exception {
    await(exchange.token(key()));
    await(exchange.token(key().handlingClaimsChallenges()));

    assertThat(entra.sent().get(0).form().contains("claims")).isFalse();
    assertThat(entra.sent().get(1).form().get("claims")).contains("xms_cc").contains("cp1");
  }

  @Test
  void aServerErrorIsAskedOnceSinceMsal4jsOwnRetriesAreOff() {
    entra.answers(response -> response.setStatusCode(503).end("down"));

    assertThat(failureOf(exchange.token(key()))).isInstanceOf(Unavailable.class);
    assertThat(entra.sent()).hasSize(1);
  }

  @Test
  void aRedirectIsNotFollowedWithTheAssertion() {
    entra.answers(
        response ->
            response
                .setStatusCode(307)
                .putHeader("Location", entra.authority() + "/elsewhere")
                .end());

    assertThat(failureOf(exchange.token(key())).message()).contains("status 307");
    assertThat(entra.sent()).hasSize(1);
  }

  @Test
  void anAnswerWithoutEndIsCutOffAtItsBound() {
    entra.answers(response -> response.setChunked(true).write("x".repeat(2 * 1024 * 1024)));

    assertThat(failureOf(exchange.token(key())))
        .isInstanceOf(Unavailable.class)
        .extracting(TokenFailure::message)
        .asString()
        .contains("larger than 1 MiB");
  }

  @Test
  void anAnswerThatBreaksOffIsNoAnswer() {
    entra.answers(
        response -> {
          response.setChunked(true).write("{\"access_token\":\"half-a-tok");
          response.reset();
        });

    assertThat(failureOf(exchange.token(key())))
        .isInstanceOf(Unavailable.class)
        .extracting(TokenFailure::message)
        .asString()
        .contains("broke")
        .doesNotContain("half-a-tok");
  }

  /** Msal4j's parser never comes to the end of an empty array in a member that it does not know. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"errors\":[]}",
        "{\"errors\":[],\"token_type\":\"Bearer\",\"expires_in\":1",
        "{\"errors\":{\"a\":[]},\"access_token\":[]}",
      })
  void anOddSuccessIsNoTokenAndEndsItsExchange(String body) throws Exception {
    entra.answers(response -> response.end(body));
    for (int i = 0; i < 3; i++) {
      assertThat(failureOf(exchange.token(key())).message())
          .isEqualTo("Entra answered 200 without a usable token");
    }

    entra.answers(response -> response.end(LoopbackEntra.SUCCESS));

    assertThat(await(exchange.token(key())).value()).isEqualTo("value");
  }

  @Test
  void whatElseIsInASuccessDoesNotMatter() throws Exception {
    entra.answers(
        response -> response.end(LoopbackEntra.SUCCESS.replaceFirst("}", ",\"errors\":[]}")));

    assertThat(await(exchange.token(key())).value()).isEqualTo("value");
  }

  @Test
  void aProxyThatIsNotThereIsNamed() throws Exception {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    exchange = exchange(new HttpProxy(new HostPort("127.0.0.1", free), Optional.empty()));

    assertThat(failureOf(exchange.token(key())).message())
        .contains("through the proxy 127.0.0.1:" + free)
        .contains("HTTPS_PROXY");
  }

  @Test
  void aProxyWhoseNameCannotBeResolvedIsNamedAndNotTheAuthority() {
    exchange = exchange(new HttpProxy(new HostPort("proxy.invalid", 3128), Optional.empty()));

    assertThat(failureOf(exchange.token(key())).message())
        .isEqualTo(
            "The name of the proxy proxy.invalid:3128 cannot be resolved: check HTTPS_PROXY");
  }

  private EntraExchange exchange(OutboundRoute route) {
    return new EntraExchange(
        vertx,
        vertx.getOrCreateContext(),
        new FederatedTokenFile(tokenFile(), Clock.systemUTC()),
        ExchangeConfig.entra(Optional.of(entra.caFile()), route),
        ExchangeConfig.limits(PATIENCE, 2),
        Clock.systemUTC());
  }

  private String rotate() throws Exception {
    String token = issuer.serviceAccountToken("shop", "checkout", "a", Duration.ofHours(1));
    Files.writeString(tokenFile(), token);
    return token;
  }

  private Path tokenFile() {
    return folder.resolve("token");
  }

  private TokenKey key() {
    return new TokenKey(
        entra.authority(), "tenant", "client", "https://vault.azure.net/.default", false);
  }

  private static AccessToken await(Future<AccessToken> future) throws Exception {
    return future
        .toCompletionStage()
        .toCompletableFuture()
        .get(2 * PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  private static TokenFailure failureOf(Future<AccessToken> future) {
    try {
      throw new AssertionError("there is a token: " + await(future));
    } catch (ExecutionException e) {
      return ((TokenFailureException) e.getCause()).failure();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
