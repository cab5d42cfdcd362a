package dev.tokenbroker.exchange;

import dev.tokenbroker.config.EntraConfig;
import dev.tokenbroker.config.Limits;
import dev.tokenbroker.config.OutboundRoute;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Configuration records as the exchange needs them. */
final class ExchangeConfig {

  private ExchangeConfig() {}

  static EntraConfig entra(Optional<Path> caFile, OutboundRoute route) {
    return new EntraConfig(
        URI.create("https://login.microsoftonline.com"), Optional.empty(), caFile, route);
  }

  static Limits limits(Duration exchangeTimeout, int concurrentExchanges) {
    return new Limits(1, concurrentExchanges, 1, exchangeTimeout, exchangeTimeout, Duration.ZERO);
  }
}
