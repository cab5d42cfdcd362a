package dev.tokenbroker.endpoint;

import dev.tokenbroker.token.TokenFailure;
import java.time.Duration;
import java.util.Optional;

/**
 * A response other than a token.
 *
 * @param status the HTTP status; which one decides whether a client's SDK tries again
 * @param outcome what is counted
 * @param error a short code, as in OAuth
 * @param description what is wrong and what to do, in plain words
 * @param aadsts the AADSTS number, or 0 if these are not Entra's words
 * @param correlationId Entra's, if Entra was asked
 * @param header the one header a status may call for: {@code Retry-After} or {@code Allow}
 */
public record ErrorResponse(
    int status,
    RequestOutcome outcome,
    String error,
    String description,
    int aadsts,
    Optional<String> correlationId,
    Optional<Header> header)
    implements ParsedRequest {

  record Header(String name, String value) {}

  public static ErrorResponse of(
      int status, RequestOutcome outcome, String error, String description) {
    return new ErrorResponse(
        status, outcome, error, description, 0, Optional.empty(), Optional.empty());
  }

  /** The request itself is wrong: asking again the same way cannot help. */
  public static ErrorResponse invalid(String description) {
    return of(400, RequestOutcome.INVALID, "invalid_request", description);
  }

  /** The guard's error. */
  static ErrorResponse guarded(String description) {
    return of(403, RequestOutcome.GUARDED, "access_denied", description);
  }

  /** Wrong in a way that OAuth has a code for (RFC 6749 §5.2). */
  public static ErrorResponse oauth(String error, String description) {
    return of(400, RequestOutcome.INVALID, error, description);
  }

  public static ErrorResponse notFound(String description) {
    return of(404, RequestOutcome.NOT_FOUND, "not_found", description);
  }

  public static ErrorResponse methodNotAllowed(String allowed) {
    return of(
            405,
            RequestOutcome.INVALID,
            "method_not_allowed",
            "This path answers " + allowed + " only")
        .with(new Header("Allow", allowed));
  }

  /** Tells the caller how long to wait. */
  ErrorResponse retryAfter(Duration wait) {
    return with(new Header("Retry-After", Long.toString(TokenFailure.wholeSeconds(wait))));
  }

  /** The same as Entra's own: its number and its correlation id. */
  ErrorResponse ofEntra(int number, String id) {
    return new ErrorResponse(status, outcome, error, description, number, Optional.of(id), header);
  }

  /** The same under another status. */
  ErrorResponse as(int other) {
    return new ErrorResponse(other, outcome, error, description, aadsts, correlationId, header);
  }

  private ErrorResponse with(Header only) {
    return new ErrorResponse(
        status, outcome, error, description, aadsts, correlationId, Optional.of(only));
  }
}
