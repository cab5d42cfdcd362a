package dev.tokenbroker.inject;

import dev.tokenbroker.listener.CloseReason;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** What the webhook has done, in Prometheus' text format; confined to the event loop. */
final class InjectMetrics {

  /** How a review ended. */
  enum Result {
    PATCHED,
    UNTOUCHED,
    REFUSED,
    /** No admission review, or too large a one. */
    MALFORMED,
    /** Our own mistake. */
    FAILED
  }

  private final Map<Result, Long> reviews = new EnumMap<>(Result.class);
  private final Map<CloseReason, Long> connections = new EnumMap<>(CloseReason.class);
  private long nanos;

  InjectMetrics() {
    for (Result result : Result.values()) {
      reviews.put(result, 0L);
    }
    for (CloseReason why : CloseReason.values()) {
      connections.put(why, 0L);
    }
  }

  void count(Result result, long nanos) {
    reviews.merge(result, 1L, Long::sum);
    this.nanos += nanos;
  }

  void closed(CloseReason why) {
    connections.merge(why, 1L, Long::sum);
  }

  String text(Instant certificateExpiry) {
    StringBuilder text = new StringBuilder();
    text.append("# HELP token_broker_inject_reviews_total Pods looked at, by what came of it.\n");
    text.append("# TYPE token_broker_inject_reviews_total counter\n");
    reviews.forEach(
        (result, count) ->
            text.append("token_broker_inject_reviews_total{result=\"")
                .append(result.name().toLowerCase(Locale.ROOT))
                .append("\"} ")
                .append(count)
                .append('\n'));
    text.append(
        "# HELP token_broker_inject_connections_closed_total Connections closed, by reason.\n");
    text.append("# TYPE token_broker_inject_connections_closed_total counter\n");
    connections.forEach(
        (why, count) ->
            text.append("token_broker_inject_connections_closed_total{reason=\"")
                .append(why.label())
                .append("\"} ")
                .append(count)
                .append('\n'));
    text.append("# HELP token_broker_inject_seconds_total Time spent on reviews.\n");
    text.append("# TYPE token_broker_inject_seconds_total counter\n");
    text.append("token_broker_inject_seconds_total ").append(nanos / 1e9).append('\n');
    text.append(
        "# HELP token_broker_inject_certificate_expiry_timestamp_seconds End of the certificate.\n");
    text.append("# TYPE token_broker_inject_certificate_expiry_timestamp_seconds gauge\n");
    text.append("token_broker_inject_certificate_expiry_timestamp_seconds ")
        .append(certificateExpiry.getEpochSecond())
        .append('\n');
    return text.toString();
  }
}
