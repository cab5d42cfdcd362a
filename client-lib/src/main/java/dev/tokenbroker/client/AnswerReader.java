package dev.tokenbroker.client;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What the broker's status and body mean. */
final class AnswerReader {

  /** How far ahead of its end a token is renewed, for most tokens. */
  private static final Duration REFRESH_AHEAD = Duration.ofMinutes(5);

  private static final int MAX_RETRY_AFTER_DIGITS = 6;

  private final URI endpoint;
  private final Time time;

  AnswerReader(URI endpoint, Time time) {
    this.endpoint = endpoint;
    this.time = time;
  }

  Answer read(String resource, HttpResponse<String> response) {
    Optional<Map<String, String>> members = members(response.body());
    String trouble = "No token for " + resource + " from " + endpoint + ": ";
    if (response.statusCode() == 200) {
      return members
          .flatMap(body -> token(resource, body, time.now()))
          .<Answer>map(Answer.Granted::new)
          .orElseGet(() -> unreadable(trouble));
    }
    return refused(trouble, members.orElse(Map.of()), response);
  }

  /** Nothing if a part is missing, or the token has already ended. */
  private static Optional<Token> token(String resource, Map<String, String> body, Instant now) {
    String value = body.getOrDefault("access_token", "");
    try {
      Instant end = Instant.ofEpochSecond(Long.parseLong(body.getOrDefault("expires_on", "")));
      if (value.isEmpty() || !now.isBefore(end)) {
        return Optional.empty();
      }
      Duration half = Duration.between(now, end).dividedBy(2);
      Duration ahead = half.compareTo(REFRESH_AHEAD) < 0 ? half : REFRESH_AHEAD;
      return Optional.of(new Token(value, resource, end, end.minus(ahead)));
    } catch (NumberFormatException | DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Asked again, because a broker that is being replaced may well answer next time. */
  private static Answer unreadable(String trouble) {
    String text = trouble + "the answer holds no valid token; is this the token broker?";
    return new Answer.Refused(new TokenException.Unavailable(text, null, null), true);
  }

  private static Answer refused(
      String trouble, Map<String, String> body, HttpResponse<String> response) {
    int status = response.statusCode();
    String hint = body.getOrDefault("error_description", "");
    String text = trouble + (hint.isEmpty() ? "HTTP status " + status : hint);
    Optional<Duration> retryAfter = retryAfter(response.headers());
    if (status == 429) {
      return new Answer.Refused(
          new TokenException.Throttled(text, retryAfter.orElse(Duration.ZERO)), true);
    }
    if (status >= 500) {
      return new Answer.Refused(
          new TokenException.Unavailable(text, retryAfter.orElse(null), null), true);
    }
    String error = body.getOrDefault("error", "");
    String askedOfWhom = error.isEmpty() ? "; is this the token broker?" : "";
    String correlationId = body.getOrDefault("correlationId", "");
    return new Answer.Refused(
        new TokenException.Rejected(text + askedOfWhom, error, hint, correlationId), false);
  }

  /** In seconds, as the broker writes it; a date counts as none. */
  private static Optional<Duration> retryAfter(HttpHeaders headers) {
    return headers
        .firstValue("Retry-After")
        .filter(value -> value.matches("\\d{1," + MAX_RETRY_AFTER_DIGITS + "}"))
        .map(value -> Duration.ofSeconds(Long.parseLong(value)));
  }

  private static Optional<Map<String, String>> members(String body) {
    try {
      return Optional.of(FlatJson.parse(body));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
