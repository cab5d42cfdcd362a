package dev.tokenbroker.endpoint;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.stream.Collectors;

/** Answers with a token, in one dialect. */
final class TokenRoute implements RequestHandler {

  private final Dialect dialect;
  private final TokenService desk;
  private final ResponseWriter replies;
  private final ErrorResponse wrongMethod;

  TokenRoute(Dialect dialect, TokenService desk, ResponseWriter replies) {
    this.dialect = dialect;
    this.desk = desk;
    this.replies = replies;
    this.wrongMethod =
        ErrorResponse.methodNotAllowed(
            dialect.methods().stream().map(HttpMethod::name).collect(Collectors.joining(", ")));
  }

  @Override
  public void handle(HttpServerRequest request, RequestTarget target, String body) {
    HttpMethod method = request.method();
    if (!dialect.methods().contains(method)) {
      replies.refuse(request, dialect.name(), wrongMethod);
      return;
    }
    Optional<ErrorResponse> unproven = dialect.proof(request);
    if (unproven.isPresent()) {
      replies.refuse(request, dialect.name(), unproven.get());
      return;
    }
    ParsedRequest asked =
        HttpMethod.POST.equals(method) && !body.isEmpty()
            ? TokenRequestParser.parse(body)
            : target.asked();
    if (asked instanceof TokenRequest question) {
      desk.answer(request, dialect.name(), question);
    } else if (asked instanceof ErrorResponse refusal) {
      replies.refuse(request, dialect.name(), refusal);
    }
  }
}
