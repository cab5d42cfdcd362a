package dev.tokenbroker;

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
final class SteadyClock extends Clock {

  private final Clock wall;
  private final LongSupplier nanos;
  private Instant reading;
  private long readAt;

  SteadyClock(Clock wall, LongSupplier nanos) {
    this.wall = wall;
    this.nanos = nanos;
    this.reading = wall.instant();
    this.readAt = nanos.getAsLong();
  }

  static SteadyClock system() {
    return new SteadyClock(Clock.systemUTC(), System::nanoTime);
  }

  @Override
  public synchronized Instant instant() {
    long now = nanos.getAsLong();
    Instant elapsed = reading.plusNanos(now - readAt);
    Instant walled = wall.instant();
    reading = walled.isAfter(elapsed) ? walled : elapsed;
    readAt = now;
    return reading;
  }

  @Override
  public ZoneId getZone() {
    return wall.getZone();
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return new SteadyClock(wall.withZone(zone), nanos);
  }
}
