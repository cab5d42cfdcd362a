package dev.tokenbroker.assembly;

import dev.tokenbroker.admin.BrokerMetrics;
import dev.tokenbroker.admin.StatusBoard;
import dev.tokenbroker.endpoint.RequestObserver;
import dev.tokenbroker.endpoint.RequestOutcome;

/** Tells the metrics and the status what the listeners see. */
record RequestRecorder(BrokerMetrics metrics, StatusBoard status) implements RequestObserver {

  @Override
  public void finished(String dialect, RequestOutcome outcome, int httpStatus) {
    metrics.request(dialect, outcome.label());
  }

  @Override
  public void unknownSelector(String spelling) {
    metrics.straySelector();
    status.strayed(spelling);
  }
}
