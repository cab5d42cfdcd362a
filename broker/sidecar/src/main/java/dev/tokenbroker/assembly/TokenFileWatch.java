package dev.tokenbroker.assembly;

import dev.tokenbroker.admin.TokenFileState;
import dev.tokenbroker.assertion.FederatedClaims;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import java.util.logging.Logger;

/** Reads the federated token file now and then, so that probes, metrics and log know its state. */
final class TokenFileWatch {

  private static final Logger LOG = Logger.getLogger("dev.tokenbroker.assertion");
  private static final Duration EVERY = Duration.ofSeconds(10);

  private final Vertx vertx;
  private final TokenFileReads files;
  private final TokenFileState state;

  TokenFileWatch(Vertx vertx, TokenFileReads files, TokenFileState state) {
    this.vertx = vertx;
    this.files = files;
    this.state = state;
  }

  void start() {
    state.onChange(this::log);
    look();
    vertx.setPeriodic(EVERY.toMillis(), id -> look());
  }

  private void look() {
    files
        .claims()
        .onComplete(state::usable, error -> state.unusable(String.valueOf(error.getMessage())));
  }

  private void log(Optional<String> problem) {
    problem.ifPresentOrElse(
        LOG::warning,
        () ->
            LOG.info(
                "the federated token file can be used again, until "
                    + state.claims().map(FederatedClaims::expiresAt).orElseThrow()));
  }
}
