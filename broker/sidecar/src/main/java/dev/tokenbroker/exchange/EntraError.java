package dev.tokenbroker.exchange;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Entra's error body.
 *
 * @param error the OAuth code
 * @param aadsts the AADSTS number, or 0
 * @param message the first line of the description: what follows are ids and a time
 * @param correlationId empty if Entra gave none
 */
record EntraError(String error, int aadsts, String message, Optional<String> correlationId) {

  private static final int MAX_MESSAGE = 1000;
  private static final Pattern NUMBER = Pattern.compile("AADSTS(\\d{1,9})");
  private static final Pattern REST = Pattern.compile("[\\r\\n]| Trace ID: ");

  /** Reads the body; empty if it is not Entra's JSON. */
  static Optional<EntraError> parse(String body) {
    try {
      JsonObject json = new JsonObject(body);
      if (!(json.getValue("error") instanceof String error)) {
        return Optional.empty();
      }
      String description = json.getValue("error_description") instanceof String text ? text : error;
      return Optional.of(
          new EntraError(
              error, number(json, description), firstLine(description), correlationId(json)));
    } catch (DecodeException e) {
      return Optional.empty();
    }
  }

  private static int number(JsonObject json, String description) {
    if (json.getValue("error_codes") instanceof JsonArray codes
        && !codes.isEmpty()
        && codes.getValue(0) instanceof Number code) {
      return code.intValue();
    }
    Matcher matcher = NUMBER.matcher(description);
    return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
  }

  private static String firstLine(String description) {
    String line = REST.split(description, 2)[0].strip();
    return line.length() <= MAX_MESSAGE ? line : line.substring(0, MAX_MESSAGE);
  }

  private static Optional<String> correlationId(JsonObject json) {
    return json.getValue("correlation_id") instanceof String id
        ? Optional.of(id)
        : Optional.empty();
  }
}
