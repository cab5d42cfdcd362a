package dev.tokenbroker.endpoint;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.stream.Collectors;

/** Answers with a token, in one dialect. */
final class TokenRoute implements Route {

  private final Dialect dialect;
  private final TokenDesk desk;
  private final Replies replies;
  private final Refusal wrongMethod;

  TokenRoute(Dialect dialect, TokenDesk desk, Replies replies) {
    this.dialect = dialect;
    this.desk = desk;
    this.replies = replies;
    this.wrongMethod =
        Refusal.methodNotAllowed(
            dialect.methods().stream().map(HttpMethod::name).collect(Collectors.joining(", ")));
  }

  @Override
  public void handle(HttpServerRequest request, RequestTarget target, String body) {
    HttpMethod method = request.method();
    if (!dialect.methods().contains(method)) {
      replies.refuse(request, dialect.name(), wrongMethod);
      return;
    }
    Optional<Refusal> unproven = dialect.proof(request);
    if (unproven.isPresent()) {
      replies.refuse(request, dialect.name(), unproven.get());
      return;
    }
    Asked asked =
        HttpMethod.POST.equals(method) && !body.isEmpty()
            ? QuestionParser.parse(body)
            : target.asked();
    if (asked instanceof Question question) {
      desk.answer(request, dialect.name(), question);
    } else if (asked instanceof Refusal refusal) {
      replies.refuse(request, dialect.name(), refusal);
    }
  }
}
