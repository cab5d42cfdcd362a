package dev.tokenbroker.assertion;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the claims of a JWT (RFC 7519) without checking its signature: that is Entra's part. */
public final class ClaimsParser {

  private ClaimsParser() {}

  /** It is no token; says why, and never quotes it. */
  public static final class MalformedTokenException extends Exception {

    private final String why;

    MalformedTokenException(String why) {
      super(why, null, false, false);
      this.why = why;
    }

    /** A half sentence that goes on from the token's name: "is not a JWT: …". */
    public String why() {
      return why;
    }
  }

  /**
   * The claims of a token in compact form.
   *
   * @throws MalformedTokenException if it is none
   */
  public static FederatedClaims parse(String jwt) throws MalformedTokenException {
    String[] parts = jwt.split("\\.", -1);
    if (parts.length != 3 || parts[2].isEmpty()) {
      throw new MalformedTokenException("is not a JWT: it has not three parts with dots between");
    }
    JsonObject payload = payload(parts[1]);
    return new FederatedClaims(
        text(payload, "iss"),
        text(payload, "sub"),
        audience(payload.getValue("aud")),
        payload.containsKey("iat") ? time(payload, "iat") : Instant.EPOCH,
        time(payload, "exp"));
  }

  private static JsonObject payload(String part) throws MalformedTokenException {
    try {
      return new JsonObject(
          new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException | DecodeException e) {
      throw new MalformedTokenException("is not a JWT: its middle part is not JSON in base64url");
    }
  }

  private static String text(JsonObject payload, String claim) throws MalformedTokenException {
    if (payload.getValue(claim) instanceof String text && !text.isEmpty()) {
      return text;
    }
    throw new MalformedTokenException("is not a service account token: no claim " + claim);
  }

  /** RFC 7519 §4.1.3: one string, or an array of them. */
  private static List<String> audience(@Nullable Object aud) throws MalformedTokenException {
    List<?> values =
        aud instanceof JsonArray several ? several.getList() : List.of(aud == null ? "" : aud);
    List<String> audience =
        values.stream().filter(String.class::isInstance).map(String.class::cast).toList();
    if (audience.isEmpty() || audience.size() < values.size() || audience.contains("")) {
      throw new MalformedTokenException("is not a service account token: no claim aud");
    }
    return audience;
  }

  /** RFC 7519 §2, NumericDate: seconds of the epoch. A number that no instant can hold is none. */
  private static Instant time(JsonObject payload, String claim) throws MalformedTokenException {
    if (payload.getValue(claim) instanceof Number number
        && number.doubleValue() >= 0
        && number.doubleValue() < Instant.MAX.getEpochSecond()) {
      return Instant.ofEpochSecond(number.longValue());
    }
    throw new MalformedTokenException("is not a service account token: no claim " + claim);
  }
}
