package dev.tokenbroker.endpoint;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The secret that App Service hands to an app as {@code IDENTITY_HEADER}. Without one configured,
 * any value that is not empty will do: a request forged through somebody else cannot set a header
 * at all, and that is then the only thing it guards against.
 */
final class IdentitySecret {

  private static final Optional<ErrorResponse> PASS = Optional.empty();
  private static final Optional<ErrorResponse> WRONG =
      Optional.of(
          ErrorResponse.of(
              401,
              RequestOutcome.UNPROVEN,
              "unauthorized",
              "The secret is missing or wrong: send the value of IDENTITY_HEADER or MSI_SECRET in the"
                  + " header X-IDENTITY-HEADER or secret"));

  private final Optional<byte[]> secret;

  IdentitySecret(Optional<String> secret) {
    this.secret = secret.map(IdentitySecret::bytes);
  }

  /** Compares in a time that does not depend on the secret. */
  Optional<ErrorResponse> check(@Nullable String presented) {
    if (presented == null || presented.isEmpty()) {
      return WRONG;
    }
    return secret.isEmpty() || MessageDigest.isEqual(secret.get(), bytes(presented)) ? PASS : WRONG;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
