package dev.tokenbroker.assembly;

import dev.tokenbroker.admin.BrokerMetrics;
import dev.tokenbroker.admin.Readiness;
import dev.tokenbroker.admin.StatusBoard;
import dev.tokenbroker.assertion.FederatedClaims;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.logging.Logger;

/** Looks at the federated token file now and then, so that probes and metrics know its state. */
final class TokenFileWatch {

  private static final Logger LOG = Logger.getLogger("dev.tokenbroker.assertion");
  private static final Duration EVERY = Duration.ofSeconds(10);

  private final Vertx vertx;
  private final TokenFileReads files;
  private final Readiness readiness;
  private final BrokerMetrics metrics;
  private final StatusBoard status;
  private String lastProblem = "";

  TokenFileWatch(
      Vertx vertx,
      TokenFileReads files,
      Readiness readiness,
      BrokerMetrics metrics,
      StatusBoard status) {
    this.vertx = vertx;
    this.files = files;
    this.readiness = readiness;
    this.metrics = metrics;
    this.status = status;
  }

  void start() {
    look();
    vertx.setPeriodic(EVERY.toMillis(), id -> look());
  }

  private void look() {
    files.claims().onComplete(this::usable, error -> unusable(String.valueOf(error.getMessage())));
  }

  private void usable(FederatedClaims claims) {
    if (!lastProblem.isEmpty()) {
      LOG.info(() -> "the federated token file can be used again, until " + claims.expiresAt());
    }
    lastProblem = "";
    readiness.tokenFileUsable(claims.expiresAt());
    metrics.tokenFile(claims.expiresAt());
    status.tokenFileUsable(claims);
  }

  private void unusable(String problem) {
    if (!problem.equals(lastProblem)) {
      LOG.warning(problem);
    }
    lastProblem = problem;
    readiness.tokenFileUnusable(problem);
    metrics.tokenFileUnusable();
    status.tokenFileUnusable(problem);
  }
}
