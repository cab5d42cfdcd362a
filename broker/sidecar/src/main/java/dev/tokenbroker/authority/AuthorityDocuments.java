package dev.tokenbroker.authority;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Renders the documents in which an authority describes itself. Whatever it names has the host that
 * the client asked: MSAL refuses an issuer of another one.
 *
 * <p>Source: OpenID Connect Discovery 1.0 §4; MSAL Python, {@code authority.py}.
 */
final class AuthorityDocuments {

  private static final String CONFIGURATION = "/.well-known/openid-configuration";

  /** A tenant's id or domain: it gets into the document. */
  private static final Pattern TENANT = Pattern.compile("[a-z0-9.-]{1,253}");

  private final String upstream;

  /**
   * @param upstream origin of the real authority, whose keys sign the tokens
   */
  AuthorityDocuments(String upstream) {
    this.upstream = upstream;
  }

  /**
   * The document on a path.
   *
   * @param host as in the {@code Host} header, checked
   * @param path below the tenant, lower case
   */
  Optional<Buffer> find(String host, String tenant, String path) {
    if (!TENANT.matcher(tenant).matches()) {
      return Optional.empty();
    }
    return switch (path) {
      case "/v2.0" + CONFIGURATION -> Optional.of(configuration(host, tenant, "/v2.0"));
      case CONFIGURATION -> Optional.of(configuration(host, tenant, ""));
      case "/discovery/instance" -> Optional.of(instance(host, tenant));
      default -> Optional.empty();
    };
  }

  private Buffer configuration(String host, String tenant, String version) {
    String base = "https://" + host + "/" + tenant;
    return new JsonObject()
        .put("issuer", base + (version.isEmpty() ? "/" : version))
        .put("token_endpoint", base + "/oauth2" + version + "/token")
        // Nobody can log in here, but MSAL wants it named.
        .put("authorization_endpoint", base + "/oauth2" + version + "/authorize")
        .put("jwks_uri", upstream + "/" + tenant + "/discovery" + version + "/keys")
        .put("grant_types_supported", new JsonArray().add("client_credentials"))
        .put("token_endpoint_auth_methods_supported", new JsonArray().add("private_key_jwt"))
        .put("response_types_supported", new JsonArray().add("token"))
        .put("subject_types_supported", new JsonArray().add("pairwise"))
        .put("id_token_signing_alg_values_supported", new JsonArray().add("RS256"))
        .toBuffer();
  }

  private static Buffer instance(String host, String tenant) {
    return new JsonObject()
        .put(
            "tenant_discovery_endpoint", "https://" + host + "/" + tenant + "/v2.0" + CONFIGURATION)
        .put("api-version", "1.1")
        .put(
            "metadata",
            new JsonArray()
                .add(
                    new JsonObject()
                        .put("preferred_network", host)
                        .put("preferred_cache", host)
                        .put("aliases", new JsonArray().add(host))))
        .toBuffer();
  }
}
