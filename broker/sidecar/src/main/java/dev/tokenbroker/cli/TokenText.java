package dev.tokenbroker.cli;

import dev.tokenbroker.token.AccessToken;
import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** How a token is printed: as a line of text, or as the bytes that an ODBC driver takes. */
final class TokenText {

  private TokenText() {}

  static byte[] of(
      TokenCommand.Output output,
      String clientId,
      String resource,
      AccessToken token,
      Instant now) {
    return switch (output) {
      case JSON -> line(json(clientId, resource, token, now));
      case RAW -> line(token.value());
      case ENV -> line(env(token));
      case ODBC -> odbc(token);
    };
  }

  private static byte[] line(String text) {
    return (text + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /**
   * The ACCESSTOKEN structure: the number of bytes as four little-endian bytes, then the token in
   * UTF-16, little endian.
   *
   * <p>Source: Microsoft ODBC Driver for SQL Server, "Using Microsoft Entra ID", {@code
   * SQL_COPT_SS_ACCESS_TOKEN}.
   */
  private static byte[] odbc(AccessToken token) {
    byte[] text = token.value().getBytes(StandardCharsets.UTF_16LE);
    return ByteBuffer.allocate(Integer.BYTES + text.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(text.length)
        .put(text)
        .array();
  }

  /** The body that IMDS gives: one line, every value a string, in IMDS's order. */
  private static String json(String clientId, String resource, AccessToken token, Instant now) {
    String expiresIn = Long.toString(token.expiresIn(now.toEpochMilli()));
    return new JsonObject()
        .put("access_token", token.value())
        .put("client_id", clientId)
        .put("expires_in", expiresIn)
        .put("expires_on", Long.toString(token.expiresAt().getEpochSecond()))
        .put("ext_expires_in", expiresIn)
        .put("not_before", Long.toString(token.issuedAt().getEpochSecond()))
        .put("resource", resource)
        .put("token_type", "Bearer")
        .encode();
  }

  /** Lines for a POSIX shell's {@code eval}. */
  private static String env(AccessToken token) {
    return "export ACCESS_TOKEN="
        + shellQuoted(token.value())
        + "\nexport ACCESS_TOKEN_EXPIRES_ON="
        + shellQuoted(Long.toString(token.expiresAt().getEpochSecond()))
        + "\nexport ACCESS_TOKEN_EXPIRES_AT="
        + shellQuoted(token.expiresAt().toString());
  }

  /** In single quotes only a single quote is special (POSIX, Shell Command Language 2.2.2). */
  static String shellQuoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
