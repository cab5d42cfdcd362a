package dev.tokenbroker;

import dev.tokenbroker.config.BrokerConfig;
import dev.tokenbroker.doctor.EntraAccess;
import dev.tokenbroker.exchange.AuthorityProbe;
import dev.tokenbroker.exchange.ConnectionProblem;
import dev.tokenbroker.token.AccessToken;
import dev.tokenbroker.token.TokenException;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;

/**
 * The doctor's way to Entra: that of a broker, without one.
 *
 * @param patience between two tries
 */
record EntraOnce(Duration patience) implements EntraAccess {

  @Override
  public Optional<ConnectionProblem> reach(BrokerConfig config) {
    Vertx vertx = Runtimes.vertx();
    try {
      return AuthorityProbe.ask(
          vertx, vertx.getOrCreateContext(), Upstream.options(config), config.entra().authority());
    } finally {
      vertx.close();
    }
  }

  @Override
  public AccessToken exchange(BrokerConfig config, String clientId, String resource)
      throws TokenException {
    return TokenOnce.fetch(config, Optional.of(clientId), resource);
  }

  @Override
  public void pause() {
    try {
      Thread.sleep(patience.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
