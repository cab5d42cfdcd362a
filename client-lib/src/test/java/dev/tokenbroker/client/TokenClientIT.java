package dev.tokenbroker.client;

import static dev.tokenbroker.client.ClientRig.VAULT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jwt.SignedJWT;
import dev.tokenbroker.emulator.EmulatedPod;
import dev.tokenbroker.emulator.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The library and the broker as both are shipped, when things go wrong between them. */
class TokenClientIT {

  private static final String STORAGE = "https://storage.azure.com";
  private static final int AN_HOUR = 3600;

  @Test
  void anAppThatStartsBeforeTheBrokerGetsItsToken() {
    try (PackagedBroker broker = PackagedBroker.absent()) {
      Waiting waiting = new Waiting(broker::start);
      TokenClient client = broker.builder().time(waiting).build();

      PackagedBroker.assertIsFor(VAULT, client.token(VAULT).value());
      assertThat(waiting.pauses).hasPositiveValue();
    }
  }

  @Test
  void aRestartOfTheBrokerIsSeenThrough() {
    try (PackagedBroker broker = PackagedBroker.absent()) {
      broker.start();
      Waiting waiting = new Waiting(broker::start);
      TokenClient client = broker.builder().time(waiting).build();
      String held = client.token(VAULT).value();
      broker.stop();

      assertThat(client.token(VAULT).value()).isEqualTo(held);
      assertThat(waiting.pauses).hasValue(0);
      PackagedBroker.assertIsFor(STORAGE, client.token(STORAGE).value());
      assertThat(waiting.pauses).hasPositiveValue();
    }
  }

  @Test
  void throttlingByEntraIsWaitedOutWhenThereIsTime() {
    try (PackagedBroker broker = PackagedBroker.started()) {
      broker.pod().entra().faults().all(Fault.throttled(1));
      Waiting waiting = new Waiting(() -> broker.pod().entra().faults().clear());
      TokenClient client = broker.builder().time(waiting).build();

      PackagedBroker.assertIsFor(VAULT, client.token(VAULT).value());
      assertThat(waiting.pauses).hasPositiveValue();
    }
  }

  @Test
  void throttlingForLongerIsToldWithTheTimeToComeBack() {
    try (PackagedBroker broker = PackagedBroker.started()) {
      broker.pod().entra().faults().all(Fault.throttled(AN_HOUR));

      TokenException.Throttled failure =
          catchThrowableOfType(TokenException.Throttled.class, () -> broker.client().token(VAULT));
      assertThat(failure.retryAfter()).isGreaterThan(Duration.ofSeconds(30));
    }
  }

  @Test
  void anOutageOfEntraIsUnavailableForNewTokensAndUnnoticedForHeldOnes() {
    try (PackagedBroker broker = PackagedBroker.started()) {
      TokenClient client = broker.builder().deadline(Duration.ofSeconds(2)).build();
      String held = client.token(VAULT).value();
      broker.pod().entra().faults().all(Fault.down());

      TokenException.Unavailable failure =
          catchThrowableOfType(TokenException.Unavailable.class, () -> client.token(STORAGE));
      assertThat(failure)
          .hasMessageContainingAll(STORAGE, "Entra cannot answer now")
          .hasMessageNotContaining("..");
      assertThat(failure.retryAfter()).isPresent();
      assertThat(client.token(VAULT).value()).isEqualTo(held);
      // Another app of the pod gets the one that the broker holds.
      assertThat(broker.client().token(VAULT).value()).isEqualTo(held);

      broker.pod().entra().faults().clear();
      PackagedBroker.assertIsFor(STORAGE, broker.client().token(STORAGE).value());
    }
  }

  @Test
  void aRefusalCarriesTheBrokersHint() {
    try (PackagedBroker broker = PackagedBroker.started()) {
      TokenClient client =
          broker.builder().clientId("cccccccc-0000-0000-0000-00000000000c").build();

      TokenException.Rejected failure =
          catchThrowableOfType(TokenException.Rejected.class, () -> client.token(VAULT));
      assertThat(failure.hint()).contains("AADSTS700016").contains("AZURE_CLIENT_ID");
      assertThat(failure.correlationId()).isNotBlank();
    }
  }

  @Test
  void theIdentityNamedToTheBuilderIsTheOneInTheToken() throws Exception {
    try (PackagedBroker broker = PackagedBroker.started()) {
      TokenClient client = broker.builder().clientId(EmulatedPod.REPORTS.clientId()).build();

      assertThat(SignedJWT.parse(client.token(VAULT).value()).getJWTClaimsSet().getClaim("appid"))
          .isEqualTo(EmulatedPod.REPORTS.clientId());
    }
  }

  /** The machine's own time; the first wait of the client is when something happens. */
  private static final class Waiting implements Time {

    private final AtomicInteger pauses = new AtomicInteger();
    private final Runnable happening;

    Waiting(Runnable happening) {
      this.happening = happening;
    }

    @Override
    public Instant now() {
      return SYSTEM.now();
    }

    @Override
    public long nanos() {
      return SYSTEM.nanos();
    }

    @Override
    public CompletableFuture<Void> pause(Duration length) {
      if (pauses.getAndIncrement() == 0) {
        happening.run();
      }
      return SYSTEM.pause(length);
    }
  }
}
