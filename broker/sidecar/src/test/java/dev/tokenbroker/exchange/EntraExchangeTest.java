package dev.tokenbroker.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenbroker.assertion.FederatedTokenFile;
import dev.tokenbroker.config.HostPort;
import dev.tokenbroker.config.HttpProxy;
import dev.tokenbroker.config.OutboundRoute;
import dev.tokenbroker.emulator.EmulatedPod;
import dev.tokenbroker.emulator.Fault;
import dev.tokenbroker.token.AccessToken;
import dev.tokenbroker.token.TokenFailure;
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
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The real msal4j over real TLS to the emulated Entra, and whatever can be in between. */
class EntraExchangeTest {

  private static final Duration SHORT = Duration.ofMillis(500);
  private static final Duration LONG = Duration.ofSeconds(20);

  private static EmulatedPod pod;

  private final Vertx vertx = Vertx.vertx();
  private final List<EntraExchange> open = new ArrayList<>();

  @BeforeAll
  static void startEntra() {
    pod = new EmulatedPod();
  }

  @AfterAll
  static void stopEntra() {
    pod.close();
  }

  @AfterEach
  void close() throws Exception {
    open.forEach(EntraExchange::close);
    pod.entra().faults().clear();
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Test
  void eachCallIsAnExchangeOfItsOwn() throws Exception {
    EntraExchange exchange = exchange(LONG, OutboundRoute.direct());
    int before = pod.entra().exchanges().size();

    AccessToken one = await(exchange.token(key("api://one")));
    AccessToken two = await(exchange.token(key("api://one")));

    assertThat(one.value()).isNotEqualTo(two.value());
    assertThat(pod.entra().exchanges()).hasSize(before + 2);
  }

  @Test
  void theAssertionIsTheContentOfTheFileAtThatMoment() throws Exception {
    EntraExchange exchange = exchange(LONG, OutboundRoute.direct());
    await(exchange.token(key("api://before")));
    pod.entra().issuer().rotateKey(true);

    assertThat(failureOf(exchange.token(key("api://stale"))).message()).contains("AADSTS7000272");
    pod.rotate();

    await(exchange.token(key("api://after")));
  }

  @Test
  void aSlowExchangeDoesNotHoldUpOthers() throws Exception {
    EntraExchange exchange = exchange(LONG, OutboundRoute.direct());
    CountDownLatch gate = new CountDownLatch(1);
    pod.entra().faults().forScope("slow", new Fault.Held(gate));
    List<Future<AccessToken>> slow = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      slow.add(exchange.token(key("api://slow" + i)));
    }

    await(exchange.token(key("api://quick")));

    assertThat(slow).noneMatch(Future::isComplete);
    gate.countDown();
    for (Future<AccessToken> each : slow) {
      await(each);
    }
  }

  @Test
  void moreThanTheQueueHoldsIsRefusedAtOnce() throws Exception {
    EntraExchange exchange = exchange(LONG, OutboundRoute.direct());
    CountDownLatch gate = new CountDownLatch(1);
    pod.entra().faults().all(new Fault.Held(gate));
    List<Future<AccessToken>> all = new ArrayList<>();
    for (int i = 0; i < 8 + 256 + 1; i++) {
      all.add(exchange.token(key("api://" + i)));
    }

    TokenFailure refused = failureOf(all.get(all.size() - 1));

    assertThat(refused.message()).contains("Too many exchanges");
    gate.countDown();
    await(all.get(0));
  }

  @Test
  void whoIsStillQueuedWhenItClosesIsAnswered() throws Exception {
    EntraExchange exchange = exchange(LONG, OutboundRoute.direct());
    CountDownLatch gate = new CountDownLatch(1);
    pod.entra().faults().all(new Fault.Held(gate));
    List<Future<AccessToken>> all = new ArrayList<>();
    for (int i = 0; i < 8 + 20; i++) {
      all.add(exchange.token(key("api://" + i)));
    }

    exchange.close();

    assertThat(failureOf(all.get(27))).isInstanceOf(TokenFailure.NotAsked.class);
    for (Future<AccessToken> each : all) {
      assertThat(failureOf(each)).isNotNull();
    }
    gate.countDown();
  }

  @Test
  void theCapabilityToHandleClaimsChallengesIsHandedOn() throws Exception {
    EntraExchange exchange = exchange(LONG, OutboundRoute.direct());

    AccessToken token = await(exchange.token(key("api://cae").handlingClaimsChallenges()));

    assertThat(new String(Base64.getUrlDecoder().decode(token.value().split("\\.")[1])))
        .contains("\"xms_cc\":[\"cp1\"]");
  }

