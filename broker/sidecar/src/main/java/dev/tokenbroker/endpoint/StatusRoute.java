package dev.tokenbroker.endpoint;

import dev.tokenbroker.util.Sha256;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
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
  private final ResponseWriter responses;

  StatusRoute(Supplier<String> status, ResponseWriter responses) {
    this.status = status;
    this.responses = responses;
  }

  @Override
  public void handle(HttpServerRequest request, RequestTarget target, String body) {
    boolean page = target.path().equals(PAGE_PATH);
    if (page && !asksForPage(request)) {
      responses.error(request, ResponseWriter.NO_DIALECT, Router.NOT_FOUND);
    } else if (!HttpMethod.GET.equals(request.method())) {
      responses.error(request, DIALECT, WRONG_METHOD);
    } else if (!isLocal(request)) {
      responses.error(request, DIALECT, LOCAL_ONLY);
    } else if (page) {
      StatusPage.HEADERS.forEach(request.response()::putHeader);
      responses.ok(request, DIALECT, HTML, StatusPage.body());
    } else {
      responses.ok(request, DIALECT, JSON, Buffer.buffer(status.get()));
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

  /** The page itself, one file without any outside asset; loaded when first asked for. */
  private static final class StatusPage {

    private static final String HTML = load("status.html");

    /**
     * Nothing runs or is loaded but what is in the file (CSP3 §6.6.2: a hash allows an inline
     * block). Every value of the JSON gets onto the page as text.
     */
    static final Map<String, String> HEADERS =
        Map.of(
            "Content-Security-Policy",
            "default-src 'none'; connect-src 'self'; base-uri 'none'; form-action 'none';"
                + " frame-ancestors 'none'; script-src 'sha256-"
                + hashOf("script")
                + "'; style-src 'sha256-"
                + hashOf("style")
                + "'",
            "X-Content-Type-Options",
            "nosniff",
            "Referrer-Policy",
            "no-referrer");

    private StatusPage() {}

    static Buffer body() {
      return Buffer.buffer(HTML);
    }

    private static String load(String name) {
      try (InputStream in = StatusPage.class.getResourceAsStream(name)) {
        return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static String hashOf(String element) {
      int start = HTML.indexOf("<" + element + ">") + element.length() + 2;
      String content = HTML.substring(start, HTML.indexOf("</" + element + ">", start));
      return Base64.getEncoder().encodeToString(Sha256.of(content));
    }
  }
}
