package dev.tokenbroker.client;

/** What came of asking the broker once. */
sealed interface Answer {

  record Granted(Token token) implements Answer {}

  /**
   * No token.
   *
   * @param worthRetrying whether the same question can have another answer in a moment
   */
  record Refused(TokenException failure, boolean worthRetrying) implements Answer {}
}
