package dev.tokenbroker.client;

import static dev.tokenbroker.client.ClientRig.VAULT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SingleFlightTest {

  private final ClientRig rig = new ClientRig();

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void anyNumberOfCallersShareOneQuestion() {
    rig.broker.answers(rig.token("t", Duration.ofHours(1)));
    rig.broker.holdAnswers();
    List<CompletableFuture<Token>> callers =
        IntStream.range(0, 1000).mapToObj(i -> rig.client.tokenAsync(VAULT)).toList();
    assertThat(callers).noneMatch(CompletableFuture::isDone);
    rig.broker.letAnswersGo();

    assertThat(callers).allSatisfy(call -> assertThat(call.join().value()).isEqualTo("t"));
    assertThat(rig.broker.seen()).hasSize(1);
  }

  @Test
  void aCallerThatGoesAwayTakesNothingFromTheOthers() {
    rig.broker.answers(rig.token("t", Duration.ofHours(1)));
    rig.broker.holdAnswers();
    CompletableFuture<Token> first = rig.client.tokenAsync(VAULT);
    CompletableFuture<Token> second = rig.client.tokenAsync(VAULT);
    assertThat(first.cancel(true)).isTrue();
    rig.broker.letAnswersGo();

    assertThat(second.join().value()).isEqualTo("t");
    assertThat(rig.client.token(VAULT).value()).isEqualTo("t");
    assertThat(rig.broker.seen()).hasSize(1);
  }

  @Test
  void oneResourceDoesNotWaitForAnother() {
    rig.broker.answers(rig.token("t", Duration.ofHours(1)));
    rig.client.token("held");
    rig.broker.holdAnswers();
    CompletableFuture<Token> slow = rig.client.tokenAsync("slow");

    assertThat(rig.client.token("held").value()).isEqualTo("t");
    assertThat(slow).isNotDone();
  }

  @Test
  void afterAFailureTheNextCallerAsksAnew() {
    rig.broker.answers(
        Reply.refused(403, "invalid_client", "No"), rig.token("t", Duration.ofHours(1)));
    assertThatThrownBy(() -> rig.client.token(VAULT)).isInstanceOf(TokenException.Rejected.class);

    assertThat(rig.client.token(VAULT).value()).isEqualTo("t");
  }

  @Test
  void anInterruptedCallerIsLetGoWithItsFlagSet() {
    rig.broker.holdAnswers();
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> rig.client.token(VAULT))
        .isInstanceOf(TokenException.Unavailable.class)
        .hasMessageContaining("Interrupted");
    assertThat(Thread.interrupted()).isTrue();
  }
}
