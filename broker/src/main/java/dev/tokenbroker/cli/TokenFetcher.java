package dev.tokenbroker.cli;

import dev.tokenbroker.config.BrokerConfig;
import dev.tokenbroker.token.AccessToken;
import dev.tokenbroker.token.TokenException;
import java.util.Optional;

/** Makes one exchange without a listener; it blocks. The composition root is one. */
@FunctionalInterface
public interface TokenFetcher {

  /**
   * Gets a token.
   *
   * @param clientId the identity; the default one if empty
   * @throws TokenException if there is none, with the reason
   */
  AccessToken fetch(BrokerConfig config, Optional<String> clientId, String resource)
      throws TokenException;
}
