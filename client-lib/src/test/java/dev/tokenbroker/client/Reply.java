package dev.tokenbroker.client;

import java.time.Instant;
import java.util.Map;

/** What the broker answers, byte for byte as it does. */
public record Reply(int status, String body, Map<String, String> headers) {

  public static Reply token(String value, Instant expiresAt) {
    String body =
        "{\"access_token\":\"%s\",\"client_id\":\"c\",\"expires_in\":\"3599\",\"expires_on\":\"%d\","
            + "\"ext_expires_in\":\"3599\",\"not_before\":\"0\",\"resource\":\"r\",\"token_type\":\"Bearer\"}";
    return new Reply(200, body.formatted(value, expiresAt.getEpochSecond()), Map.of());
  }

  public static Reply refused(int status, String error, String description) {
    String body =
        "{\"error\":\"%s\",\"error_description\":\"%s\",\"statusCode\":%d,\"message\":\"%s\","
            + "\"correlationId\":\"5c0e1b9e-0000-4000-8000-000000000001\"}";
    return new Reply(status, body.formatted(error, description, status, description), Map.of());
  }

  static Reply throttled(int seconds) {
    return refused(429, "too_many_requests", "Entra asks us to slow down")
        .with("Retry-After", Integer.toString(seconds));
  }

  static Reply unavailable(int seconds) {
    return refused(503, "temporarily_unavailable", "Entra does not answer")
        .with("Retry-After", Integer.toString(seconds));
  }

  Reply with(String header, String value) {
    return new Reply(status, body, Map.of(header, value));
  }
}
