package dev.tokenbroker.config;

/** How a request reaches Entra. */
public sealed interface EntraRoute permits EntraRoute.Direct, HttpProxy, TokenProxy {

  /** With nothing in between. */
  record Direct() implements EntraRoute {}

  static EntraRoute direct() {
    return new Direct();
  }
}
