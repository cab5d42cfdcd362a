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
final class CloseLog {

  private static final Logger LOG = Logger.getLogger(CloseLog.class.getName());
  private static final Duration INTERVAL = Duration.ofMinutes(1);

  private final String listener;
  private final CloseObserver observer;
  private final Map<CloseReason, Integer> unlogged = new EnumMap<>(CloseReason.class);
  private Instant next = Instant.MIN;

  CloseLog(String listener, CloseObserver observer) {
    this.listener = listener;
    this.observer = observer;
  }

  void closed(CloseReason why) {
    observer.closed(listener, why);
    unlogged.merge(why, 1, Integer::sum);
  }

  /** Writes down what has happened since it last did, if that is a minute ago. */
  void tell(Instant now) {
    // Patience that ran out is everyday life.
    unlogged.remove(CloseReason.LATE);
    if (!unlogged.isEmpty() && !now.isBefore(next)) {
      LOG.warning(
          "The "
              + listener
              + " listener is at its limits and closed connections: "
              + unlogged.entrySet().stream()
                  .map(each -> each.getValue() + " " + each.getKey().label())
                  .collect(Collectors.joining(", ")));
      unlogged.clear();
      next = now.plus(INTERVAL);
    }
  }
}
