package dev.tokenbroker.exchange;

import com.microsoft.aad.msal4j.ClientCredentialFactory;
import com.microsoft.aad.msal4j.ClientCredentialParameters;
import com.microsoft.aad.msal4j.ConfidentialClientApplication;
import dev.tokenbroker.assertion.FederatedClaims;
import dev.tokenbroker.assertion.FederatedToken;
import dev.tokenbroker.assertion.FederatedTokenFile;
import dev.tokenbroker.assertion.UnusableTokenFileException;
import dev.tokenbroker.token.AccessToken;
import dev.tokenbroker.token.TokenException;
import dev.tokenbroker.token.TokenFailure;
import dev.tokenbroker.token.TokenFailure.NoAssertion;
import dev.tokenbroker.token.TokenFailure.NotAsked;
import dev.tokenbroker.token.TokenFailure.Unavailable;
import dev.tokenbroker.token.TokenKey;
import dev.tokenbroker.token.TokenSource;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.net.MalformedURLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Swaps the federated token for an Entra token, by msal4j (client credentials with a client
 * assertion, RFC 7523 §2.2). Each exchange has a msal4j application of its own, so that msal4j's
 * token cache never holds anything: caching is not this room's part.
 */
public final class EntraExchange implements TokenSource, AutoCloseable {

  private static final Logger LOG = Logger.getLogger(EntraExchange.class.getName());

  /** The client capability "can handle claims challenges" (Microsoft identity platform). */
  private static final String CP1 = "cp1";

  private static final Duration SOON = Duration.ofSeconds(1);

  private final Context context;
  private final FederatedTokenFile tokenFile;
  private final ExchangeOptions options;
  private final Clock clock;
  private final ExchangeThreads threads;
  private final LazyTransport transport;

  /**
   * An exchange that is ready; the first use loads TLS.
   *
   * @param context where futures complete: the broker's event loop
   * @param clock for the life of tokens
   */
  public EntraExchange(
      Vertx vertx,
      Context context,
      FederatedTokenFile tokenFile,
      ExchangeOptions options,
      Clock clock) {
    this.context = context;
    this.tokenFile = tokenFile;
    this.options = options;
    this.clock = clock;
    this.threads = new ExchangeThreads(options.concurrency());
    this.transport = new LazyTransport(() -> new EntraTransport(vertx, context, options));
  }

  @Override
  public Future<AccessToken> token(TokenKey key) {
    Promise<AccessToken> promise = Promise.promise();
    try {
      threads.execute(() -> complete(promise, key), () -> stopped(promise));
    } catch (RejectedExecutionException e) {
      promise.fail(
          new TokenException(
              new NotAsked("Too many exchanges are under way", Optional.of(SOON), false)));
    }
    return promise.future();
  }

  /** It was still queued when the broker stopped; whoever waits for it is told. */
  private void stopped(Promise<AccessToken> promise) {
    TokenException stopping =
        new TokenException(new NotAsked("The broker is stopping", Optional.of(SOON), false));
    context.runOnContext(nothing -> promise.fail(stopping));
  }

  private void complete(Promise<AccessToken> promise, TokenKey key) {
    try {
      AccessToken token = exchange(key);
      context.runOnContext(nothing -> promise.complete(token));
    } catch (TokenException e) {
      context.runOnContext(nothing -> promise.fail(e));
    } catch (Throwable defect) {
      // Whatever it is, the callers must be answered.
      LOG.log(Level.SEVERE, "An exchange failed inside the broker", defect);
      TokenFailure failure = TokenException.failureOf(defect);
      context.runOnContext(nothing -> promise.fail(new TokenException(failure)));
    }
  }

  private AccessToken exchange(TokenKey key) throws TokenException {
    FederatedToken federated = readTokenFile();
    RecordingHttpClient http = new RecordingHttpClient(transport.get());
    String correlationId = UUID.randomUUID().toString();
    try {
      application(key, federated, http, correlationId)
          .acquireToken(
              ClientCredentialParameters.builder(Set.of(key.scope())).skipCache(true).build())
          .join();
    } catch (CompletionException | MalformedURLException e) {
      // Whatever msal4j made of the answer, the answer itself decides.
      if (http.response().isEmpty()) {
        throw new TokenException(noAnswer(http, key, e));
      }
    }
    return token(http.response().orElseThrow(), key, federated.claims(), correlationId);
  }

  private AccessToken token(
      RawResponse response, TokenKey key, FederatedClaims claims, String correlationId)
      throws TokenException {
    Route route = options.route();
    if (route instanceof TokenProxy) {
      Optional<TokenFailure> refusal = TokenProxyRefusal.of(response, key, claims, correlationId);
      if (refusal.isPresent()) {
        throw new TokenException(refusal.get());
      }
    }
    return new Verdict(clock.instant(), correlationId, Optional.of(claims), route).of(response);
  }

  private FederatedToken readTokenFile() throws TokenException {
    try {
      return tokenFile.read();
    } catch (UnusableTokenFileException e) {
      throw new TokenException(new NoAssertion(String.valueOf(e.getMessage())));
    }
  }

  private ConfidentialClientApplication application(
      TokenKey key, FederatedToken federated, RecordingHttpClient http, String correlationId)
      throws MalformedURLException {
    ConfidentialClientApplication.Builder builder =
        ConfidentialClientApplication.builder(
                key.clientId(),
                ClientCredentialFactory.createFromCallback(assertion -> federated.value()))
            .authority(key.authority() + "/" + key.tenant() + "/")
            .instanceDiscovery(false)
            .validateAuthority(false)
            .correlationId(correlationId)
            .executorService(CallerRuns.INSTANCE)
            .httpClient(http);
    builder.disableInternalRetries();
    if (key.claimsChallenges()) {
      builder.clientCapabilities(Set.of(CP1));
    }
    return builder.build();
  }

  private Unavailable noAnswer(RecordingHttpClient http, TokenKey key, Exception fromMsal) {
    return http.failure()
        .map(cause -> ConnectionProblem.of(cause, key.authority(), options.route()).text())
        .map(Unavailable::silent)
        .orElseGet(
            () ->
                new Unavailable(
                    "msal4j sent nothing: " + fromMsal.getClass().getSimpleName(),
                    Optional.empty()));
  }

  @Override
  public void close() {
    threads.close();
    transport.close();
  }
}
