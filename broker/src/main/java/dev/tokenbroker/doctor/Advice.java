package dev.tokenbroker.doctor;

/**
 * The two halves of a message as the broker words them: the cause, a colon, the fix.
 *
 * @param fix empty if the message has none
 */
record Advice(String cause, String fix) {

  static Advice of(String message) {
    int colon = message.indexOf(": ");
    return colon < 0
        ? new Advice(message, "")
        : new Advice(message.substring(0, colon), message.substring(colon + 2));
  }

  Advice orElse(String otherFix) {
    return fix.isEmpty() ? new Advice(cause, otherFix) : this;
  }
}
