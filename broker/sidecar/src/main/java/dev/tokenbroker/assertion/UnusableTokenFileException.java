package dev.tokenbroker.assertion;

/** The projected token file cannot be used; the message says why, and never holds its content. */
public final class UnusableTokenFileException extends Exception {

  private final Kind kind;

  private final String problem;
  private final String fix;

  UnusableTokenFileException(Kind kind, String problem, String fix) {
    super(fix.isEmpty() ? problem : problem + ": " + fix, null, false, false);
    this.kind = kind;
    this.problem = problem;
    this.fix = fix;
  }

  /** What is wrong, in plain words. */
  public String problem() {
    return problem;
  }

  /** What to do about it; empty if nothing better is known than to look at the file. */
  public String fix() {
    return fix;
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
