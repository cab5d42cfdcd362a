package dev.tokenbroker.endpoint;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Answers with a token on one path, in the first of its dialects that matches the request. */
final class TokenRoute implements RequestHandler {

  private static final ErrorResponse NO_DIALECT_MATCHES =
      ErrorResponse.of(
          400,
          RequestOutcome.UNPROVEN,
          "invalid_request",
          "One of these headers is required: X-IDENTITY-HEADER, secret, or Metadata: true");

  private record Entry(Dialect dialect, ErrorResponse wrongMethod) {

    static Entry of(Dialect dialect) {
      return new Entry(
          dialect,
          ErrorResponse.methodNotAllowed(
              dialect.methods().stream().map(HttpMethod::name).collect(Collectors.joining(", "))));
    }
  }

  private final List<Entry> entries;
  private final TokenService tokens;
  private final ResponseWriter responses;

  TokenRoute(List<Dialect> dialects, TokenService tokens, ResponseWriter responses) {
    this.entries = dialects.stream().map(Entry::of).toList();
    this.tokens = tokens;
    this.responses = responses;
  }

  @Override
  public void handle(HttpServerRequest request, RequestTarget target, String body) {
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      if (entry.dialect().matches(request)) {
        handle(request, target, body, entry);
        return;
      }
    }
    responses.error(request, ResponseWriter.NO_DIALECT, NO_DIALECT_MATCHES);
  }

  private void handle(HttpServerRequest request, RequestTarget target, String body, Entry entry) {
    Dialect dialect = entry.dialect();
    HttpMethod method = request.method();
    if (!dialect.methods().contains(method)) {
      responses.error(request, dialect.name(), entry.wrongMethod());
      return;
    }
    Optional<ErrorResponse> unauthenticated = dialect.authenticate(request);
    if (unauthenticated.isPresent()) {
      responses.error(request, dialect.name(), unauthenticated.get());
      return;
    }
    ParsedRequest parsed =
        HttpMethod.POST.equals(method) && !body.isEmpty()
            ? TokenRequestParser.parse(body)
            : target.tokenRequest();
    if (parsed instanceof TokenRequest tokenRequest) {
      tokens.respond(request, dialect.name(), tokenRequest);
    } else if (parsed instanceof ErrorResponse error) {
      responses.error(request, dialect.name(), error);
    }
  }
}
