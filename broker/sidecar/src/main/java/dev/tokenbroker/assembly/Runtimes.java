package dev.tokenbroker.assembly;

import dev.tokenbroker.listener.OneLoopTransport;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.util.concurrent.TimeUnit;

/** The one Vert.x runtime, small: one event loop, and hardly a thread beside it. */
final class Runtimes {

  private Runtimes() {}

  static Vertx vertx() {
    return Vertx.builder()
        .withTransport(new OneLoopTransport())
        .with(
            new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                // A second is Vert.x's default: a wake-up a second in every pod, for a warning.
                .setBlockedThreadCheckInterval(TimeUnit.SECONDS.toMillis(5))
                // With a read-only root there is no folder to cache files in, and nothing to cache.
                .setFileSystemOptions(
                    new FileSystemOptions()
                        .setClassPathResolvingEnabled(false)
                        .setFileCachingEnabled(false)))
        .build();
  }
}
