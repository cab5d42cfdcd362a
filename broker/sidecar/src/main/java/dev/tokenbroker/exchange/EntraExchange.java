package dev.tokenbroker.exchange;

import com.microsoft.aad.msal4j.ClientCredentialFactory;
import com.microsoft.aad.msal4j.ClientCredentialParameters;
import com.microsoft.aad.msal4j.ConfidentialClientApplication;
import dev.tokenbroker.assertion.FederatedClaims;
import dev.tokenbroker.assertion.FederatedToken;
import dev.tokenbroker.assertion.FederatedTokenFile;
import dev.tokenbroker.assertion.UnusableTokenFileException;
import dev.tokenbroker.threads.NotRunException;
import dev.tokenbroker.threads.StuckException;
import dev.tokenbroker.threads.Workers;
import dev.tokenbroker.token.AccessToken;
import dev.tokenbroker.token.TokenFailure;
import dev.tokenbroker.token.TokenFailure.NoAssertion;
import dev.tokenbroker.token.TokenFailure.NotAsked;
import dev.tokenbroker.token.TokenFailure.Unavailable;
import dev.tokenbroker.token.TokenFailureException;
import dev.tokenbroker.token.TokenKey;
import dev.tokenbroker.token.TokenSource;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.MalformedURLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionException;
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

  private static final int QUEUE = 256;

  /** So many threads may hang and no exchange is held up by them; each costs 256 KiB of stack. */
  private static final int REPLACEMENTS = 8;

  private static final Duration MARGIN = Duration.ofSeconds(2);
  private static final Duration SOON = Duration.ofSeconds(1);

  private final FederatedTokenFile tokenFile;
  private final ExchangeOptions options;
  private final Clock clock;
  private final Workers threads;
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
    this.tokenFile = tokenFile;
    this.options = options;
    this.clock = clock;
    this.threads =
        Workers.on(
            vertx,
            context,
            "exchange",
            new Workers.Limits(
                options.concurrency(),
                QUEUE,
                REPLACEMENTS,
                // The transport keeps the timeout by itself: this is for what it cannot end.
                options.timeout().plus(MARGIN)));
    this.transport = new LazyTransport(() -> new EntraTransport(vertx, context, options));
  }

  @Override
  public Future<AccessToken> token(TokenKey key) {
    return threads
        .run(() -> exchange(key))
        .recover(failure -> Future.failedFuture(new TokenFailureException(failureOf(failure))));
  }

  /** How many threads have not come back from their exchange. */
  public int stuckThreads() {
    return threads.stuck();
  }

  /** Why exchanges are not done as they should be; empty while stuck threads are replaced. */
  public Optional<String> obstacle() {
    return threads.obstacle();
  }

  private static TokenFailure failureOf(Throwable failure) {
    if (failure instanceof NotRunException none) {
      String why = none.isClosed() ? "The broker is stopping" : "Too many exchanges are under way";
      return new NotAsked(why, Optional.of(SOON), false);
    }
    if (failure instanceof StuckException stuck) {
      return new Unavailable(
          "The exchange did not end within "
              + stuck.after().toSeconds()
              + " s: the volume of the token file hangs, or the broker does; its log says where",
          Optional.empty());
    }
    if (!(failure instanceof TokenFailureException)) {
      LOG.log(Level.SEVERE, "An exchange failed inside the broker", failure);
    }
    return TokenFailureException.failureOf(failure);
  }

  private AccessToken exchange(TokenKey key) throws TokenFailureException {
    FederatedToken federated = readTokenFile();
    RecordingHttpClient http = new RecordingHttpClient(transport.get(), options.timeout());
    String correlationId = UUID.randomUUID().toString();
    try {
      application(key, federated, http, correlationId)
          .acquireToken(
              ClientCredentialParameters.builder(Set.of(key.scope())).skipCache(true).build())
          .join();
    } catch (CompletionException | MalformedURLException e) {
      // Whatever msal4j made of it, the answer itself decides.
      if (http.response().isEmpty()) {
        throw new TokenFailureException(noAnswer(http, key, e));
      }
    }
    return token(http.response().orElseThrow(), key, federated.claims(), correlationId);
  }

  private AccessToken token(
      RawResponse response, TokenKey key, FederatedClaims claims, String correlationId)
      throws TokenFailureException {
    EntraRoute route = options.route();
    if (route instanceof TokenProxy) {
      Optional<TokenFailure> refusal = TokenProxyRefusal.of(response, key, claims, correlationId);
      if (refusal.isPresent()) {
        throw new TokenFailureException(refusal.get());
      }
    }
    return new EntraResponse(clock.instant(), correlationId, Optional.of(claims), route)
        .of(response);
  }

  private FederatedToken readTokenFile() throws TokenFailureException {
    try {
      return tokenFile.read();
    } catch (UnusableTokenFileException e) {
      throw new TokenFailureException(new NoAssertion(String.valueOf(e.getMessage())));
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
