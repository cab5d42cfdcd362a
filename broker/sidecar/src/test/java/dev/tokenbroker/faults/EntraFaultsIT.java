package dev.tokenbroker.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenbroker.emulator.Fault;
import dev.tokenbroker.exchange.ConnectProxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Entra, and the way to it, fail in all their ways. */
class EntraFaultsIT {

  private static final String GROUP = "Entra";

  static Stream<Outage> outages() {
    return Stream.of(
        onTheWire("down: nobody listens", "No connection to", Wire::cut, Wire::mend),
        onTheWire("half-open: accepts and says nothing", "in time", Wire.Mode.SILENT),
        onTheWire("resetting every connection", "", Wire.Mode.RESETTING),
        onTheWire("garbage instead of TLS", "TLS handshake", Wire.Mode.GARBAGE),
        answering(
            "slower than the exchange timeout", "in time", Fault.slow(Duration.ofSeconds(10))),
        answering("resetting after the request", "broke", Fault.reset()),
        answering("503 in JSON", "AADSTS90033", Fault.down()),
        answering("a gateway's 502 in HTML", "status 502", Fault.html()),
        answering("200 with a login page in HTML", "usable token", Fault.htmlAsSuccess()),
        answering("200 with an empty body", "usable token", Fault.empty()),
        answering("200 with truncated JSON", "usable token", Fault.truncated()),
        throttling("429 in JSON, Retry-After", Fault.throttled(2)),
        throttling("429 in JSON, no Retry-After", Fault.throttledWithoutAdvice()),
        throttling("429 in text, Retry-After", Fault.throttledAsText(2)),
        throttling("429 in text, no Retry-After", Fault.throttledAsText()));
  }

  @ParameterizedTest
  @Execution(ExecutionMode.CONCURRENT)
  @MethodSource("outages")
  void theHeldTokenIsServedToItsEndAndTheAppIsToldWhyThen(Outage outage) {
    try (Stage stage = new Stage()) {
      OutageCase.play(GROUP, outage, stage, impatient(stage));
    }
  }

  /** Silence ends the case sooner. */
  private static Map<String, String> impatient(Stage stage) {
    Map<String, String> environment = stage.environment();
    environment.put("BROKER_EXCHANGE_TIMEOUT", "3s");
    environment.put("BROKER_WAIT_TIMEOUT", "6s");
    return environment;
  }

  @Test
  void anAuthorityThatNobodyTrustsGetsNoAssertion() {
    try (Stage stage = new Stage();
        Impostor impostor = new Impostor()) {
      Outage outage =
          onTheWire(
              "TLS certificate not trusted",
              "BROKER_CA_FILE",
              wire -> wire.leadTo(impostor.port()),
              wire -> wire.leadTo(stage.pod.entra().port()));

      OutageCase.play(GROUP, outage, stage, stage.environment());

      assertThat(impostor.bytesRead()).isZero();
    }
  }

  @Test
  void aProxyThatRefusesIsNamed() throws Exception {
    try (Stage stage = new Stage();
        ConnectProxy proxy = ConnectProxy.leadingTo(stage.wire.port())) {
      Map<String, String> environment = stage.environment();
      // What is on loopback never goes through a proxy, so Entra has another name here.
      environment.put("AZURE_AUTHORITY_HOST", "https://login.microsoftonline.com/");
      environment.put("HTTPS_PROXY", "http://127.0.0.1:" + proxy.port());
      Outage outage =
          new Outage(
              "a proxy that refuses (403)",
              503,
              "did not open a tunnel",
              false,
              nothing -> proxy.refuse(Optional.of("403 Forbidden")),
              nothing -> proxy.refuse(Optional.empty()));

      OutageCase.play(GROUP, outage, stage, environment);
    }
  }

  @Test
  void aNameThatDnsDoesNotKnowIsSaidAndHoldsUpNothingElse() {
    try (Stage stage = new Stage()) {
      Map<String, String> environment = stage.environment();
      environment.put("AZURE_AUTHORITY_HOST", "https://login.token-broker.invalid/");
      try (Subject broker = Subject.start(environment);
          App app = new App(broker.port(), App.CALM)) {
        Stage.until(
            "it is told",
            () ->
                app.refusals().stream()
                    .anyMatch(each -> each.body().contains("login.token-broker.invalid")));

        assertThat(broker.isLive()).isTrue();
        assertThat(app.refusals()).allSatisfy(each -> assertThat(each.status()).isEqualTo(503));
        assertThat(app.unanswered()).isEmpty();
        FaultReport.add(GROUP, "DNS failing", List.of(app), 0, broker.peakMemory());
      }
    }
  }

  static Stream<Fault> harmless() {
    return Stream.of(
        Fault.slow(Duration.ofSeconds(1)), new Fault.Mislabelled("text/html; charset=utf-8"));
  }

  @ParameterizedTest
  @Execution(ExecutionMode.CONCURRENT)
  @MethodSource("harmless")
  void renewalsGoOnUnnoticed(Fault fault) {
    try (Stage stage = new Stage();
        Subject broker = Subject.start(stage.environment());
        App app = new App(broker.port(), App.CALM)) {
      Stage.until("a first token", () -> app.served() > 0);
      stage.pod.entra().faults().all(fault);

      Stage.until("two renewals", () -> app.tokens() >= 3);

      assertThat(app.wrongs()).isEmpty();
      assertThat(app.failed()).isZero();
      assertThat(stage.upstream()).isLessThanOrEqualTo(app.tokens() + 1);
      String name = fault instanceof Fault.Slow ? "slow: one second" : "wrong content type";
      FaultReport.add(GROUP, name, List.of(app), stage.upstream(), broker.peakMemory());
    }
  }

  private static Outage answering(String name, String says, Fault fault) {
    return new Outage(
        name,
        503,
        says,
        true,
        stage -> stage.pod.entra().faults().all(fault),
        stage -> stage.pod.entra().faults().clear());
  }

  private static Outage throttling(String name, Fault fault) {
    return new Outage(
        name,
        429,
        "throttles",
        true,
        stage -> stage.pod.entra().faults().all(fault),
        stage -> stage.pod.entra().faults().clear());
  }

  private static Outage onTheWire(String name, String says, Wire.Mode mode) {
    return onTheWire(name, says, wire -> wire.mode(mode), wire -> wire.mode(Wire.Mode.WHOLE));
  }

  private static Outage onTheWire(
      String name, String says, Consumer<Wire> begin, Consumer<Wire> end) {
    return new Outage(
        name, 503, says, true, stage -> begin.accept(stage.wire), stage -> end.accept(stage.wire));
  }
}
