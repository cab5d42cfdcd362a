package dev.tokenbroker.client;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What is asked of the broker. Two equal ones share one flight.
 *
 * @param slot where the token is held
 * @param turnedAway the SHA-256, in hexadecimal, of a token that the resource no longer accepts
 */
record Ask(Slot slot, Optional<String> turnedAway) {

  private static final String DEFAULT_SCOPE = "/.default";

  /** The broker's own bound; longer than any application id URI. */
  private static final int MAX_RESOURCE_CHARS = 512;

  /**
   * A token that can be revoked mid-life is another token than one that cannot.
   *
   * @param resource what the token is for, with every slash it came with
   * @param claimsChallenges whether the app can handle a claims challenge
   */
  record Slot(String resource, boolean claimsChallenges) {}

  static Ask of(String resourceOrScope) {
    return of(resourceOrScope, false);
  }

  /** Fails with IllegalArgumentException if this cannot be a resource. */
  static Ask of(String resourceOrScope, boolean claimsChallenges) {
    return new Ask(new Slot(resource(resourceOrScope), claimsChallenges), Optional.empty());
  }

  Ask insteadOf(Token token) {
    return new Ask(slot, Optional.of(sha256(token.value())));
  }

  String resource() {
    return slot.resource();
  }

  /**
   * Cuts off exactly {@code /.default}: Entra takes everything before the last slash as the
   * audience, so {@code https://database.windows.net//.default} means the one that ends in a slash.
   */
  private static String resource(String resourceOrScope) {
    String resource =
        resourceOrScope.endsWith(DEFAULT_SCOPE)
            ? resourceOrScope.substring(0, resourceOrScope.length() - DEFAULT_SCOPE.length())
            : resourceOrScope;
    boolean printable = resource.chars().allMatch(c -> c > ' ' && c < 0x7f);
    if (resource.isEmpty() || resource.length() > MAX_RESOURCE_CHARS || !printable) {
      throw new IllegalArgumentException(
          "A resource must be 1 to 512 printable ASCII characters without a space, such as"
              + " https://vault.azure.net");
    }
    return resource;
  }

  private static String sha256(String value) {
    try {
      byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