  @Test
  void aCertificateThatIsNotTrustedIsNamedWithTheSettingThatMendsIt() {
    EntraExchange exchange = exchange(Optional.empty(), LONG, OutboundRoute.direct());

    assertThat(failureOf(exchange.token(key("api://x"))).message())
        .contains("is not trusted")
        .contains("BROKER_CA_FILE");
  }

  @Test
  void aRefusedConnectionIsNamed() throws Exception {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    EntraExchange exchange = exchange(LONG, OutboundRoute.direct());

    assertThat(failureOf(exchange.token(key("https://localhost:" + free, "api://x"))).message())
        .contains("No connection to https://localhost:" + free);
  }

  @Test
  void aNameThatCannotBeResolvedIsNamed() {
    EntraExchange exchange = exchange(LONG, OutboundRoute.direct());

    assertThat(failureOf(exchange.token(key("https://login.invalid", "api://x"))).message())
        .contains("https://login.invalid cannot be resolved");
  }

  @Test
  void anAuthorityThatNeverAnswersIsGivenUp() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      EntraExchange exchange = exchange(SHORT, OutboundRoute.direct());
      String authority = "https://localhost:" + silent.getLocalPort();

      assertThat(failureOf(exchange.token(key(authority, "api://x"))).message())
          .contains("No answer from " + authority);
    }
  }

  @Test
  void theProxyIsUsed() throws Exception {
    try (ConnectProxy proxy = ConnectProxy.tunneling()) {
      EntraExchange exchange = exchange(LONG, proxy(proxy, "p"));

      await(exchange.token(key("api://through")));

      assertThat(proxy.requests())
          .anySatisfy(
              request ->
                  assertThat(request)
                      .startsWith("CONNECT localhost:" + pod.entra().port())
                      .containsIgnoringCase("proxy-authorization: Basic dTpw"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"407 Proxy Authentication Required", "403 Forbidden"})
  void aProxyThatRefusesIsNamed(String status) throws Exception {
    try (ConnectProxy proxy = ConnectProxy.refusing(status)) {
      EntraExchange exchange = exchange(LONG, proxy(proxy, "pass"));

      assertThat(failureOf(exchange.token(key("api://x"))).message())
          .contains("The proxy 127.0.0.1:" + proxy.port() + " did not open a tunnel")
          .doesNotContain("pass");
    }
  }

  @Test
  void nothingSecretIsLoggedAtAnyLevelOrSaidInAFailure() throws Exception {
    try (LogCapture log = new LogCapture()) {
      EntraExchange exchange = exchange(LONG, OutboundRoute.direct());
      String assertion = Files.readString(pod.tokenFile());

      AccessToken token = await(exchange.token(key("api://secret")));
      pod.entra().faults().next(Fault.html());
      String failure = failureOf(exchange.token(key("api://fails"))).toString();

      assertThat(log.text()).isNotEmpty();
      for (String secret : List.of(assertion, token.value())) {
        assertThat(log.text()).doesNotContain(secret).doesNotContain(signatureOf(secret));
        assertThat(failure + token + exchange).doesNotContain(secret);
      }
    }
  }

  private static String signatureOf(String jwt) {
    return jwt.substring(jwt.lastIndexOf('.') + 1);
  }

  private static HttpProxy proxy(ConnectProxy proxy, String password) {
    return new HttpProxy(
        new HostPort("127.0.0.1", proxy.port()),
        Optional.of(new HttpProxy.Credentials("u", password)));
  }

  private EntraExchange exchange(Duration timeout, OutboundRoute route) {
    return exchange(Optional.of(pod.entra().caFile()), timeout, route);
  }

  private EntraExchange exchange(Optional<Path> caFile, Duration timeout, OutboundRoute route) {
    FederatedTokenFile file = new FederatedTokenFile(pod.tokenFile(), Clock.systemUTC());
    EntraExchange exchange =
        new EntraExchange(
            vertx,
            vertx.getOrCreateContext(),
            file,
            ExchangeConfig.entra(caFile, route),
            ExchangeConfig.limits(timeout, 8),
            Clock.systemUTC());
    open.add(exchange);
    return exchange;
  }

  private static TokenKey key(String resource) {
    return key(pod.entra().authority().toString(), resource);
  }

  private static TokenKey key(String authority, String resource) {
    return new TokenKey(
        authority, EmulatedPod.TENANT, EmulatedPod.APP.clientId(), TokenKey.scopeOf(resource));
  }

  private static AccessToken await(Future<AccessToken> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  private static TokenFailure failureOf(Future<AccessToken> future) {
    try {
      await(future);
      throw new AssertionError("there is a token");
    } catch (ExecutionException e) {
      return ((TokenFailureException) e.getCause()).failure();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
