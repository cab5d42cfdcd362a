package dev.tokenbroker.endpoint;

import java.util.HashSet;
import java.util.Set;
import java.util.logging.Logger;

/**
 * Writes a refusal by policy, or a selector that is none, down, once for each subject: an app that
 * asks in a loop must not fill the log. How often it happens is what {@code
 * token_broker_requests_total} counts.
 */
final class PolicyLog {

  private static final Logger LOG = Logger.getLogger(PolicyLog.class.getName());

  /** Callers choose the subjects, so only so many are remembered, and logged. */
  static final int SUBJECTS = 256;

  private static final int MAX_CHARS = 250;

  private final Set<String> logged = new HashSet<>();

  /**
   * Logs a refusal, once for each subject.
   *
   * @param subject who was refused what, in a sentence without its dot; nothing secret
   */
  void refused(String subject) {
    once(subject);
  }

  /** What was ignored, though the caller meant something by it; once for each text. */
  void ignored(String what) {
    once(what);
  }

  private void once(String subject) {
    if (logged.size() >= SUBJECTS) {
      return;
    }
    String text =
        subject.length() <= MAX_CHARS ? subject : subject.substring(0, MAX_CHARS - 1) + "…";
    if (logged.add(text)) {
      LOG.warning(text);
      if (logged.size() == SUBJECTS) {
        LOG.warning("More refusals by policy are counted, not logged");
      }
    }
  }
}
