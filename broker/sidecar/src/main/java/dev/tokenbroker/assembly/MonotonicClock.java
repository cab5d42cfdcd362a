package dev.tokenbroker.assembly;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.function.LongSupplier;

/**
 * A clock for lifetimes: it never goes back. Between readings it moves by the monotonic timer, so a
 * wall clock that is set back (NTP, a corrected node) neither lengthens a token's life nor freezes
 * a back-off. When the wall clock is ahead (set forward, or the machine slept, which the monotonic
 * timer does not count) it follows: ending a token early costs an exchange, ending it late costs a
 * refused request.
 */
public final class MonotonicClock extends Clock {

  private static final long NANOS_OF_SECOND = 1_000_000_000L;
  private static final long NANOS_OF_MILLI = 1_000_000L;

  private final Clock wall;
  private final LongSupplier nanos;
  private long nanosOfEpoch;
  private long readAt;

  /**
   * A clock that starts at the wall clock's time.
   *
   * @param nanos a monotonic timer, as {@link System#nanoTime}
   */
  public MonotonicClock(Clock wall, LongSupplier nanos) {
    this.wall = wall;
    this.nanos = nanos;
    this.nanosOfEpoch = wallNanos();
    this.readAt = nanos.getAsLong();
  }

  static MonotonicClock system() {
    return new MonotonicClock(Clock.systemUTC(), System::nanoTime);
  }

  @Override
  public Instant instant() {
    long read = read();
    return Instant.ofEpochSecond(read / NANOS_OF_SECOND, read % NANOS_OF_SECOND);
  }

  @Override
  public long millis() {
    return read() / NANOS_OF_MILLI;
  }

  /** Plain numbers: this is read on every request. */
  private synchronized long read() {
    long now = nanos.getAsLong();
    nanosOfEpoch = Math.max(nanosOfEpoch + (now - readAt), wallNanos());
    readAt = now;
    return nanosOfEpoch;
  }

  private long wallNanos() {
    return wall.millis() * NANOS_OF_MILLI;
  }

  @Override
  public ZoneId getZone() {
    return wall.getZone();
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return new MonotonicClock(wall.withZone(zone), nanos);
  }
}
