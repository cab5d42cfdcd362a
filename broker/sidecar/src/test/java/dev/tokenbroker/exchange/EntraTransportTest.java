package dev.tokenbroker.exchange;

import static java.util.concurrent.Executors.newSingleThreadExecutor;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenbroker.config.OutboundRoute;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpMethod;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntraTransportTest {

  private static final Map<String, String> FORM =
      Map.of("Content-Type", "application/x-www-form-urlencoded");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void noAnswerIsLostHoweverManyEventLoopsThereAre(int loops) throws Exception {
    Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(loops));
    LoopbackEntra entra = new LoopbackEntra(vertx, folder);
    URL url = URI.create(entra.authority() + "/tenant/oauth2/v2.0/token").toURL();
    ExecutorService[] threads = {newSingleThreadExecutor(), newSingleThreadExecutor()};
    try (EntraTransport transport =
        new EntraTransport(
            vertx,
            vertx.getOrCreateContext(),
            ExchangeConfig.entra(Optional.of(entra.caFile()), OutboundRoute.direct()),
            ExchangeConfig.limits(Duration.ofSeconds(20), 2))) {
      for (int i = 0; i < 1000; i++) {
        // By turns, so that one thread's request goes over the connection of the other's.
        EntraTransport.Response response =
            threads[i % 2]
                .submit(() -> transport.send(HttpMethod.POST, url, FORM, "a=b"))
                .get(30, TimeUnit.SECONDS)
                .toCompletionStage()
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);

        assertThat(response.body()).as("answer %d", i).isEqualTo(LoopbackEntra.SUCCESS);
      }
    } finally {
      threads[0].shutdownNow();
      threads[1].shutdownNow();
      vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
  }
}
