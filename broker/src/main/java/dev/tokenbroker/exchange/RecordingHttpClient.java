package dev.tokenbroker.exchange;

import com.microsoft.aad.msal4j.HttpRequest;
import com.microsoft.aad.msal4j.HttpResponse;
import com.microsoft.aad.msal4j.IHttpClient;
import com.microsoft.aad.msal4j.IHttpResponse;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * What msal4j sends its one request through. It keeps the raw answer, because msal4j loses it: a
 * body that is not JSON costs the status and the headers, an empty one ends in a
 * NullPointerException (msal4j 1.26, {@code TokenRequestExecutor}).
 */
final class RecordingHttpClient implements IHttpClient {

  /** The transport keeps its own deadline; this one only guards against a defect in it. */
  private static final long HUNG_SECONDS = 120;

  private final EntraTransport transport;
  private volatile Optional<RawResponse> response = Optional.empty();
  private volatile Optional<Throwable> failure = Optional.empty();

  RecordingHttpClient(EntraTransport transport) {
    this.transport = transport;
  }

  /** The raw answer, if one came. */
  Optional<RawResponse> response() {
    return response;
  }

  /** Why none came. */
  Optional<Throwable> failure() {
    return failure;
  }

  @Override
  public IHttpResponse send(HttpRequest request) throws Exception {
    HttpMethod method = HttpMethod.valueOf(request.httpMethod().name());
    String body = request.body() == null ? "" : request.body();
    try {
      RawResponse raw =
          transport
              .send(method, request.url(), request.headers(), body)
              .toCompletionStage()
              .toCompletableFuture()
              .get(HUNG_SECONDS, TimeUnit.SECONDS);
      response = Optional.of(raw);
      return msalResponse(raw);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      failure = Optional.of(cause);
      throw new IOException("no answer", cause);
    }
  }

  private static IHttpResponse msalResponse(RawResponse raw) {
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    raw.headers().names().forEach(name -> headers.put(name, raw.headers().getAll(name)));
    HttpResponse response = new HttpResponse().statusCode(raw.status()).body(raw.body());
    response.addHeaders(headers);
    return response;
  }
}
