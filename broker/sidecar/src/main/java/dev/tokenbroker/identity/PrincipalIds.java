package dev.tokenbroker.identity;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.Base64;
import java.util.Optional;

/**
 * The ids, beside the client id, by which a caller may name a principal.
 *
 * @param objectId the service principal's object id
 * @param resourceId the managed identity's Azure resource id
 */
record PrincipalIds(Optional<String> objectId, Optional<String> resourceId) {

  static final PrincipalIds NONE = new PrincipalIds(Optional.empty(), Optional.empty());

  /** Entra's tokens are 1 to 4 KB; what is far longer is not worth a parse. */
  private static final int MAX_TOKEN_CHARS = 64 * 1024;

  /**
   * Reads {@code oid} and {@code xms_mirid} from an access token that Entra has just given to us.
   * The signature is not checked: the token came over TLS from the authority itself. A token that
   * is no JWT (some resources get opaque or encrypted ones) gives {@link #NONE}.
   *
   * <p>Source: <a
   * href="https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference">Access
   * token claims reference</a>.
   */
  static PrincipalIds of(String accessToken) {
    int first = accessToken.indexOf('.');
    int second = accessToken.indexOf('.', first + 1);
    if (first < 0 || second < 0 || accessToken.length() > MAX_TOKEN_CHARS) {
      return NONE;
    }
    try {
      byte[] payload = Base64.getUrlDecoder().decode(accessToken.substring(first + 1, second));
      JsonObject claims = new JsonObject(Buffer.buffer(payload));
      return new PrincipalIds(text(claims, "oid"), text(claims, "xms_mirid"));
    } catch (IllegalArgumentException | DecodeException notAJwt) {
      return NONE;
    }
  }

  private static Optional<String> text(JsonObject claims, String name) {
    return claims.getValue(name) instanceof String value && !value.isEmpty()
        ? Optional.of(value)
        : Optional.empty();
  }

  boolean isEmpty() {
    return objectId.isEmpty() && resourceId.isEmpty();
  }

  /** Returns these ids, each of them that is missing taken from the other. */
  PrincipalIds or(PrincipalIds other) {
    return new PrincipalIds(
        objectId.or(() -> other.objectId), resourceId.or(() -> other.resourceId));
  }

  boolean match(IdentitySelector selector) {
    if (selector instanceof IdentitySelector.ByObjectId asked) {
      return objectId.isPresent() && objectId.get().equalsIgnoreCase(asked.id());
    }
    return selector instanceof IdentitySelector.ByResourceId asked
        && resourceId.isPresent()
        && resourceId.get().equalsIgnoreCase(asked.id());
  }
}
