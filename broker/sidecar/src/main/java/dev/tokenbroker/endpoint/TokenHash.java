package dev.tokenbroker.endpoint;

import dev.tokenbroker.token.AccessToken;
import dev.tokenbroker.util.Sha256;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The SHA-256 of a token, by which a caller names one that the resource has turned away without
 * sending it again.
 *
 * <p>Source: MSAL.NET, "Claims challenge in managed identity" ({@code token_sha256_to_refresh}).
 */
final class TokenHash {

  private static final int HEX_DIGITS = 64;

  private final byte[] digest;

  private TokenHash(byte[] digest) {
    this.digest = digest;
  }

  /** Nothing if the text is not 64 hexadecimal digits. */
  static Optional<TokenHash> parse(String hex) {
    return hex.length() == HEX_DIGITS && hex.chars().allMatch(HexFormat::isHexDigit)
        ? Optional.of(new TokenHash(HexFormat.of().parseHex(hex)))
        : Optional.empty();
  }

  boolean isOf(AccessToken token) {
    return Arrays.equals(digest, Sha256.of(token.value()));
  }
}
