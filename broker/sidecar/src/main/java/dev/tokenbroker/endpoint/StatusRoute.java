package dev.tokenbroker.endpoint;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.function.Supplier;

/**
 * The status of the broker for people: a page at {@code /} for a browser, the same as JSON at
 * {@code /status}. Callers on loopback only, whatever else is allowed: {@code kubectl port-forward}
 * arrives there. It never yields a token, and a request for {@code /} that does not ask for HTML is
 * a client's probe and gets the answer it always got.
 */
final class StatusRoute implements RequestHandler {

  static final String PAGE_PATH = "/";
  static final String JSON_PATH = "/status";

  private static final String DIALECT = "status";
  private static final CharSequence HTML = HttpHeaders.createOptimized("text/html; charset=utf-8");
  private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
  private static final ErrorResponse LOCAL_ONLY =
      ErrorResponse.guarded(
          "The status is shown to callers on loopback only: use kubectl port-forward");
  private static final ErrorResponse WRONG_METHOD = ErrorResponse.methodNotAllowed("GET");

  private final Supplier<String> status;
  private final ResponseWriter replies;

  StatusRoute(Supplier<String> status, ResponseWriter replies) {
    this.status = status;
    this.replies = replies;
  }

  @Override
  public void handle(HttpServerRequest request, RequestTarget target, String body) {
    boolean page = target.path().equals(PAGE_PATH);
    if (page && !asksForPage(request)) {
      replies.refuse(request, ResponseWriter.NO_DIALECT, Router.NOT_FOUND);
    } else if (!HttpMethod.GET.equals(request.method())) {
      replies.refuse(request, DIALECT, WRONG_METHOD);
    } else if (!isLocal(request)) {
      replies.refuse(request, DIALECT, LOCAL_ONLY);
    } else if (page) {
      StatusPage.HEADERS.forEach(request.response()::putHeader);
      replies.show(request, DIALECT, HTML, StatusPage.body());
    } else {
      replies.show(request, DIALECT, JSON, Buffer.buffer(status.get()));
    }
  }

  private static boolean asksForPage(HttpServerRequest request) {
    String accepted = request.headers().get(HttpHeaders.ACCEPT);
    return HttpMethod.GET.equals(request.method())
        && accepted != null
        && accepted.contains("text/html");
  }

  private static boolean isLocal(HttpServerRequest request) {
    try {
      // A literal: no name is looked up.
      return InetAddress.getByName(request.remoteAddress().hostAddress()).isLoopbackAddress();
    } catch (UnknownHostException notAnAddress) {
      return false;
    }
  }
}
