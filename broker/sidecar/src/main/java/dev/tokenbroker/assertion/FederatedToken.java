package dev.tokenbroker.assertion;

/**
 * The projected token as it was in the file at one moment; Entra takes it as client assertion.
 *
 * @param value the signed token: secret, so {@link #toString()} masks it
 * @param claims what it says of itself
 */
public record FederatedToken(String value, FederatedClaims claims) {

  @Override
  public String toString() {
    return "FederatedToken[value=***, claims=" + claims + "]";
  }
}
