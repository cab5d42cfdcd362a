package dev.tokenbroker.endpoint;

import io.vertx.core.buffer.Buffer;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The body of every refusal: IMDS clients read {@code error} and {@code error_description}, App
 * Service clients {@code statusCode} and {@code message}. A body that is not JSON turns into an
 * unrelated parse error in msal4j, msal-node and MSAL Python.
 */
final class ErrorBody {

  /** Room for a long command line in a hint, not for a page of HTML from a proxy. */
  static final int MAX_TEXT_CHARS = 2048;

  private ErrorBody() {}

  static Buffer of(Refusal refusal) {
    StringBuilder json = new StringBuilder(256);
    String description = bounded(refusal.description());
    JsonText.escape(json.append("{\"error\":\""), bounded(refusal.error()));
    JsonText.escape(json.append("\",\"error_description\":\""), description);
    json.append("\",\"statusCode\":").append(refusal.status());
    JsonText.escape(json.append(",\"message\":\""), description);
    String correlationId = refusal.correlationId().orElseGet(ErrorBody::randomId);
    JsonText.escape(json.append("\",\"correlationId\":\""), bounded(correlationId));
    return Buffer.buffer(json.append("\"}").toString());
  }

  private static String bounded(String text) {
    return text.length() <= MAX_TEXT_CHARS ? text : text.substring(0, MAX_TEXT_CHARS - 1) + "…";
  }

  /** Only a name to grep for, so it need not cost a secure random number. */
  private static String randomId() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    long version4 = (random.nextLong() & ~0xf000L) | 0x4000L;
    long variant2 = (random.nextLong() >>> 2) | 0x8000000000000000L;
    return new UUID(version4, variant2).toString();
  }
}
