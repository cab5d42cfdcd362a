package dev.tokenbroker.assertion;

import java.time.Instant;
import java.util.List;

/**
 * The claims of a projected token. None of it is secret.
 *
 * @param issuer {@code iss}: the cluster's OIDC issuer, exactly as Entra must know it
 * @param subject {@code sub}: {@code system:serviceaccount:<namespace>:<name>}
 * @param audience {@code aud}
 * @param issuedAt {@code iat}; the epoch if the token has none
 * @param expiresAt {@code exp}
 */
public record FederatedClaims(
    String issuer, String subject, List<String> audience, Instant issuedAt, Instant expiresAt) {

  public FederatedClaims {
    audience = List.copyOf(audience);
  }
}
