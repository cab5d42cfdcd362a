package dev.tokenbroker.assembly;

import dev.tokenbroker.admin.BrokerMetrics;
import dev.tokenbroker.endpoint.Observer;
import dev.tokenbroker.endpoint.Outcome;
import dev.tokenbroker.status.StatusBoard;

/** Tells the metrics and the status what the listeners see. */
record RequestWatch(BrokerMetrics metrics, StatusBoard status) implements Observer {

  @Override
  public void finished(String dialect, Outcome outcome, int httpStatus) {
    metrics.request(dialect, outcome.label());
  }

  @Override
  public void strayed(String spelling) {
    metrics.straySelector();
    status.strayed(spelling);
  }
}
