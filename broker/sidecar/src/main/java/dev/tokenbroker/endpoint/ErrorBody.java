package dev.tokenbroker.endpoint;

import dev.tokenbroker.json.JsonText;
import io.vertx.core.buffer.Buffer;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/**
 * Renders the body of every error: IMDS clients read {@code error} and {@code error_description},
 * App Service clients {@code statusCode} and {@code message}. A body that is not JSON turns into an
 * unrelated parse error in msal4j, msal-node and MSAL Python. App Service itself writes {@code
 * Message}, and Azure.Identity 1.6 to 1.8 for .NET look there only.
 */
final class ErrorBody {

  /** Room for a long command line in a hint, not for a page of HTML from a proxy. */
  static final int MAX_TEXT_CHARS = 2048;

  /** The JavaScript and Go SDKs take a 403 with this word for "there is no IMDS here". */
  private static final Pattern MISLEADING =
      Pattern.compile("unreachable", Pattern.CASE_INSENSITIVE);

  private ErrorBody() {}

  /** For the paths of IMDS, and for whoever was stopped before a path was looked at. */
  static Buffer of(ErrorResponse error) {
    return of(error, false);
  }

  /** For the path behind {@code IDENTITY_ENDPOINT} and {@code MSI_ENDPOINT}. */
  static Buffer ofAppService(ErrorResponse error) {
    return of(error, true);
  }

  private static Buffer of(ErrorResponse error, boolean appService) {
    StringBuilder json = new StringBuilder(256);
    String description = bounded(error.description());
    JsonText.escape(json.append("{\"error\":\""), bounded(error.error()));
    JsonText.escape(json.append("\",\"error_description\":\""), description);
    json.append("\",\"statusCode\":").append(error.status());
    JsonText.escape(json.append(",\"message\":\""), description);
    if (appService) {
      JsonText.escape(json.append("\",\"Message\":\""), description);
    }
    String correlationId = error.correlationId().orElseGet(ErrorBody::randomId);
    JsonText.escape(json.append("\",\"correlationId\":\""), bounded(correlationId));
    return Buffer.buffer(harmless(error.status(), json.append("\"}").toString()));
  }

  private static String harmless(int status, String json) {
    return status == 403 ? MISLEADING.matcher(json).replaceAll("not reachable") : json;
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
