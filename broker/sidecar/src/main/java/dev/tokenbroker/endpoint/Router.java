package dev.tokenbroker.endpoint;

import dev.tokenbroker.util.BoundedBody;
import dev.tokenbroker.util.BoundedMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Takes each request through the guard, reads its body, and finds the handler of its path. */
public final class Router {

  private static final Logger LOG = Logger.getLogger(Router.class.getName());

  static final ErrorResponse NOT_FOUND =
      ErrorResponse.notFound("Nothing is served here; tokens are at " + Dialects.IMDS_PATH);
  private static final ErrorResponse DEFECT = ErrorMapper.of(new IllegalStateException());

  private static final int MAX_REMEMBERED_TARGETS = 128;

  /** A longer one is rare and is taken apart each time: at most a quarter megabyte is held. */
  private static final int MAX_REMEMBERED_CHARS = 1024;

  /** A form with one resource and one selector is far below this. */
  private static final int MAX_BODY_BYTES = 16 * 1024;

  private static final ErrorResponse BODY_TOO_LARGE =
      ErrorResponse.of(
          413, RequestOutcome.INVALID, "invalid_request", "The request body is larger than 16 KiB");

  private final Guard guard;
  private final ResponseWriter responses;

  /**
   * The targets asked for most recently: an app sends the same few, and taking one apart costs more
   * than answering it. What a target means depends on its text alone, so nothing here can be out of
   * date.
   */
  private final Map<String, RequestTarget> targets =
      BoundedMap.leastRecentlyUsed(MAX_REMEMBERED_TARGETS);

  private final Map<String, RequestHandler> exact = new HashMap<>();
  private final Map<String, RequestHandler> below = new HashMap<>();
  private RequestHandler otherwise = this::notFound;

  public Router(Guard guard, ResponseWriter responses) {
    this.guard = guard;
    this.responses = responses;
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
    RequestTarget target = target(request.uri());
    Optional<ErrorResponse> error = guard.check(request.remoteAddress(), target, request.headers());
    boolean hasBody = hasBody(request);
    if (error.isPresent()) {
      reject(request, error.get(), hasBody);
    } else if (hasBody) {
      readBody(request, target);
    } else {
      route(request, target, "");
    }
  }

  private RequestTarget target(String uri) {
    RequestTarget target = targets.get(uri);
    if (target == null) {
      target = RequestTarget.of(uri);
      if (uri.length() <= MAX_REMEMBERED_CHARS) {
        targets.put(uri, target);
      }
    }
    return target;
  }

  /** Whether a body is announced. Nearly no request has one: then there is nothing to wait for. */
  private static boolean hasBody(HttpServerRequest request) {
    return request.headers().contains(HttpHeaders.CONTENT_LENGTH)
        || request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
  }

  private void readBody(HttpServerRequest request, RequestTarget target) {
    BoundedBody.read(request, MAX_BODY_BYTES)
        .onSuccess(
            body ->
                body.ifPresentOrElse(
                    bytes -> route(request, target, bytes.toString()),
                    () -> responses.errorAndClose(request, BODY_TOO_LARGE)));
  }

  private void reject(HttpServerRequest request, ErrorResponse error, boolean hasBody) {
    if (hasBody) {
      responses.errorAndClose(request, error);
    } else {
      responses.error(request, ResponseWriter.NO_DIALECT, error);
    }
  }

  private void route(HttpServerRequest request, RequestTarget target, String body) {
    try {
      handlerOf(target.routePath()).handle(request, target, body);
    } catch (RuntimeException defect) {
      LOG.log(Level.SEVERE, "A request failed inside the broker", defect);
      if (!request.response().ended()) {
        responses.error(request, ResponseWriter.NO_DIALECT, DEFECT);
      }
    }
  }

  private RequestHandler handlerOf(String path) {
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
    responses.error(request, ResponseWriter.NO_DIALECT, NOT_FOUND);
  }
}
