package dev.tokenbroker.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenbroker.testing.ManualClock;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Thousands of random lives of a cache on virtual time; the seed is in every failure. */
class CacheSimulationTest {

  private static final long SEED = Long.getLong("simulation.seed", 20261124L);
  private static final int LIVES = 3000;
  private static final int STEPS = 300;

  @Test
  void noRandomLifeBreaksAnInvariant() {
    Random seeds = new Random(SEED);
    long exchanges = 0;
    long start = System.nanoTime();
    for (int life = 0; life < LIVES; life++) {
      long seed = seeds.nextLong();
      CacheSimulation simulation = new CacheSimulation(seed, new ManualClock(CacheRig.START));
      for (int step = 0; step < STEPS; step++) {
        simulation.step();
      }
      simulation.settle();
      exchanges += simulation.exchanges();
    }
    System.out.printf(
        "cache simulation: seed %d, %d lives of %d steps, %d exchanges, %d lives a second%n",
        SEED, LIVES, STEPS, exchanges, LIVES * 1_000_000_000L / (System.nanoTime() - start));
    assertThat(exchanges).as("the simulation did something").isGreaterThan(LIVES);
  }
}
