package dev.tokenbroker.client;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Time that passes when a test says so, or when the client waits. */
final class ManualTime implements Time {

  static final Instant START = Instant.parse("2026-11-24T10:00:00Z");

  final List<Duration> pauses = new CopyOnWriteArrayList<>();
  private volatile Duration elapsed = Duration.ZERO;
  private volatile Consumer<Integer> duringPause = count -> {};

  void advance(Duration by) {
    elapsed = elapsed.plus(by);
  }

  /** What happens in the world while the client waits; told how often it has waited so far. */
  void duringPauses(Consumer<Integer> happening) {
    duringPause = happening;
  }

  Duration elapsed() {
    return elapsed;
  }

  @Override
  public Instant now() {
    return START.plus(elapsed);
  }

  @Override
  public long nanos() {
    return elapsed.toNanos();
  }

  @Override
  public CompletableFuture<Void> pause(Duration length) {
    pauses.add(length);
    advance(length);
    duringPause.accept(pauses.size());
    return CompletableFuture.completedFuture(null);
  }
}
