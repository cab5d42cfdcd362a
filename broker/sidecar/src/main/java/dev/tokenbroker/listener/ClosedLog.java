package dev.tokenbroker.listener;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/**
 * Counts the connections that a listener closes, and says so at most once a minute: who makes it
 * close them must not fill the log.
 */
final class ClosedLog {

  private static final Logger LOG = Logger.getLogger(ClosedLog.class.getName());
  private static final Duration INTERVAL = Duration.ofMinutes(1);

  private final String listener;
  private final ClosedObserver observer;
  private final Map<Closed, Integer> untold = new EnumMap<>(Closed.class);
  private Instant next = Instant.MIN;

  ClosedLog(String listener, ClosedObserver observer) {
    this.listener = listener;
    this.observer = observer;
  }

  void closed(Closed why) {
    observer.closed(listener, why);
    untold.merge(why, 1, Integer::sum);
  }

  /** Writes down what has happened since it last did, if that is a minute ago. */
  void tell(Instant now) {
    // Patience that ran out is everyday life.
    untold.remove(Closed.LATE);
    if (!untold.isEmpty() && !now.isBefore(next)) {
      LOG.warning(
          "The "
              + listener
              + " listener is at its limits and closed connections: "
              + untold.entrySet().stream()
                  .map(each -> each.getValue() + " " + each.getKey().label())
                  .collect(Collectors.joining(", ")));
      untold.clear();
      next = now.plus(INTERVAL);
    }
  }
}
