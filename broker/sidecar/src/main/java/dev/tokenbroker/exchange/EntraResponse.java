package dev.tokenbroker.exchange;

import dev.tokenbroker.assertion.FederatedClaims;
import dev.tokenbroker.config.OutboundRoute;
import dev.tokenbroker.token.Aadsts;
import dev.tokenbroker.token.AccessToken;
import dev.tokenbroker.token.TokenFailure;
import dev.tokenbroker.token.TokenFailure.Rejected;
import dev.tokenbroker.token.TokenFailure.Throttled;
import dev.tokenbroker.token.TokenFailure.Unavailable;
import dev.tokenbroker.token.TokenFailureException;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Interprets Entra's answer. The status and the headers are read before the body: throttling can
 * come as plain text (MSAL.NET issue 2855), and a gateway on the way answers in HTML.
 *
 * @param now when the answer came
 * @param correlationId the one we sent, for answers without one
 * @param claims those of the federated token that was sent
 * @param route how it was sent
 */
record EntraResponse(
    Instant now, String correlationId, Optional<FederatedClaims> claims, OutboundRoute route) {

  /** The token in a success, or the failure. */
  AccessToken of(EntraTransport.Response response) throws TokenFailureException {
    if (response.status() == 200) {
      return token(response);
    }
    throw new TokenFailureException(failure(response));
  }

  private AccessToken token(EntraTransport.Response response) throws TokenFailureException {
    try {
      JsonObject body = new JsonObject(response.body());
      long life = seconds(body.getValue("expires_in"));
      if (life > 0
          && body.getValue("access_token") instanceof String value
          && !value.isEmpty()
          && "Bearer".equalsIgnoreCase(body.getString("token_type"))) {
        long refresh = seconds(body.getValue("refresh_in"));
        return new AccessToken(
            value,
            now,
            now.plusSeconds(life),
            refresh > 0 && refresh < life
                ? Optional.of(Duration.ofSeconds(refresh))
                : Optional.empty());
      }
    } catch (DecodeException | ClassCastException e) {
      // Falls through: whatever is wrong with it, it is not a token.
    }
    throw new TokenFailureException(
        new Unavailable(
            "Entra answered 200 without a usable token",
            Optional.empty(),
            TokenFailure.Reach.REQUEST));
  }

  /**
   * A number or a numeric string: Entra sends both. Anything else counts as absent, and so does
   * more than an instant can be moved by.
   */
  private static long seconds(@Nullable Object value) {
    if (value instanceof Number number) {
      return number.doubleValue() < 1e9 ? number.longValue() : 0;
    }
    if (value instanceof String text && text.matches("\\d{1,9}")) {
      return Long.parseLong(text);
    }
    return 0;
  }

  private TokenFailure failure(EntraTransport.Response response) {
    Optional<Duration> retryAfter =
        response.header("Retry-After").flatMap(value -> RetryAfter.parse(value, now));
    Optional<EntraError> parsed = EntraError.parse(response.body());
    Optional<Aadsts> family = parsed.flatMap(error -> Aadsts.of(error.aadsts()));
    Optional<Aadsts.Kind> kind = family.map(Aadsts::kind);
    String said =
        parsed.map(EntraError::message).orElse("Entra answered with status " + response.status());
    if (response.status() == 429 || kind.filter(Aadsts.Kind.THROTTLED::equals).isPresent()) {
      return new Throttled("Entra throttles: " + said, retryAfter);
    }
    if (response.status() >= 500
        || parsed.isEmpty()
        || kind.filter(Aadsts.Kind.TRANSIENT::equals).isPresent()) {
      String stop = said.endsWith(".") ? " " : ". ";
      String hint = family.map(known -> stop + known.remedy().text()).orElse("");
      return new Unavailable(
          "Entra cannot answer now: " + said + hint, retryAfter, reach(response, parsed));
    }
    return rejected(parsed.get(), family);
  }

  /**
   * A 5xx in Entra's own words comes from the service behind the request: it concerns this identity
   * at most. A 5xx in anybody else's words is a gateway's: nobody behind it answered. All else,
   * JSON or not, is an answer to this request.
   */
  private static TokenFailure.Reach reach(
      EntraTransport.Response response, Optional<EntraError> parsed) {
    if (response.status() < 500) {
      return TokenFailure.Reach.REQUEST;
    }
    return parsed.isPresent() ? TokenFailure.Reach.IDENTITY : TokenFailure.Reach.AUTHORITY;
  }

  private Rejected rejected(EntraError error, Optional<Aadsts> family) {
    return new Rejected(
        error.error(),
        error.aadsts(),
        error.message(),
        error.correlationId().orElse(correlationId),
        family.map(known -> PodRemedy.of(known, claims, route)),
        family.map(known -> known.kind().outlook()).orElse(TokenFailure.Outlook.LASTING));
  }
}
