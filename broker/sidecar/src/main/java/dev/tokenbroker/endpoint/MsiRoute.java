package dev.tokenbroker.endpoint;

import io.vertx.core.http.HttpServerRequest;
import java.util.List;

/**
 * The one path behind {@code IDENTITY_ENDPOINT} and {@code MSI_ENDPOINT}. Clients that are told the
 * same variables speak different dialects, so the headers decide, never a User-Agent.
 */
final class MsiRoute implements RequestHandler {

  static final String PATH = "/msi/token";

  private static final ErrorResponse NO_PROOF =
      ErrorResponse.of(
          400,
          RequestOutcome.UNPROVEN,
          "invalid_request",
          "One of these headers is required: X-IDENTITY-HEADER, secret, or Metadata: true");

  /** A dialect and what answers in it. */
  private record Spoken(Dialect dialect, RequestHandler route) {}

  private final List<Spoken> spoken;
  private final ResponseWriter replies;

  MsiRoute(List<Dialect> dialects, TokenService desk, ResponseWriter replies) {
    this.replies = replies.refusingIn(ErrorBody::ofAppService);
    TokenService ours = desk.replyingBy(this.replies);
    this.spoken =
        dialects.stream()
            .map(dialect -> new Spoken(dialect, new TokenRoute(dialect, ours, this.replies)))
            .toList();
  }

  @Override
  public void handle(HttpServerRequest request, RequestTarget target, String body) {
    for (Spoken each : spoken) {
      if (each.dialect.speaks(request)) {
        each.route.handle(request, target, body);
        return;
      }
    }
    replies.refuse(request, ResponseWriter.NO_DIALECT, NO_PROOF);
  }
}
