package dev.tokenbroker.exchange;

import com.microsoft.aad.msal4j.HttpRequest;
import com.microsoft.aad.msal4j.HttpResponse;
import com.microsoft.aad.msal4j.IHttpClient;
import com.microsoft.aad.msal4j.IHttpResponse;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * What msal4j sends its one request through. It keeps the raw answer for us and hides it from
 * msal4j, which would lose it: a body that is not JSON costs the status and the headers, an empty
 * one ends in a NullPointerException (msal4j 1.26, {@code TokenRequestExecutor}).
 */
final class RecordingHttpClient implements IHttpClient {

  /**
   * What msal4j sees in place of every answer. Its parser (azure-json) loops for ever on some
   * bodies, such as {@code {"errors":[]}}, and logs what it cannot read.
   */
  private static final String STAND_IN =
      "{\"token_type\":\"Bearer\",\"expires_in\":3600,\"access_token\":\"none\"}";

  private final EntraTransport transport;
  private final long patienceMillis;
  private volatile Optional<RawResponse> response = Optional.empty();
  private volatile Optional<Throwable> failure = Optional.empty();

  /**
   * @param timeout the transport's own; waiting a little longer guards against a defect in it
   */
  RecordingHttpClient(EntraTransport transport, Duration timeout) {
    this.transport = transport;
    this.patienceMillis = timeout.plusSeconds(1).toMillis();
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
              .get(patienceMillis, TimeUnit.MILLISECONDS);
      response = Optional.of(raw);
      return new HttpResponse().statusCode(200).body(STAND_IN);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      failure = Optional.of(cause);
      throw new IOException("no answer", cause);
    }
  }
}
