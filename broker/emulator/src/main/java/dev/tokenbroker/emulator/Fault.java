package dev.tokenbroker.emulator;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;

/** A fault that the emulator shows instead of a good answer. */
public sealed interface Fault {

  /** What is left of the token in a truncated answer; it must appear nowhere. */
  String HALF_A_TOKEN = "eyJhbGciOiJSUzI1NiJ9.c2VjcmV0LWhhbGY";

  /** Answers well, but late. */
  record Slow(Duration delay) implements Fault {}

  /** Answers well, but only once the gate is open. */
  record Held(CountDownLatch gate) implements Fault {}

  /** 429, as JSON or as the plain text that really comes too (MSAL.NET issue 2855). */
  record Throttled(OptionalInt retryAfterSeconds, boolean plainText) implements Fault {}

  /** Any other answer. */
  record Answer(int status, String contentType, String body) implements Fault {}

  /** Answers well, but says that it is something else than JSON. */
  record Mislabelled(String contentType) implements Fault {}

  /** The connection is reset. */
  record Reset() implements Fault {}

  static Fault slow(Duration delay) {
    return new Slow(delay);
  }

  static Fault throttled(int retryAfterSeconds) {
    return new Throttled(OptionalInt.of(retryAfterSeconds), false);
  }

  static Fault throttledAsText() {
    return new Throttled(OptionalInt.empty(), true);
  }

  static Fault throttledAsText(int retryAfterSeconds) {
    return new Throttled(OptionalInt.of(retryAfterSeconds), true);
  }

  static Fault throttledWithoutAdvice() {
    return new Throttled(OptionalInt.empty(), false);
  }

  /** Entra is down, and says so in JSON. */
  static Fault down() {
    return new Answer(
        503,
        "application/json",
        "{\"error\":\"temporarily_unavailable\",\"error_description\":\"AADSTS90033: A transient"
            + " error has occurred. Please try again.\",\"error_codes\":[90033]}");
  }

  /** A gateway on the way answers in its own words. */
  static Fault html() {
    return new Answer(502, "text/html", "<html><body>Bad Gateway</body></html>");
  }

  /** A captive portal, or a proxy's login page. */
  static Fault htmlAsSuccess() {
    return new Answer(200, "text/html", "<html><body>Please sign in</body></html>");
  }

  static Fault empty() {
    return new Answer(200, "application/json", "");
  }

  static Fault truncated() {
    return new Answer(
        200, "application/json", "{\"token_type\":\"Bearer\",\"access_token\":\"" + HALF_A_TOKEN);
  }

  static Fault reset() {
    return new Reset();
  }
}
