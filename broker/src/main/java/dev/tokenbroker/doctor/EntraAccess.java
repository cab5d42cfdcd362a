package dev.tokenbroker.doctor;

import dev.tokenbroker.config.BrokerConfig;
import dev.tokenbroker.exchange.ConnectionProblem;
import dev.tokenbroker.token.AccessToken;
import dev.tokenbroker.token.TokenException;
import java.util.Optional;

/** The way to Entra as the broker goes it. Everything blocks; the composition root is one. */
public interface EntraAccess {

  /** Why no HTTP answer comes from the authority, or its proxy; empty if one comes. */
  Optional<ConnectionProblem> reach(BrokerConfig config);

  /**
   * Makes one exchange.
   *
   * @throws TokenException if there is no token, with the reason
   */
  AccessToken exchange(BrokerConfig config, String clientId, String resource) throws TokenException;

  /** Lets some seconds pass. */
  void pause();
}
