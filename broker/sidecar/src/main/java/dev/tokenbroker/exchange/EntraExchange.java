package dev.tokenbroker.exchange;

import dev.tokenbroker.assertion.FederatedClaims;
import dev.tokenbroker.assertion.FederatedToken;
import dev.tokenbroker.assertion.FederatedTokenFile;
import dev.tokenbroker.assertion.UnusableTokenFileException;
import dev.tokenbroker.config.EntraConfig;
import dev.tokenbroker.config.Limits;
import dev.tokenbroker.config.OutboundRoute;
import dev.tokenbroker.config.TokenProxy;
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
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Swaps the federated token for an Entra token, by msal4j (client credentials with a client
 * assertion, RFC 7523 §2.2). It caches nothing.
 */
public final class EntraExchange implements TokenSource, AutoCloseable {

  private static final Logger LOG = Logger.getLogger(EntraExchange.class.getName());

  private static final int QUEUE = 256;

  /** So many threads may hang and no exchange is held up by them; each costs 256 KiB of stack. */
  private static final int REPLACEMENTS = 8;

  private static final Duration MARGIN = Duration.ofSeconds(2);
  private static final Duration SOON = Duration.ofSeconds(1);

  private final FederatedTokenFile tokenFile;
  private final EntraConfig entra;
  private final Duration timeout;
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
      EntraConfig entra,
      Limits limits,
      Clock clock) {
    this.tokenFile = tokenFile;
    this.entra = entra;
    this.timeout = limits.exchangeTimeout();
    this.clock = clock;
    this.threads =
        Workers.on(
            vertx,
            context,
            "exchange",
            new Workers.Limits(
                limits.concurrentExchanges(),
                QUEUE,
                REPLACEMENTS,
                // The transport keeps the timeout by itself: this is for what it cannot end.
                timeout.plus(MARGIN)));
    this.transport = new LazyTransport(() -> new EntraTransport(vertx, context, entra, limits));
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
    MsalRequest request = new MsalRequest(transport.get(), timeout);
    String correlationId = UUID.randomUUID().toString();
    try {
      return token(
          request.send(key, federated.value(), correlationId),
          key,
          federated.claims(),
          correlationId);
    } catch (MsalRequest.NoResponseException e) {
      throw new TokenFailureException(noAnswer(e, key));
    }
  }

  private AccessToken token(
      EntraTransport.Response response, TokenKey key, FederatedClaims claims, String correlationId)
      throws TokenFailureException {
    OutboundRoute route = entra.route();
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

  private Unavailable noAnswer(MsalRequest.NoResponseException none, TokenKey key) {
    return none.failure()
        .map(cause -> ConnectionProblem.of(cause, key.authority(), entra.route()).text())
        .map(Unavailable::silent)
        .orElseGet(() -> new Unavailable(String.valueOf(none.getMessage()), Optional.empty()));
  }

  @Override
  public void close() {
    threads.close();
    transport.close();
  }
}
