package dev.tokenbroker.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CertificateWatchTest {

  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final CountDownLatch hanging = new CountDownLatch(1);

  @AfterEach
  void close() {
    hanging.countDown();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void aVolumeThatHangsIsReadOnceNotAgainAtEachInterval() {
    AtomicInteger reads = new AtomicInteger();
    ServerCertificate first =
        new ServerCertificate(Buffer.buffer("chain"), Buffer.buffer("key"), Instant.EPOCH);
    CertificateWatch watch =
        new CertificateWatch(
            vertx,
            () -> {
              reads.incrementAndGet();
              try {
                hanging.await(1, TimeUnit.MINUTES);
              } catch (InterruptedException e) {
                throw new IOException(e);
              }
              return first;
            },
            first,
            next -> Future.succeededFuture());

    Future<Boolean> hung = onLoop(watch);
    assertThat(await(onLoop(watch))).isFalse();
    assertThat(await(onLoop(watch))).isFalse();
    hanging.countDown();

    assertThat(await(hung)).isFalse();
    assertThat(reads).hasValue(1);
    await(onLoop(watch));
    assertThat(reads).hasValue(2);
  }

  /** Starts a look on the event loop, where the watch lives. */
  private Future<Boolean> onLoop(CertificateWatch watch) {
    Promise<Boolean> looked = Promise.promise();
    context.runOnContext(nothing -> watch.look().onComplete(looked));
    return looked.future();
  }

  private static boolean await(Future<Boolean> look) {
    return look.toCompletionStage().toCompletableFuture().join();
  }
}
