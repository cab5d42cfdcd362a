package dev.tokenbroker.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.tokenbroker.emulator.EmulatedPod;
import dev.tokenbroker.emulator.Fault;
import dev.tokenbroker.emulator.RecordedExchange;
import dev.tokenbroker.testing.ManualClock;
import dev.tokenbroker.testing.PodConfig;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The whole broker over real HTTP, on the emulated Entra over TLS. */
class BrokerTest {

  private static final String VAULT = "https://vault.azure.net";

  private final ManualClock clock = new ManualClock(Clock.systemUTC().instant());
  private final EmulatedPod pod = new EmulatedPod(clock);
  private Running running = new Running(PodConfig.of(pod, Map.of()), clock);

  @AfterEach
  void close() {
    running.close();
    pod.close();
  }

  @Test
  void aProjectedTokenGoesInAndAnEntraTokenComesOut() throws Exception {
    JWTClaimsSet claims = SignedJWT.parse(running.token(VAULT)).getJWTClaimsSet();

    assertThat(claims.getAudience()).containsExactly(VAULT);
    assertThat(claims.getClaim("tid")).isEqualTo(EmulatedPod.TENANT);
    assertThat(claims.getClaim("appid")).isEqualTo(EmulatedPod.APP.clientId());
    assertThat(claims.getClaim("oid")).isEqualTo(EmulatedPod.APP.objectId());
  }

  @Test
  void theSlashAtTheEndOfAResourceStaysInTheAudience() throws Exception {
    JWTClaimsSet claims =
        SignedJWT.parse(running.token("https://database.windows.net/")).getJWTClaimsSet();

    assertThat(claims.getAudience()).containsExactly("https://database.windows.net/");
  }

  @Test
  void aSelectorThatNoEndpointKnowsIsCounted() {
    running.ask("resource=" + VAULT + "&objectId=nobody");
    running.ask("resource=" + VAULT + "&objectId=nobody");

    assertThat(running.metric("token_broker_stray_selectors_total")).isEqualTo(2);
  }

  @Test
  void aThousandConcurrentCallersCauseOneExchange() {
    CountDownLatch gate = new CountDownLatch(1);
    pod.entra().faults().all(new Fault.Held(gate));
    List<CompletableFuture<HttpResponse<String>>> callers = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      callers.add(running.askLater("resource=" + VAULT));
    }
    Running.until("all wait", () -> running.metric("token_broker_callers_waited_total") == 1000);

    gate.countDown();

