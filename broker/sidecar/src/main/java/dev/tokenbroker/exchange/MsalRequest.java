package dev.tokenbroker.exchange;

import com.microsoft.aad.msal4j.ClientCredentialFactory;
import com.microsoft.aad.msal4j.ClientCredentialParameters;
import com.microsoft.aad.msal4j.ConfidentialClientApplication;
import com.microsoft.aad.msal4j.HttpRequest;
import com.microsoft.aad.msal4j.HttpResponse;
import com.microsoft.aad.msal4j.IHttpResponse;
import dev.tokenbroker.token.TokenKey;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.net.MalformedURLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * One token request that msal4j makes, with a msal4j application of its own, so that msal4j's token
 * cache never holds anything.
 *
 * <p>It keeps the raw answer for us and hides it from msal4j, which would lose it: a body that is
 * not JSON costs the status and the headers, an empty one ends in a NullPointerException (msal4j
 * 1.26, {@code TokenRequestExecutor}).
 */
final class MsalRequest {

  /** The client capability "can handle claims challenges" (Microsoft identity platform). */
  private static final String CP1 = "cp1";

  /**
   * What msal4j sees in place of every answer. Its parser (azure-json) loops for ever on some
   * bodies, such as {@code {"errors":[]}}, and logs what it cannot read.
   */
  private static final String STAND_IN =
      "{\"token_type\":\"Bearer\",\"expires_in\":3600,\"access_token\":\"none\"}";

  private final EntraTransport transport;
  private final long patienceMillis;
  private volatile Optional<EntraTransport.Response> response = Optional.empty();
  private volatile Optional<Throwable> failure = Optional.empty();

  /**
   * A request that is not sent yet.
   *
   * @param timeout the transport's own; waiting a little longer guards against a defect in it
   */
  MsalRequest(EntraTransport transport, Duration timeout) {
    this.transport = transport;
    this.patienceMillis = timeout.plusSeconds(1).toMillis();
  }

  /**
   * Sends it. This blocks.
   *
   * @throws NoResponseException if no answer came
   */
  EntraTransport.Response send(TokenKey key, String assertion, String correlationId)
      throws NoResponseException {
    try {
      application(key, assertion, correlationId)
          .acquireToken(
              ClientCredentialParameters.builder(Set.of(key.scope())).skipCache(true).build())
          .join();
    } catch (CompletionException | MalformedURLException e) {
      // Whatever msal4j made of it, the answer itself decides.
      if (response.isEmpty()) {
        throw new NoResponseException(failure, e);
      }
    }
    return response.orElseThrow();
  }

  /** No answer came. */
  static final class NoResponseException extends Exception {

    private final Optional<Throwable> failure;

    private NoResponseException(Optional<Throwable> failure, Exception fromMsal) {
      super("msal4j sent nothing: " + fromMsal.getClass().getSimpleName(), fromMsal);
      this.failure = failure;
    }

    /** What failed on the way; empty if msal4j sent nothing. */
    Optional<Throwable> failure() {
      return failure;
    }
  }

  private ConfidentialClientApplication application(
      TokenKey key, String assertion, String correlationId) throws MalformedURLException {
    ConfidentialClientApplication.Builder builder =
        ConfidentialClientApplication.builder(
                key.clientId(), ClientCredentialFactory.createFromCallback(any -> assertion))
            .authority(key.authority() + "/" + key.tenant() + "/")
            .instanceDiscovery(false)
            .validateAuthority(false)
            .correlationId(correlationId)
            .executorService(CallerThread.INSTANCE)
            .httpClient(this::answer);
    builder.disableInternalRetries();
    if (key.claimsChallenges()) {
      builder.clientCapabilities(Set.of(CP1));
    }
    return builder.build();
  }

  private IHttpResponse answer(HttpRequest request) throws Exception {
    HttpMethod method = HttpMethod.valueOf(request.httpMethod().name());
    String body = request.body() == null ? "" : request.body();
    try {
      response =
          Optional.of(
              transport
                  .send(method, request.url(), request.headers(), body)
                  .toCompletionStage()
                  .toCompletableFuture()
                  .get(patienceMillis, TimeUnit.MILLISECONDS));
      return new HttpResponse().statusCode(200).body(STAND_IN);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      failure = Optional.of(cause);
      throw new IOException("no answer", cause);
    }
  }

  /** Runs msal4j's work on the thread that asked: that is an exchange thread already. */
  private static final class CallerThread extends AbstractExecutorService {

    static final CallerThread INSTANCE = new CallerThread();

    @Override
    public void execute(Runnable task) {
      task.run();
    }

    @Override
    public void shutdown() {}

    @Override
    public List<Runnable> shutdownNow() {
      return List.of();
    }

    @Override
    public boolean isShutdown() {
      return false;
    }

    @Override
    public boolean isTerminated() {
      return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
      return true;
    }
  }
}
