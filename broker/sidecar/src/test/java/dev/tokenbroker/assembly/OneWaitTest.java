package dev.tokenbroker.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenbroker.emulator.EmulatedPod;
import dev.tokenbroker.emulator.Fault;
import dev.tokenbroker.testing.ManualClock;
import dev.tokenbroker.testing.PodConfig;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How long to wait is one number, wherever a caller or an operator reads it. */
class OneWaitTest {

  private static final String VAULT = "https://vault.azure.net";
  private static final String STORAGE = "https://storage.azure.com";

  private final ManualClock clock = new ManualClock(Clock.systemUTC().instant());
  private final EmulatedPod pod = new EmulatedPod(clock);
  private final Running running = new Running(PodConfig.of(pod, Map.of()), clock);

  @AfterEach
  void close() {
    running.close();
    pod.close();
  }

  @Test
  void theHeaderTheTextAndTheStatusPageGiveTheSameNumberOfSeconds() {
    pod.entra().faults().all(Fault.throttled(60));
    running.ask("resource=" + VAULT);
    running.ask("resource=" + STORAGE);
    clock.advance(Duration.ofMillis(7500));

    HttpResponse<String> answer = running.ask("resource=" + STORAGE);

    long header = Long.parseLong(answer.headers().firstValue("Retry-After").orElseThrow());
    JsonObject trouble = troubleOf(STORAGE);
    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(header).as("60 s, a quarter of it and a second, less 7.5 s").isBetween(53L, 69L);
    assertThat(answer.body()).contains("try again in " + header + " s");
    assertThat(trouble.getString("message")).contains("try again in " + header + " s");
    Duration left = Duration.between(clock.instant(), Instant.parse(trouble.getString("retryAt")));
    assertThat(left).isBetween(Duration.ofSeconds(header - 1), Duration.ofSeconds(header));
  }

  @Test
  void whoWaitsAsLongAsToldHasATokenOnceEntraAnswersAgain() {
    pod.entra().faults().all(Fault.throttled(60));
    running.ask("resource=" + VAULT);
    HttpResponse<String> answer = running.ask("resource=" + STORAGE);
    pod.entra().faults().clear();

    clock.advance(
        Duration.ofSeconds(
            Long.parseLong(answer.headers().firstValue("Retry-After").orElseThrow())));

    assertThat(running.token(STORAGE)).isNotEmpty();
  }

  private JsonObject troubleOf(String resource) {
    return new JsonObject(running.get("/status").body())
        .getJsonArray("tokens").stream()
            .map(JsonObject.class::cast)
            .filter(each -> each.getString("scope").startsWith(resource))
            .map(each -> each.getJsonObject("trouble"))
            .findFirst()
            .orElseThrow();
  }
}
