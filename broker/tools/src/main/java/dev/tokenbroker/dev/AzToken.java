package dev.tokenbroker.dev;

import dev.tokenbroker.token.AccessToken;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@code az account get-access-token --output json} prints: {@code accessToken}, and its
 * end as {@code expires_on}, seconds since the epoch. Before 2.54 there was {@code expiresOn} only,
 * local time without a zone.
 *
 * <p>Source: Azure CLI reference, "az account get-access-token".
 */
final class AzToken {

  /** Az gives the same token again until five minutes before its end (MSAL's cache). */
  private static final Duration SAME_UNTIL = Duration.ofMinutes(5).minusSeconds(5);

  /** {@code 2020-11-12 13:50:47.114324}. */
  private static final DateTimeFormatter LOCAL =
      new DateTimeFormatterBuilder()
          .appendPattern("yyyy-MM-dd HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .toFormatter();

  private AzToken() {}

  /**
   * The token; empty if this is none, or one that has ended.
   *
   * @param now by the clock of lifetimes
   * @param wallNow by the clock that {@code expires_on} was written by
   * @param zone of this machine
   */
  static Optional<AccessToken> of(String printed, Instant now, Instant wallNow, ZoneId zone) {
    try {
      JsonObject json = new JsonObject(printed);
      String type = json.getString("tokenType", "Bearer");
      if (!(json.getValue("accessToken") instanceof String value)
          || value.isBlank()
          || !type.equalsIgnoreCase("Bearer")) {
        return Optional.empty();
      }
      return end(json, zone)
          .map(end -> Duration.between(wallNow, end))
          .filter(life -> !life.isNegative() && !life.isZero())
          .map(life -> new AccessToken(value, now, now.plus(life), refreshIn(life)));
    } catch (DecodeException | ClassCastException e) {
      return Optional.empty();
    }
  }

  private static Optional<Duration> refreshIn(Duration life) {
    Duration useful = life.minus(SAME_UNTIL);
    return useful.isNegative() || life.compareTo(Duration.ofMinutes(15)) > 0
        ? Optional.empty()
        : Optional.of(useful);
  }

  private static Optional<Instant> end(JsonObject json, ZoneId zone) {
    return epoch(json.getValue("expires_on")).or(() -> local(json.getValue("expiresOn"), zone));
  }

  private static Optional<Instant> epoch(@Nullable Object value) {
    String text = String.valueOf(value);
    return text.matches("\\d{1,12}(\\.0)?")
        ? Optional.of(Instant.ofEpochSecond((long) Double.parseDouble(text)))
        : Optional.empty();
  }

  /**
   * In the hour that comes twice a year the first is meant: a token must not be served too long.
   */
  private static Optional<Instant> local(@Nullable Object value, ZoneId zone) {
    try {
      LocalDateTime time = LocalDateTime.parse(String.valueOf(value).replace('T', ' '), LOCAL);
      return Optional.of(time.atZone(zone).withEarlierOffsetAtOverlap().toInstant());
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
