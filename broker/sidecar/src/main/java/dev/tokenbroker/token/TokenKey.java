package dev.tokenbroker.token;

/**
 * Identifies an Entra token. The client assertion is left out on purpose: it rotates every few
 * minutes, and a cache keyed by it would miss at each rotation.
 *
 * @param authority the authority's origin, {@code https://host[:port]}, lower case, no trailing
 *     slash
 * @param tenant the tenant's id or verified domain, lower case
 * @param clientId the application (client) id, lower case
 * @param scope the scope as Entra takes it, {@code <resource>/.default}, byte for byte
 * @param claimsChallenges whether the caller can handle a claims challenge (the client capability
 *     {@code cp1}); Entra then gives a token that may be revoked before its end, which must not go
 *     to a caller who cannot
 */
public record TokenKey(
    String authority, String tenant, String clientId, String scope, boolean claimsChallenges) {

  private static final String DEFAULT_SUFFIX = "/.default";

  /** A key for a caller who cannot handle claims challenges, as nearly all. */
  public TokenKey(String authority, String tenant, String clientId, String scope) {
    this(authority, tenant, clientId, scope, false);
  }

  /** The same token, for a caller who can handle claims challenges. */
  public TokenKey handlingClaimsChallenges() {
    return new TokenKey(authority, tenant, clientId, scope, true);
  }

  /**
   * Turns a resource into the scope Entra expects. A slash is never trimmed or added: Entra takes
   * all that stands before the last slash as the audience, so {@code https://database.windows.net/}
   * becomes {@code https://database.windows.net//.default}, and that is right. A value that already
   * ends in {@code /.default} is a scope and stays as it is.
   *
   * <p>Source: Microsoft identity platform, "Scopes and permissions", trailing slash in the
   * resource.
   */
  public static String scopeOf(String resource) {
    return resource.endsWith(DEFAULT_SUFFIX) ? resource : resource + DEFAULT_SUFFIX;
  }

  /**
   * The resource without {@code /.default} and without one slash at its end: to compare by, never
   * to ask with.
   */
  public static String bareResource(String resource) {
    String bare =
        resource.endsWith(DEFAULT_SUFFIX)
            ? resource.substring(0, resource.length() - DEFAULT_SUFFIX.length())
            : resource;
    return bare.endsWith("/") ? bare.substring(0, bare.length() - 1) : bare;
  }
}
