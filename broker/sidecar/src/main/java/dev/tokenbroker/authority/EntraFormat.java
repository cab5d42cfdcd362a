package dev.tokenbroker.authority;

import dev.tokenbroker.endpoint.ErrorFormat;
import dev.tokenbroker.endpoint.ErrorResponse;
import dev.tokenbroker.endpoint.RequestOutcome;
import dev.tokenbroker.endpoint.TokenFormat;
import dev.tokenbroker.token.AccessToken;
import dev.tokenbroker.token.TokenKey;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;

/**
 * Writes tokens and errors as Entra's token endpoint does. Of an error, SDKs and az read {@code
 * error}, {@code error_description} and {@code error_codes}, and az shows a traceback for anything
 * that is not JSON. Only what Entra said carries an AADSTS number; what the broker says is marked
 * as its own.
 *
 * <p>Source: Microsoft identity platform, "Error response" of the client credentials flow.
 */
final class EntraFormat implements ErrorFormat, TokenFormat {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss'Z'").withZone(ZoneOffset.UTC);
  private static final String OURS = "token-broker: ";

  private final Clock clock;

  EntraFormat(Clock clock) {
    this.clock = clock;
  }

  /** RFC 6749 §5.2, and Entra: what Entra refuses is 400, or 401 if the client is not believed. */
  @Override
  public int status(ErrorResponse error) {
    int status = error.outcome() == RequestOutcome.REJECTED ? 400 : error.status();
    return status == 400 && error.error().equals("invalid_client") ? 401 : status;
  }

  @Override
  public Buffer body(ErrorResponse error) {
    Instant now = clock.instant();
    JsonArray codes = new JsonArray();
    if (error.aadsts() != 0) {
      codes.add(error.aadsts());
    }
    String id = error.correlationId().orElseGet(() -> UUID.randomUUID().toString());
    return new JsonObject()
        .put("error", error.error())
        .put("error_description", (codes.isEmpty() ? OURS : "") + error.description())
        .put("error_codes", codes)
        .put("timestamp", TIME.format(now))
        .put("trace_id", id)
        .put("correlation_id", id)
        .toBuffer();
  }

  /**
   * Renders a token as the v2.0 endpoint does, times in numbers. The v1 endpoint writes what
   * managed identities get, all in strings.
   *
   * <p>Source: Microsoft identity platform, "Successful response" of the client credentials flow.
   */
  @Override
  public Buffer of(TokenKey key, AccessToken token, String resource) {
    long left = token.expiresIn(clock.millis());
    return new JsonObject()
        .put("token_type", "Bearer")
        .put("expires_in", left)
        .put("ext_expires_in", left)
        .put("access_token", token.value())
        .toBuffer();
  }
}
