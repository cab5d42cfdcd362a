package dev.tokenbroker.identity;

import dev.tokenbroker.token.AccessToken;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/** Makes access tokens that look like Entra's. */
public final class Tokens {

  public static final Instant ISSUED = Instant.parse("2026-11-24T10:00:00Z");

  private Tokens() {}

  /** A JWT with this payload; its signature is nonsense, which nobody here looks at. */
  public static AccessToken jwt(String claims) {
    return opaque(base64("{\"alg\":\"RS256\",\"typ\":\"JWT\"}") + "." + base64(claims) + ".c2ln");
  }

  public static AccessToken of(String objectId) {
    return jwt("{\"oid\":\"" + objectId + "\"}");
  }

  public static AccessToken opaque(String value) {
    return new AccessToken(value, ISSUED, ISSUED.plusSeconds(3599), Optional.empty());
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
