package dev.tokenbroker.authority;

import dev.tokenbroker.endpoint.ErrorResponse;
import dev.tokenbroker.endpoint.TokenRequest;
import dev.tokenbroker.endpoint.TokenRequestParser;
import dev.tokenbroker.endpoint.UrlEncoded;
import dev.tokenbroker.identity.IdentitySelector;
import dev.tokenbroker.token.TokenKey;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a {@link ParsedGrant.Grant} from the form of a token request (RFC 6749 §4.4, RFC 7523
 * §2.2). Whatever is not listed here is ignored.
 */
final class GrantParser {

  private static final String JWT_BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
  private static final String DEFAULT = "/.default";

  /** MSAL adds these to every scope; they say nothing without a user. */
  private static final Set<String> USER_SCOPES = Set.of("openid", "profile", "offline_access");

  private static final List<String> NAMES =
      List.of(
          "grant_type",
          "client_id",
          "client_assertion_type",
          "client_assertion",
          "scope",
          "resource",
          "claims");

  private static final ParsedGrant BROKEN =
      new ParsedGrant.Rejected(ErrorResponse.invalid("The form is not valid URL encoding"));
  private static final ParsedGrant TWICE =
      new ParsedGrant.Rejected(ErrorResponse.invalid("A parameter is given more than once"));
  private static final ParsedGrant GRANT_TYPE =
      new ParsedGrant.Rejected(
          ErrorResponse.oauth(
              "unsupported_grant_type", "Only grant_type=client_credentials is served here"));
  private static final ParsedGrant CLIENT_ID =
      new ParsedGrant.Rejected(
          ErrorResponse.invalid("The parameter client_id is missing or too long"));
  private static final ParsedGrant ASSERTION =
      new ParsedGrant.Rejected(
          ErrorResponse.oauth(
              "invalid_client",
              "A client_assertion of the client_assertion_type "
                  + JWT_BEARER
                  + " is required: the federated token of this pod; secrets and certificates are for"
                  + " Entra itself"));
  private static final ParsedGrant SCOPE =
      new ParsedGrant.Rejected(
          ErrorResponse.oauth(
              "invalid_scope", "The scope must be one resource followed by /.default"));
  private static final ParsedGrant RESOURCE =
      new ParsedGrant.Rejected(
          ErrorResponse.invalid(
              "The parameter resource must be 1 to 512 printable ASCII characters"));
  private static final ParsedGrant CLAIMS =
      new ParsedGrant.Rejected(
          ErrorResponse.invalid("The parameter claims must be a claims request in JSON"));

  private final Map<String, String> parameters = new HashMap<>();

  private GrantParser() {}

  /** A form for the v2.0 endpoint, which names a scope. */
  static ParsedGrant version2(String form) {
    GrantParser parser = new GrantParser();
    return parser.take(form).orElseGet(() -> parser.grant(parser.scope(), SCOPE));
  }

  /** A form for the v1 endpoint, which names a resource. */
  static ParsedGrant version1(String form) {
    GrantParser parser = new GrantParser();
    return parser.take(form).orElseGet(() -> parser.grant(parser.get("resource"), RESOURCE));
  }

  private Optional<ParsedGrant> take(String form) {
    UrlEncoded pairs = new UrlEncoded(form);
    while (pairs.next()) {
      Optional<String> name = NAMES.stream().filter(pairs::nameIs).findFirst();
      if (name.isPresent()) {
        Optional<String> value = pairs.value();
        if (value.isEmpty()) {
          return Optional.of(BROKEN);
        }
        if (parameters.put(name.get(), value.get()) != null) {
          return Optional.of(TWICE);
        }
      }
    }
    return Optional.empty();
  }

  private ParsedGrant grant(String target, ParsedGrant badTarget) {
    if (!get("grant_type").equals("client_credentials")) {
      return GRANT_TYPE;
    }
    if (!get("client_assertion_type").equals(JWT_BEARER) || get("client_assertion").isEmpty()) {
      return ASSERTION;
    }
    String clientId = get("client_id");
    if (clientId.isEmpty() || clientId.length() > TokenRequestParser.MAX_VALUE_CHARS) {
      return CLIENT_ID;
    }
    if (target.isEmpty() || !TokenRequestParser.isResource(target)) {
      return badTarget;
    }
    return ClaimsRequest.parse(get("claims"))
        .<ParsedGrant>map(
            claims ->
                new ParsedGrant.Grant(
                    get("client_assertion"),
                    new TokenRequest(
                        target,
                        TokenKey.scopeOf(target),
                        new IdentitySelector.ByClientId(clientId),
                        Optional.empty(),
                        claims.claimsChallenges(),
                        claims.revoked())))
        .orElse(CLAIMS);
  }

  /** The one scope that names a resource; empty if there is none, or more than one. */
  private String scope() {
    List<String> scopes =
        Arrays.stream(get("scope").split(" ", -1))
            .filter(scope -> !scope.isEmpty() && !USER_SCOPES.contains(scope))
            .toList();
    boolean one = scopes.size() == 1 && scopes.get(0).endsWith(DEFAULT);
    return one && scopes.get(0).length() > DEFAULT.length() ? scopes.get(0) : "";
  }

  private String get(String name) {
    return parameters.getOrDefault(name, "");
  }
}
