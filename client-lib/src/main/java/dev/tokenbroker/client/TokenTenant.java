package dev.tokenbroker.client;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/** The tenant that a token is from. Nothing is verified here: that is the resource's business. */
final class TokenTenant {

  private TokenTenant() {}

  /** The {@code tid} claim; nothing if the token cannot be read. */
  static Optional<String> of(Token token) {
    String[] parts = token.value().split("\\.", -1);
    if (parts.length != 3) {
      return Optional.empty();
    }
    try {
      byte[] claims = Base64.getUrlDecoder().decode(parts[1]);
      return Optional.ofNullable(
          FlatJson.parse(new String(claims, StandardCharsets.UTF_8)).get("tid"));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Whether two tenants cannot be the same: a domain name says nothing about a GUID. */
  static boolean differ(String one, String other) {
    return isGuid(one) && isGuid(other) && !one.equalsIgnoreCase(other);
  }

  private static boolean isGuid(String tenant) {
    try {
      return UUID.fromString(tenant).toString().equalsIgnoreCase(tenant);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
