package dev.tokenbroker.assertion;

/** The projected token file cannot be used; the message says why, and never holds its content. */
public final class UnusableTokenFileException extends Exception {

  UnusableTokenFileException(String message) {
    super(message, null, false, false);
  }
}
