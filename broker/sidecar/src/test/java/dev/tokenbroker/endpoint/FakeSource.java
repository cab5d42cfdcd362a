package dev.tokenbroker.endpoint;

import dev.tokenbroker.token.AccessToken;
import dev.tokenbroker.token.TokenFailure;
import dev.tokenbroker.token.TokenFailureException;
import dev.tokenbroker.token.TokenKey;
import dev.tokenbroker.token.TokenSource;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Answers what the test tells it to, by client id. */
final class FakeSource implements TokenSource {

  private final Map<String, Future<AccessToken>> answers = new ConcurrentHashMap<>();
  private volatile Optional<AccessToken> instead = Optional.empty();
  private final BlockingQueue<TokenKey> requested = new LinkedBlockingQueue<>();

  void give(String clientId, AccessToken token) {
    answers.put(clientId, Future.succeededFuture(token));
  }

  void fail(String clientId, TokenFailure failure) {
    answers.put(clientId, Future.failedFuture(new TokenFailureException(failure)));
  }

  void answer(String clientId, Future<AccessToken> future) {
    answers.put(clientId, future);
  }

  @Override
  public Future<AccessToken> token(TokenKey key) {
    requested.add(key);
    return answers.get(key.clientId());
  }

  /** Answers {@code fresh} to a caller who turns down the token given before. */
  void giveInstead(AccessToken fresh) {
    instead = Optional.of(fresh);
  }

  @Override
  public Future<AccessToken> tokenInsteadOf(TokenKey key, Predicate<AccessToken> revoked) {
    return token(key).map(token -> revoked.test(token) ? instead.orElseThrow() : token);
  }

  TokenKey awaitAsked() throws InterruptedException {
    return requested.poll(10, TimeUnit.SECONDS);
  }

  List<TokenKey> requested() {
    return new ArrayList<>(requested);
  }
}
