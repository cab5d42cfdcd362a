package dev.tokenbroker.emulator;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;

/** Signs access tokens with the claims that Entra's have. */
final class EntraTokens {

  private final RSAKey key;

  EntraTokens() {
    try {
      key = new RSAKeyGenerator(2048).keyID("emulator").generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  String issue(ManagedIdentity identity, String audience, boolean claimsChallenges, Instant now) {
    JWTClaimsSet.Builder claims =
        new JWTClaimsSet.Builder()
            .audience(audience)
            .issuer("https://sts.windows.net/" + identity.tenantId() + "/")
            .issueTime(Date.from(now))
            .notBeforeTime(Date.from(now))
            .expirationTime(Date.from(now.plus(identity.tokenLifetime())))
            .claim("appid", identity.clientId())
            .claim("appidacr", "2")
            .claim("idp", "https://sts.windows.net/" + identity.tenantId() + "/")
            .claim("idtyp", "app")
            .claim("oid", identity.objectId())
            .subject(identity.objectId())
            .claim("tid", identity.tenantId())
            .claim("uti", UUID.randomUUID().toString())
            .claim("ver", "1.0");
    identity.resourceId().ifPresent(id -> claims.claim("xms_mirid", id));
    if (claimsChallenges) {
      claims.claim("xms_cc", List.of("cp1"));
    }
    return OidcIssuer.Jwts.sign(key, claims.build());
  }

  String jwks() {
    return "{\"keys\":[" + key.toPublicJWK().toJSONString() + "]}";
  }
}
