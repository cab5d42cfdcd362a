package dev.tokenbroker.assembly;

import dev.tokenbroker.assertion.ClaimsParser;
import dev.tokenbroker.assertion.FederatedClaims;
import dev.tokenbroker.authority.AssertionVerifier;
import dev.tokenbroker.token.TokenFailure;
import dev.tokenbroker.token.TokenFailureException;
import io.vertx.core.Future;
import java.util.Optional;

/**
 * A federated token is this pod's if it has the issuer and the subject of the one in the file now.
 * While the file cannot be used, those of the last one count: a pod's do not change.
 */
final class PodAssertionVerifier implements AssertionVerifier {

  private final TokenFileReads files;
  private Optional<FederatedClaims> last = Optional.empty();

  PodAssertionVerifier(TokenFileReads files) {
    this.files = files;
  }

  @Override
  public Future<Optional<String>> verify(String assertion) {
    FederatedClaims presented;
    try {
      presented = ClaimsParser.parse(assertion);
    } catch (ClaimsParser.MalformedTokenException e) {
      return Future.succeededFuture(Optional.of(e.why()));
    }
    return files
        .claims()
        .onSuccess(claims -> last = Optional.of(claims))
        .recover(this::lastKnown)
        .map(own -> complaint(presented, own));
  }

  private Future<FederatedClaims> lastKnown(Throwable unusable) {
    return last.map(Future::succeededFuture)
        .orElseGet(
            () ->
                Future.failedFuture(
                    new TokenFailureException(
                        new TokenFailure.NoAssertion(String.valueOf(unusable.getMessage())))));
  }

  private static Optional<String> complaint(FederatedClaims presented, FederatedClaims own) {
    if (!presented.subject().equals(own.subject())) {
      return Optional.of("is not this pod's: its subject is not '" + own.subject() + "'");
    }
    return presented.issuer().equals(own.issuer())
        ? Optional.empty()
        : Optional.of("is not this pod's: its issuer is not '" + own.issuer() + "'");
  }
}
