package dev.tokenbroker.fleet;

import dev.tokenbroker.testing.ManualClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Virtual time in steps of a tenth of a second, and what is to happen when. */
final class Timeline {

  static final Duration STEP = Duration.ofMillis(100);
  static final int STEPS_A_SECOND = 10;

  private static final Instant START = Instant.parse("2026-11-24T08:00:00Z");

  /** Something that will happen, unless it is called off. */
  private static final class Task {

    private Runnable action;

    Task(Runnable action) {
      this.action = action;
    }

    void cancel() {
      action = () -> {};
    }
  }

  private final ManualClock clock = new ManualClock(START);
  private final Map<Integer, List<Task>> due = new HashMap<>();
  private int step;

  Clock clock() {
    return clock;
  }

  int step() {
    return step;
  }

  int second() {
    return step / STEPS_A_SECOND;
  }

  /** Never in the same step: time passes, if only a little. Returns what calls it off. */
  Runnable after(Duration delay, Runnable action) {
    int steps = Math.max(1, (int) Math.ceil((double) delay.toMillis() / STEP.toMillis()));
    Task task = new Task(action);
    due.computeIfAbsent(step + steps, at -> new ArrayList<>()).add(task);
    return task::cancel;
  }

  /** Lets time pass; at each step first what is due happens, then {@code each}. */
  void run(Duration time, Runnable each) {
    for (long left = time.dividedBy(STEP); left > 0; left--) {
      List<Task> now = due.remove(step);
      if (now != null) {
        now.forEach(task -> task.action.run());
      }
      each.run();
      step++;
      clock.advance(STEP);
    }
  }
}
