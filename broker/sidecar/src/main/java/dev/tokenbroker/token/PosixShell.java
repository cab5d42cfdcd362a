package dev.tokenbroker.token;

/** Writes text so that a POSIX shell reads it back as one word, for commands that people paste. */
public final class PosixShell {

  private PosixShell() {}

  /**
   * Puts the text in single quotes, within which only a single quote is special.
   *
   * <p>Source: <a
   * href="https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_02_02">POSIX,
   * Shell Command Language, 2.2.2</a>.
   */
  public static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
