package dev.tokenbroker.client;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Clock, stopwatch and alarm in one, so that tests can move all three by hand. */
interface Time {

  Time SYSTEM = new SystemTime();

  /** The wall clock: when tokens end. */
  Instant now();

  /** A stopwatch that no clock adjustment moves: how long a caller has waited. */
  long nanos();

  /** Completes after that long. */
  CompletableFuture<Void> pause(Duration length);

  /** The time of this machine. */
  final class SystemTime implements Time {

    private SystemTime() {}

    @Override
    public Instant now() {
      return Instant.now();
    }

    @Override
    public long nanos() {
      return System.nanoTime();
    }

    @Override
    public CompletableFuture<Void> pause(Duration length) {
      // On the JDK's alarm thread: the common pool may be full of callers who wait for this.
      return CompletableFuture.runAsync(
          () -> {},
          CompletableFuture.delayedExecutor(length.toNanos(), TimeUnit.NANOSECONDS, Runnable::run));
    }
  }
}
