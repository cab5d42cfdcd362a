package dev.tokenbroker.endpoint;

import io.vertx.core.http.HttpServerRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The way of a request: guard, path, route. */
public final class Router {

  private static final Logger LOG = Logger.getLogger(Router.class.getName());

  static final ErrorResponse NOT_FOUND =
      ErrorResponse.notFound("Nothing is served here; tokens are at " + ImdsDialect.PATH);
  private static final ErrorResponse DEFECT = ErrorMapper.of(new IllegalStateException());

  private final Guard guard;
  private final ResponseWriter replies;
  private final RequestTargets targets = new RequestTargets();
  private final Map<String, RequestHandler> exact = new HashMap<>();
  private final Map<String, RequestHandler> below = new HashMap<>();
  private RequestHandler otherwise = this::notFound;

  public Router(Guard guard, ResponseWriter replies) {
    this.guard = guard;
    this.replies = replies;
  }

  /** Answers on this path alone; lower case. */
  Router on(String path, RequestHandler route) {
    exact.put(path, route);
    return this;
  }

  /** Answers on this path and on all below it; lower case. */
  Router onAndBelow(String path, RequestHandler route) {
    below.put(path + "/", route);
    return on(path, route);
  }

  /** Answers on all other paths. */
  public Router otherwise(RequestHandler route) {
    otherwise = route;
    return this;
  }

  public void handle(HttpServerRequest request) {
    RequestTarget target = targets.of(request.uri());
    Optional<ErrorResponse> refused =
        guard.check(request.remoteAddress(), target, request.headers());
    boolean hasBody = RequestBody.isThere(request);
    if (refused.isPresent()) {
      refuse(request, refused.get(), hasBody);
    } else if (hasBody) {
      RequestBody.read(request)
          .onSuccess(
              body ->
                  body.ifPresentOrElse(
                      text -> route(request, target, text),
                      () -> replies.refuseAndClose(request, RequestBody.TOO_LARGE)));
    } else {
      route(request, target, "");
    }
  }

  private void refuse(HttpServerRequest request, ErrorResponse refusal, boolean hasBody) {
    if (hasBody) {
      replies.refuseAndClose(request, refusal);
    } else {
      replies.refuse(request, ResponseWriter.NO_DIALECT, refusal);
    }
  }

  private void route(HttpServerRequest request, RequestTarget target, String body) {
    try {
      find(target.routePath()).handle(request, target, body);
    } catch (RuntimeException defect) {
      LOG.log(Level.SEVERE, "A request failed inside the broker", defect);
      if (!request.response().ended()) {
        replies.refuse(request, ResponseWriter.NO_DIALECT, DEFECT);
      }
    }
  }

  private RequestHandler find(String path) {
    RequestHandler route = exact.get(path);
    if (route != null) {
      return route;
    }
    for (Map.Entry<String, RequestHandler> prefix : below.entrySet()) {
      if (path.startsWith(prefix.getKey())) {
        return prefix.getValue();
      }
    }
    return otherwise;
  }

  private void notFound(HttpServerRequest request, RequestTarget target, String body) {
    replies.refuse(request, ResponseWriter.NO_DIALECT, NOT_FOUND);
  }
}