    assertThat(callers).allSatisfy(caller -> assertThat(caller.join().statusCode()).isEqualTo(200));
    assertThat(pod.entra().exchanges()).hasSize(1);
  }

  @Test
  void aTokenIsRenewedBeforeItsEndWhileCallersGetTheOneThatIsHeld() {
    String first = running.token(VAULT);
    CountDownLatch gate = new CountDownLatch(1);
    pod.entra().faults().all(new Fault.Held(gate));
    clock.advance(Duration.ofMinutes(50));

    assertThat(running.token(VAULT)).as("while the renewal is under way").isEqualTo(first);
    gate.countDown();

    Running.until("the new one is served", () -> !running.token(VAULT).equals(first));
    assertThat(running.metric("token_broker_callers_waited_total")).isEqualTo(1);
    assertThat(pod.entra().exchanges()).hasSize(2);
  }

  @Test
  void whileEntraIsDownTheHeldTokenIsServedThenA503ThenItRecovers() {
    String token = running.token(VAULT);
    pod.entra().faults().all(Fault.down());
    clock.advance(Duration.ofMinutes(59));
    assertThat(running.token(VAULT)).isEqualTo(token);

    clock.advance(Duration.ofMinutes(1));
    HttpResponse<String> after = running.ask("resource=" + VAULT);
    assertThat(after.statusCode()).isEqualTo(503);
    assertThat(after.headers().firstValueAsLong("Retry-After")).isPresent();
    assertThat(new JsonObject(after.body()).getString("error_description")).contains("Entra");

    pod.entra().faults().clear();
    pod.rotate();
    clock.advance(Duration.ofMinutes(1));
    assertThat(running.token(VAULT)).isNotEqualTo(token);
  }

  @Test
  void aSlowScopeDelaysNoOther() {
    CountDownLatch gate = new CountDownLatch(1);
    pod.entra().faults().forScope("slow", new Fault.Held(gate));
    CompletableFuture<HttpResponse<String>> slow = running.askLater("resource=api://slow");

    running.token(VAULT);

    assertThat(slow).isNotDone();
    gate.countDown();
    assertThat(slow.join().statusCode()).isEqualTo(200);
  }

  @Test
  void noExchangeFailsWhileTheProjectedTokenRotatesUnderLoad() {
    List<CompletableFuture<HttpResponse<String>>> callers = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      callers.add(running.askLater("resource=api://" + i));
      pod.rotate();
    }

    assertThat(callers).allSatisfy(caller -> assertThat(caller.join().statusCode()).isEqualTo(200));
    assertThat(pod.entra().exchanges())
        .hasSize(40)
        .allSatisfy(exchange -> assertThat(exchange.outcome()).isEqualTo("token"));
  }

  @Test
  void aMissingTokenFileIs503AndHealsAsSoonAsTheFileIsThere() {
    pod.write("");
    HttpResponse<String> missing = running.ask("resource=" + VAULT);
    assertThat(missing.statusCode()).isEqualTo(503);
    assertThat(missing.body()).contains("federated token file").contains("is empty");
    assertThat(pod.entra().exchanges()).isEmpty();

    pod.rotate();
    clock.advance(Duration.ofSeconds(5));

    running.token(VAULT);
  }

  @Test
  void theObjectIdOfTheOnlyIdentityIsKnownOnTheVeryFirstRequest() {
    HttpResponse<String> response =
        running.ask("resource=" + VAULT + "&object_id=" + EmulatedPod.APP.objectId());

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(pod.entra().exchanges()).hasSize(1);
  }

  @Test
  void anotherClientIdIsExchangedAsItself() {
    running.ask("resource=" + VAULT + "&client_id=" + EmulatedPod.REPORTS.clientId());

    assertThat(pod.entra().exchanges())
        .extracting(RecordedExchange::clientId)
        .containsExactly(EmulatedPod.REPORTS.clientId());
  }

  @Test
  void prefetchedTokensAreThereBeforeAnybodyAsksAndReadinessWaitsForThem() {
    running.close();
    CountDownLatch gate = new CountDownLatch(1);
    pod.entra().faults().all(new Fault.Held(gate));
    running = new Running(PodConfig.of(pod, Map.of("BROKER_PREFETCH", VAULT)), clock);
    assertThat(running.admin("/startupz").statusCode()).isEqualTo(503);

    gate.countDown();

    Running.until("ready", () -> running.admin("/readyz").statusCode() == 200);
    assertThat(running.admin("/startupz").statusCode()).isEqualTo(200);
    running.token(VAULT);
    assertThat(pod.entra().exchanges()).hasSize(1);
    assertThat(running.metric("token_broker_callers_waited_total")).isZero();
  }

  @Test
  void drainingAnswersWhatIsUnderWay() {
    CountDownLatch gate = new CountDownLatch(1);
    pod.entra().faults().all(new Fault.Held(gate));
    CompletableFuture<HttpResponse<String>> caller = running.askLater("resource=" + VAULT);
    Running.until("it waits", () -> running.metric("token_broker_callers_waited_total") == 1);

    var drained = running.broker().drain();
    Running.until("not ready", () -> running.admin("/readyz").statusCode() == 503);
    gate.countDown();

    assertThat(caller.join().statusCode()).isEqualTo(200);
    Running.await(drained);
    running = new Running(PodConfig.of(pod, Map.of()), clock);
  }
}
