package dev.tokenbroker.exchange;

/** How a request reaches Entra. */
public sealed interface Route permits Route.Direct, HttpProxy, TokenProxy {

  /** With nothing in between. */
  record Direct() implements Route {}

  static Route direct() {
    return new Direct();
  }
}
