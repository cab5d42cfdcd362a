package dev.tokenbroker.fleet;

import java.time.Duration;
import java.util.Random;
import java.util.random.RandomGenerator;

/**
 * How the pods of a fleet behave towards Entra.
 *
 * @param title as in the documentation
 * @param cached whether there is a broker at all
 * @param jittered whether its random numbers are random
 * @param spread BROKER_STARTUP_SPREAD
 */
record FleetBehaviour(String title, boolean cached, boolean jittered, Duration spread) {

  static final FleetBehaviour EVERY_REQUEST_ASKS =
      new FleetBehaviour("every request asks", false, false, Duration.ZERO);
  static final FleetBehaviour NO_JITTER =
      new FleetBehaviour("the broker without jitter", true, false, Duration.ZERO);
  static final FleetBehaviour BROKER = new FleetBehaviour("the broker", true, true, Duration.ZERO);
  static final FleetBehaviour SPREAD =
      new FleetBehaviour(
          "the broker, BROKER_STARTUP_SPREAD=60s", true, true, Duration.ofSeconds(60));

  RandomGenerator random(Random seeds) {
    return jittered ? new Random(seeds.nextLong()) : () -> 0L;
  }
}
