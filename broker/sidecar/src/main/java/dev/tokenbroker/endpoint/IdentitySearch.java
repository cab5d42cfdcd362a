package dev.tokenbroker.endpoint;

import dev.tokenbroker.identity.Identity;
import dev.tokenbroker.identity.IdentityDirectory;
import dev.tokenbroker.identity.Resolution;
import dev.tokenbroker.token.TokenKey;
import dev.tokenbroker.token.TokenSource;
import io.vertx.core.Future;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Finds out which identity an object id or a resource id belongs to, by looking at a token of each
 * one that could be it. The SQL Server ODBC driver needs this on its very first request: it sends
 * the object id of an identity that we so far know by its client id only.
 */
final class IdentitySearch {

  private static final Resolution NOT_FOUND = new Resolution.NotFound();

  private final TokenSource source;
  private final IdentityDirectory directory;

  IdentitySearch(TokenSource source, IdentityDirectory directory) {
    this.source = source;
    this.directory = directory;
  }

  /**
   * Asks for the resource with each candidate in turn, until one turns out to be meant.
   *
   * @return the answer; failed if it is still open because a candidate's token could not be had:
   *     "not found" would then be a guess
   */
  Future<Resolution> among(List<Identity> candidates, TokenRequest tokenRequest) {
    return next(candidates.iterator(), tokenRequest, Optional.empty());
  }

  private Future<Resolution> next(
      Iterator<Identity> left, TokenRequest tokenRequest, Optional<Throwable> failure) {
    while (left.hasNext()) {
      Identity candidate = left.next();
      if (directory.allows(candidate, tokenRequest.resource())) {
        return tryOut(candidate, left, tokenRequest, failure);
      }
    }
    return failure
        .<Future<Resolution>>map(Future::failedFuture)
        .orElseGet(() -> Future.succeededFuture(NOT_FOUND));
  }

  private Future<Resolution> tryOut(
      Identity candidate,
      Iterator<Identity> left,
      TokenRequest tokenRequest,
      Optional<Throwable> failure) {
    TokenKey key = directory.keyForScope(candidate, tokenRequest.scope());
    return source
        .token(key)
        .transform(
            came -> {
              if (came.failed()) {
                return next(left, tokenRequest, failure.or(() -> Optional.of(came.cause())));
              }
              directory.learn(key, came.result());
              Resolution resolution = directory.resolve(tokenRequest.selector());
              return resolution instanceof Resolution.Found
                  ? Future.succeededFuture(resolution)
                  : next(left, tokenRequest, failure);
            });
  }
}
