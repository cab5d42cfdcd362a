package dev.tokenbroker.exchange;

import dev.tokenbroker.token.TokenKey;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Circuit} for each identity in trouble. Bounded, since a caller can invent client ids:
 * the identity whose trouble began first is forgotten first, and then merely asked for again.
 */
final class IdentityCircuits {

  static final int MOST = 256;

  /** So many answers "Entra cannot" in a row stop an identity. */
  private static final int THRESHOLD = 5;

  /** Entra throttles and fails by application and tenant. */
  private record Identity(String tenant, String clientId) {

    static Identity of(TokenKey key) {
      return new Identity(key.tenant(), key.clientId());
    }
  }

  private final Map<Identity, Circuit> troubled =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Identity, Circuit> eldest) {
          return size() > MOST;
        }
      };

  /** The one of the key's identity; null if that has no trouble. */
  @Nullable Circuit of(TokenKey key) {
    return troubled.get(Identity.of(key));
  }

  /** The one of the key's identity, from now on remembered. */
  Circuit remember(TokenKey key) {
    return troubled.computeIfAbsent(
        Identity.of(key),
        identity ->
            new Circuit(
                THRESHOLD, "Entra does not serve client id " + identity.clientId() + " for now"));
  }

  /** An exchange of the key's identity was answered. */
  void answered(TokenKey key) {
    troubled.remove(Identity.of(key));
  }

  int size() {
    return troubled.size();
  }
}
