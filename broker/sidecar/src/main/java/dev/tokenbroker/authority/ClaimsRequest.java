package dev.tokenbroker.authority;

import dev.tokenbroker.token.AccessToken;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The content of a {@code claims} parameter. az and SDKs announce by it that they can handle a
 * claims challenge ({@code xms_cc}); after a challenge it holds the time before which tokens are
 * revoked ({@code nbf}).
 *
 * <p>Source: Microsoft identity platform, "Claims challenges, claims requests and client
 * capabilities".
 *
 * @param claimsChallenges whether the caller can handle a claims challenge
 * @param revoked tells a token that a resource has turned away
 */
record ClaimsRequest(boolean claimsChallenges, Optional<Predicate<AccessToken>> revoked) {

  private static final ClaimsRequest NONE = new ClaimsRequest(false, Optional.empty());

  /** Reads the parameter; an empty one asks nothing. Empty if it is no claims request. */
  static Optional<ClaimsRequest> parse(String claims) {
    if (claims.isEmpty()) {
      return Optional.of(NONE);
    }
    try {
      JsonObject token = object(new JsonObject(claims), "access_token");
      JsonArray capabilities = object(token, "xms_cc").getJsonArray("values", new JsonArray());
      String notBefore = object(token, "nbf").getString("value", "");
      return Optional.of(
          new ClaimsRequest(
              capabilities.stream().anyMatch(each -> "cp1".equalsIgnoreCase(String.valueOf(each))),
              notBefore.isEmpty()
                  ? Optional.empty()
                  : Optional.of(issuedBefore(Long.parseLong(notBefore)))));
    } catch (DecodeException | ClassCastException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** A claim that is asked for without conditions has the value null. */
  private static JsonObject object(JsonObject in, String name) {
    JsonObject found = in.getJsonObject(name);
    return found == null ? new JsonObject() : found;
  }

  private static Predicate<AccessToken> issuedBefore(long epochSecond) {
    return token -> token.issuedAt().getEpochSecond() < epochSecond;
  }
}
