package dev.tokenbroker.config;

/** The network path to Entra: direct, by an HTTP proxy, or by the token proxy of AKS. */
public sealed interface OutboundRoute permits OutboundRoute.Direct, HttpProxy, TokenProxy {

  /** With nothing in between. */
  record Direct() implements OutboundRoute {}

  static OutboundRoute direct() {
    return new Direct();
  }
}
