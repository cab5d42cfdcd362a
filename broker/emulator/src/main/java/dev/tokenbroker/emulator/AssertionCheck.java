package dev.tokenbroker.emulator;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;

/** Checks a client assertion as Entra does, in Entra's order. */
final class AssertionCheck {

  private final OidcIssuer issuer;

  AssertionCheck(OidcIssuer issuer) {
    this.issuer = issuer;
  }

  /** Why the assertion does not prove the identity; empty if it does. */
  Optional<AadstsError> refuse(
      String assertion, List<FederatedCredential> credentials, Instant now) {
    try {
      SignedJWT jwt = SignedJWT.parse(assertion);
      JWTClaimsSet claims = jwt.getJWTClaimsSet();
      return refuseMatch(claims, credentials)
          .or(() -> refuseSignature(jwt))
          .or(() -> refuseTimes(claims, now));
    } catch (ParseException e) {
      return Optional.of(AadstsError.malformedAssertion());
    }
  }

  private static Optional<AadstsError> refuseMatch(
      JWTClaimsSet claims, List<FederatedCredential> credentials) {
    String audience = String.join(",", claims.getAudience());
    if (credentials.isEmpty()) {
      return Optional.of(AadstsError.noCredentials());
    }
    List<FederatedCredential> sameIssuer =
        credentials.stream().filter(each -> each.issuer().equals(claims.getIssuer())).toList();
    if (sameIssuer.isEmpty()) {
      return Optional.of(AadstsError.issuerDiffers(claims.getIssuer()));
    }
    List<FederatedCredential> sameSubject =
        sameIssuer.stream().filter(each -> each.subject().equals(claims.getSubject())).toList();
    if (sameSubject.isEmpty()) {
      return Optional.of(AadstsError.subjectDiffers(claims.getSubject()));
    }
    return sameSubject.stream().anyMatch(each -> each.audience().equals(audience))
        ? Optional.empty()
        : Optional.of(AadstsError.audienceDiffers(audience));
  }

  private Optional<AadstsError> refuseSignature(SignedJWT jwt) {
    Optional<RSAKey> key = issuer.publishedKey(String.valueOf(jwt.getHeader().getKeyID()));
    if (key.isEmpty()) {
      return Optional.of(AadstsError.unknownKey());
    }
    try {
      return jwt.verify(new RSASSAVerifier(key.get()))
          ? Optional.empty()
          : Optional.of(AadstsError.badSignature());
    } catch (JOSEException e) {
      return Optional.of(AadstsError.badSignature());
    }
  }

  private static Optional<AadstsError> refuseTimes(JWTClaimsSet claims, Instant now) {
    Instant notBefore = instant(claims.getNotBeforeTime());
    Instant expiry = instant(claims.getExpirationTime());
    return now.isBefore(notBefore) || !now.isBefore(expiry)
        ? Optional.of(AadstsError.outsideValidity(now, notBefore, expiry))
        : Optional.empty();
  }

  private static Instant instant(Date date) {
    return date == null ? Instant.EPOCH : date.toInstant();
  }
}
