package dev.tokenbroker.doctor;

import dev.tokenbroker.assertion.FederatedClaims;
import dev.tokenbroker.assertion.FederatedTokenFile;
import dev.tokenbroker.assertion.UnusableTokenFileException;
import dev.tokenbroker.config.EntraConfig;
import dev.tokenbroker.exchange.AudienceMismatch;
import dev.tokenbroker.token.Remedy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The check that the projected token can be used, and its claims.
 *
 * @param claims what it says of itself; empty if it cannot
 */
record TokenFileCheck(List<Finding> findings, Optional<FederatedClaims> claims) {

  static TokenFileCheck of(EntraConfig entra, Clock clock) {
    // A pod's configuration always names it.
    Path file = entra.federatedTokenFile().orElseThrow();
    FederatedClaims claims;
    try {
      claims = new FederatedTokenFile(file, clock).read().claims();
    } catch (UnusableTokenFileException e) {
      return new TokenFileCheck(List.of(unusable(file, e)), Optional.empty());
    }
    Optional<Remedy> mismatch = AudienceMismatch.of(claims, entra.tokenProxy().isPresent());
    return new TokenFileCheck(
        List.of(
            mismatch
                .map(remedy -> mismatch(claims, remedy))
                .orElseGet(() -> usable(claims, clock.instant()))),
        Optional.of(claims));
  }

  /** Issuer, subject and audience: what Entra compares. */
  static String compared(FederatedClaims claims) {
    return "issuer "
        + claims.issuer()
        + ", subject "
        + claims.subject()
        + ", audience "
        + String.join(" ", claims.audience());
  }

  private static Finding usable(FederatedClaims claims, Instant now) {
    long minutes = Duration.between(now, claims.expiresAt()).toMinutes();
    return Finding.ok(
        "token-file",
        "The pod's token has "
            + compared(claims)
            + "; it expires at "
            + claims.expiresAt()
            + ", in "
            + minutes
            + " min");
  }

  private static Finding mismatch(FederatedClaims claims, Remedy remedy) {
    return Finding.failed(
        "identity-binding-mismatch",
        "The pod's token has " + compared(claims),
        remedy.cause(),
        remedy.fix());
  }

  private static Finding unusable(Path file, UnusableTokenFileException e) {
    String id =
        switch (e.kind()) {
          case MISSING -> "token-file-missing";
          case EXPIRED -> "token-file-expired";
          case UNREADABLE -> "token-file-unreadable";
          case MALFORMED -> "token-file-malformed";
        };
    return Finding.failed(
        id,
        "AZURE_FEDERATED_TOKEN_FILE is " + file,
        e.problem(),
        e.fix().isEmpty() ? "Mount the token that the kubelet projects for this pod" : e.fix());
  }
}
