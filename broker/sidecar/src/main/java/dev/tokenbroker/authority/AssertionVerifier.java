package dev.tokenbroker.authority;

import io.vertx.core.Future;
import java.util.Optional;

/** Tells the federated tokens of this pod from all others. */
@FunctionalInterface
public interface AssertionVerifier {

  /**
   * Compares an assertion with the pod's own. One that has expired is as good as a fresh one: who
   * shows it was given it in this pod.
   *
   * <p>Called on the broker's event loop, and the future completes on it.
   *
   * @param assertion as it was presented
   * @return why it is not this pod's, in plain words and without quoting it; empty if it is one;
   *     failed with a {@link dev.tokenbroker.token.TokenFailureException} if the pod's own is not
   *     known
   */
  Future<Optional<String>> verify(String assertion);
}
