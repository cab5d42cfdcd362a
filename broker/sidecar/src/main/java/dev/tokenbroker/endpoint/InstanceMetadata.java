package dev.tokenbroker.endpoint;

import dev.tokenbroker.util.BoundedBody;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Passes {@code /metadata/instance…} on to the real instance metadata service: region discovery and
 * AzCopy ask there. Only a cleaned path below that one gets through, because the same service hands
 * out the node's identity on its other paths. A service that does not answer (AKS can block it)
 * costs the caller one second.
 */
final class InstanceMetadata implements RequestHandler {

  static final String PATH = "/metadata/instance";

  /** The real instance metadata service of an Azure virtual machine. */
  static final URI IMDS = URI.create("http://169.254.169.254");

  /** For the whole exchange, the connection included. */
  private static final int TIMEOUT_MILLIS = 1000;

  private static final int MAX_BODY_BYTES = 256 * 1024;
  private static final String DIALECT = "instance";

  /** All that the service's own paths are made of: nothing that a server could read otherwise. */
  private static final Pattern PLAIN_PATH = Pattern.compile("[A-Za-z0-9/._-]+");

  private static final ErrorResponse WRONG_METHOD = ErrorResponse.methodNotAllowed("GET");
  private static final ErrorResponse NOT_FOUND =
      ErrorResponse.notFound("No such instance metadata path");
  private static final ErrorResponse NO_ANSWER =
      ErrorResponse.of(
          504,
          RequestOutcome.UNAVAILABLE,
          "gateway_timeout",
          "The instance metadata service gave no usable answer within one second");

  private final HttpClient client;
  private final URI target;
  private final ResponseWriter responses;

  InstanceMetadata(Vertx vertx, URI target, ResponseWriter responses) {
    HttpClientOptions options =
        new HttpClientOptions().setConnectTimeout(TIMEOUT_MILLIS).setKeepAlive(false);
    this.client =
        vertx.createHttpClient(
            options, new PoolOptions().setHttp1MaxSize(4).setMaxWaitQueueSize(16));
    this.target = target;
    this.responses = responses;
  }

  @Override
  public void handle(HttpServerRequest request, RequestTarget target, String body) {
    Optional<ErrorResponse> error = check(request, target.path());
    if (error.isPresent()) {
      responses.error(request, DIALECT, error.get());
      return;
    }
    Future<HttpClientRequest> connected =
        client.request(
            optionsFor(
                target.query().isEmpty() ? target.path() : target.path() + "?" + target.query()));
    connected
        .compose(HttpClientRequest::send)
        .compose(InstanceMetadata::read)
        .timeout(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
        .onSuccess(
            answer ->
                responses.forward(request, DIALECT, answer.status(), answer.type(), answer.body()))
        .onFailure(
            failure -> {
              connected.onSuccess(HttpClientRequest::reset);
              responses.error(request, DIALECT, NO_ANSWER);
            });
  }

  private static Optional<ErrorResponse> check(HttpServerRequest request, String path) {
    if (!HttpMethod.GET.equals(request.method())) {
      return Optional.of(WRONG_METHOD);
    }
    if (!Dialects.hasMetadataHeader(request)) {
      return Dialects.NO_METADATA_HEADER;
    }
    return PLAIN_PATH.matcher(path).matches() ? Optional.empty() : Optional.of(NOT_FOUND);
  }

  private RequestOptions optionsFor(String uri) {
    return new RequestOptions()
        .setMethod(HttpMethod.GET)
        .setHost(target.getHost())
        .setPort(target.getPort() < 0 ? 80 : target.getPort())
        .setURI(uri)
        .putHeader("Metadata", "true");
  }

  private record Answer(int status, String type, Buffer body) {}

  private static Future<Answer> read(HttpClientResponse response) {
    String type = response.getHeader(HttpHeaders.CONTENT_TYPE);
    return BoundedBody.read(response, MAX_BODY_BYTES)
        .map(
            body ->
                new Answer(
                    response.statusCode(),
                    type == null ? "application/json" : type,
                    body.orElseThrow()));
  }

  void close() {
    client.close();
  }
}
