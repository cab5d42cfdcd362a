package dev.tokenbroker.assertion;

/** The projected token file cannot be used; the message says why, and never holds its content. */
public final class UnusableTokenFileException extends Exception {

  private final Kind kind;

  UnusableTokenFileException(Kind kind, String message) {
    super(message, null, false, false);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }

  /** What is wrong with the file. */
  public enum Kind {
    MISSING,
    UNREADABLE,
    MALFORMED,
    EXPIRED
  }
}
