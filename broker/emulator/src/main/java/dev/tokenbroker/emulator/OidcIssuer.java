package dev.tokenbroker.emulator;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The cluster's side: signs service account tokens, and publishes the keys to check them by. */
public final class OidcIssuer {

  private final String url;
  private final Clock clock;
  private volatile RSAKey key = newKey();
  private volatile JWKSet published = new JWKSet(key.toPublicJWK());

  public OidcIssuer(String url, Clock clock) {
    this.url = url;
    this.clock = clock;
  }

  public String url() {
    return url;
  }

  /** A projected token such as the kubelet asks the API server for. */
  public String serviceAccountToken(
      String namespace, String name, String audience, Duration lifetime) {
    Instant now = clock.instant();
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder()
            .issuer(url)
            .subject(subject(namespace, name))
            .audience(List.of(audience))
            .issueTime(Date.from(now))
            .notBeforeTime(Date.from(now))
            .expirationTime(Date.from(now.plus(lifetime)))
            .jwtID(UUID.randomUUID().toString())
            .claim(
                "kubernetes.io",
                Map.of(
                    "namespace",
                    namespace,
                    "serviceaccount",
                    Map.of("name", name, "uid", "8a1f0a6e-0000-4000-8000-000000000001")))
            .build();
    return sign(claims);
  }

  public static String subject(String namespace, String name) {
    return "system:serviceaccount:" + namespace + ":" + name;
  }

  /** The cluster signs with a new key, which the published documents know at once or not yet. */
  public void rotateKey(boolean publish) {
    key = newKey();
    if (publish) {
      published = new JWKSet(List.of(key.toPublicJWK()));
    }
  }

  /** Publishes the keys of a real cluster beside its own: what is at {@code /openid/v1/jwks}. */
  public void publish(String jwks) {
    try {
      List<JWK> keys = new ArrayList<>(published.getKeys());
      keys.addAll(JWKSet.parse(jwks).getKeys());
      published = new JWKSet(keys);
    } catch (ParseException e) {
      throw new IllegalArgumentException("no JWK set", e);
    }
  }

  /** The key with this id, if it is published. */
  Optional<RSAKey> publishedKey(String keyId) {
    return Optional.ofNullable(published.getKeyByKeyId(keyId)).map(found -> (RSAKey) found);
  }

  String jwks() {
    return published.toString();
  }

  private String sign(JWTClaimsSet claims) {
    return Jwts.sign(key, claims);
  }

  private static RSAKey newKey() {
    try {
      return new RSAKeyGenerator(2048).keyID(UUID.randomUUID().toString()).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Signs with RS256, the one algorithm that federation takes. */
  static final class Jwts {

    private Jwts() {}

    static String sign(RSAKey key, JWTClaimsSet claims) {
      try {
        SignedJWT jwt =
            new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(), claims);
        jwt.sign(new RSASSASigner(key));
        return jwt.serialize();
      } catch (JOSEException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
