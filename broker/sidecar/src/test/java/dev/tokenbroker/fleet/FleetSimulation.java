package dev.tokenbroker.fleet;

import dev.tokenbroker.token.AccessToken;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Ten thousand pods, restarted within one second, and the time until all tokens are renewed. */
final class FleetSimulation {

  static final int PODS = 10_000;
  static final int RESOURCES = 2;
  static final Duration OBSERVED = Duration.ofMinutes(10);

  /** Each pod's app asks for all its tokens so often, as a script without a cache does. */
  static final Duration ASKS_EVERY = Duration.ofSeconds(10);

  private static final Duration SWEEPS_EVERY = Duration.ofSeconds(2);

  /**
   * What Entra and the apps saw.
   *
   * @param calls calls to Entra in each second
   * @param throttled how many of them were answered 429
   * @param refused requests of apps that got no token
   * @param lastRefusal the second in which an app was refused for the last time; -1: never
   */
  record Outcome(
      FleetBehaviour behaviour, int[] calls, int throttled, int refused, int lastRefusal) {

    int peak() {
      return Arrays.stream(calls).max().orElseThrow();
    }

    int total() {
      return Arrays.stream(calls).sum();
    }

    /** The most calls in one second, from this second on. */
    int peakFrom(int second) {
      return Arrays.stream(calls).skip(second).max().orElseThrow();
    }
  }

  private final FleetBehaviour behaviour;
  private final Timeline time = new Timeline();
  private final ThrottlingEntra entra = new ThrottlingEntra(time, OBSERVED);
  private final List<List<FleetPod>> sweepers = groups(SWEEPS_EVERY);
  private final List<List<FleetPod>> askers = groups(ASKS_EVERY);
  private int refused;
  private int lastRefusal = -1;

  private FleetSimulation(FleetBehaviour behaviour, long seed) {
    this.behaviour = behaviour;
    Random random = new Random(seed);
    for (int i = 0; i < PODS; i++) {
      FleetPod pod =
          behaviour.cached()
              ? FleetPod.withBroker(
                  RESOURCES, entra, time, behaviour.random(random), behaviour.spread())
              : FleetPod.withoutCache(RESOURCES, entra);
      time.after(Duration.ofMillis(random.nextInt(1000)), pod::start);
      sweepers.get(random.nextInt(sweepers.size())).add(pod);
      askers.get(random.nextInt(askers.size())).add(pod);
    }
  }

  static Outcome run(FleetBehaviour behaviour, long seed) {
    return new FleetSimulation(behaviour, seed).run();
  }

  private Outcome run() {
    time.run(OBSERVED, this::step);
    return new Outcome(behaviour, entra.calls(), entra.throttled(), refused, lastRefusal);
  }

  private void step() {
    if (time.second() > 0) {
      sweepers.get(time.step() % sweepers.size()).forEach(FleetPod::sweep);
      askers.get(time.step() % askers.size()).forEach(this::ask);
    }
  }

  private void ask(FleetPod pod) {
    for (Future<AccessToken> answer : pod.ask()) {
      answer.onFailure(
          failure -> {
            refused++;
            lastRefusal = time.second();
          });
    }
  }

  /** One group of pods for each step until it is the first one's turn again. */
  private static List<List<FleetPod>> groups(Duration period) {
    List<List<FleetPod>> groups = new ArrayList<>();
    for (long i = period.dividedBy(Timeline.STEP); i > 0; i--) {
      groups.add(new ArrayList<>());
    }
    return groups;
  }
}
