package dev.tokenbroker.config;

/** How a request reaches Entra. */
public sealed interface OutboundRoute permits OutboundRoute.Direct, HttpProxy, TokenProxy {

  /** With nothing in between. */
  record Direct() implements OutboundRoute {}

  static OutboundRoute direct() {
    return new Direct();
  }
}
