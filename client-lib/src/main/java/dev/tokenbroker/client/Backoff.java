package dev.tokenbroker.client;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to wait before asking again: 100 ms at first, doubling to 2 s, less up to half at
 * random, so that the apps of a pod that starts do not ask in step.
 */
final class Backoff {

  private static final long FIRST_MILLIS = 100;
  private static final long LAST_MILLIS = 2000;
  private static final int MAX_DOUBLINGS = 5;

  private Backoff() {}

  static Duration before(int retry) {
    long whole = Math.min(LAST_MILLIS, FIRST_MILLIS << Math.min(retry, MAX_DOUBLINGS));
    return Duration.ofMillis(ThreadLocalRandom.current().nextLong(whole / 2, whole + 1));
  }
}
