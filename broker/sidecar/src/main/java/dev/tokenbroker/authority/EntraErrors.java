package dev.tokenbroker.authority;

import dev.tokenbroker.endpoint.ErrorFormat;
import dev.tokenbroker.endpoint.ErrorResponse;
import dev.tokenbroker.endpoint.RequestOutcome;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;

/**
 * Refusals as Entra's token endpoint writes them: SDKs and az read {@code error}, {@code
 * error_description} and {@code error_codes}, and az shows a traceback for anything that is not
 * JSON. Only what Entra said carries an AADSTS number; what the broker says is marked as its own.
 *
 * <p>Source: Microsoft identity platform, "Error response" of the client credentials flow.
 */
final class EntraErrors implements ErrorFormat {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss'Z'").withZone(ZoneOffset.UTC);
  private static final String OURS = "token-broker: ";

  private final Clock clock;

  EntraErrors(Clock clock) {
    this.clock = clock;
  }

  /** RFC 6749 §5.2, and Entra: what Entra refuses is 400, or 401 if the client is not believed. */
  @Override
  public int status(ErrorResponse refusal) {
    int status = refusal.outcome() == RequestOutcome.REJECTED ? 400 : refusal.status();
    return status == 400 && refusal.error().equals("invalid_client") ? 401 : status;
  }

  @Override
  public Buffer body(ErrorResponse refusal) {
    Instant now = clock.instant();
    JsonArray codes = new JsonArray();
    if (refusal.aadsts() != 0) {
      codes.add(refusal.aadsts());
    }
    String id = refusal.correlationId().orElseGet(() -> UUID.randomUUID().toString());
    return new JsonObject()
        .put("error", refusal.error())
        .put("error_description", (codes.isEmpty() ? OURS : "") + refusal.description())
        .put("error_codes", codes)
        .put("timestamp", TIME.format(now))
        .put("trace_id", id)
        .put("correlation_id", id)
        .toBuffer();
  }
}
