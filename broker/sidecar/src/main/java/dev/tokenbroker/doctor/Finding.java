package dev.tokenbroker.doctor;

/**
 * The result of one check.
 *
 * @param id the name of the result; stable, for scripts
 * @param status whether it is in order
 * @param found what was seen, never a secret
 * @param cause why it is so, in plain words; empty if all is well
 * @param fix how to fix it; empty if all is well
 */
public record Finding(String id, Status status, String found, String cause, String fix) {

  /** The outcome of a check. */
  public enum Status {
    OK,
    /** Works, but something is likely to surprise. */
    WARNING,
    FAILED,
    /** Not looked at, because something before it failed or is not known. */
    SKIPPED
  }

  static Finding ok(String id, String found) {
    return new Finding(id, Status.OK, found, "", "");
  }

  static Finding warning(String id, String found, String cause, String fix) {
    return new Finding(id, Status.WARNING, found, cause, fix);
  }

  static Finding failed(String id, String found, String cause, String fix) {
    return new Finding(id, Status.FAILED, found, cause, fix);
  }

  static Finding skipped(String id, String why) {
    return new Finding(id, Status.SKIPPED, why, "", "");
  }
}
