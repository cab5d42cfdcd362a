package dev.tokenbroker.identity;

import dev.tokenbroker.config.IdentitiesConfig;
import dev.tokenbroker.config.IdentityConfig;
import dev.tokenbroker.token.AccessToken;
import dev.tokenbroker.token.Guid;
import dev.tokenbroker.token.TokenKey;
import dev.tokenbroker.util.BoundedMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the identity that a request means and the resources that it may be asked for. Client ids,
 * object ids and resource ids are compared without regard to case. Ids that are not configured are
 * learned from the tokens that Entra issues; an id that stays unknown never falls back to the
 * default identity.
 *
 * <p>Confined to the event loop.
 */
public class IdentityDirectory {

  /** Callers choose these client ids, so only the most recently used are kept. */
  static final int MAX_OPEN = 64;

  private static final Resolution NOT_FOUND = new Resolution.NotFound();
  private static final Resolution NO_DEFAULT = new Resolution.NoDefault();

  private final String authority;
  private final Optional<String> openTenant;
  private final Map<String, Principal> known = new LinkedHashMap<>();
  private final Map<Identity, AllowedResources> allowed = new HashMap<>();

  /** The principals nobody configured, by client id, once a token has been received for them. */
  private final Map<String, Principal> open = BoundedMap.leastRecentlyUsed(MAX_OPEN);

  private final Resolution whenNoneIsNamed;

  /**
   * @param config the identities, and whether other client ids may be used too
   * @param authority origin of the authority, {@code https://host[:port]}, lower case, no trailing
   *     slash
   */
  public IdentityDirectory(IdentitiesConfig config, String authority) {
    this.authority = authority;
    this.openTenant = config.openTenant();
    for (IdentityConfig identity : config.known()) {
      PrincipalIds ids = new PrincipalIds(identity.objectId(), identity.resourceId());
      known.put(identity.clientId(), new Principal(identityOf(identity), ids));
      identity
          .allowedResources()
          .ifPresent(list -> allowed.put(identityOf(identity), new AllowedResources(list)));
    }
    this.whenNoneIsNamed =
        config
            .defaultIdentity()
            .<Resolution>map(identity -> new Resolution.Found(identityOf(identity)))
            .orElse(NO_DEFAULT);
  }

  private static Identity identityOf(IdentityConfig config) {
    return new Identity(config.name(), config.clientId(), config.tenantId());
  }

  /** Finds the identity a request means. */
  public Resolution resolve(IdentitySelector selector) {
    if (selector instanceof IdentitySelector.None) {
      return whenNoneIsNamed;
    }
    return selector instanceof IdentitySelector.ByClientId asked
        ? resolveClientId(asked.id().toLowerCase(Locale.ROOT))
        : resolveLearned(selector);
  }

  private Resolution resolveClientId(String clientId) {
    Principal principal = known.get(clientId);
    if (principal != null) {
      return principal.found();
    }
    return openTenant.isPresent() && Guid.isGuid(clientId)
        ? new Resolution.Found(new Identity(clientId, clientId, openTenant.get()))
        : NOT_FOUND;
  }

  private Resolution resolveLearned(IdentitySelector selector) {
    for (Principal principal : known.values()) {
      if (principal.isMeantBy(selector)) {
        return principal.found();
      }
    }
    for (Principal principal : open.values()) {
      if (principal.isMeantBy(selector)) {
        return principal.found();
      }
    }
    List<Identity> candidates = new ArrayList<>();
    for (Principal principal : known.values()) {
      if (principal.couldBeMeantBy(selector)) {
        candidates.add(principal.identity());
      }
    }
    return candidates.isEmpty() ? NOT_FOUND : new Resolution.Unlearned(candidates);
  }

  /**
   * Learns the object id and the resource id of the identity a token was issued to. To be called
   * for every exchange; a token that is not a JWT teaches nothing.
   */
  public void learn(TokenKey key, AccessToken token) {
    Principal principal = known.get(key.clientId());
    if (principal == null && openTenant.filter(key.tenant()::equals).isPresent()) {
      principal = open.computeIfAbsent(key.clientId(), id -> unnamed(id, key.tenant()));
    }
    if (principal != null) {
      principal.learn(token);
    }
  }

  private static Principal unnamed(String clientId, String tenant) {
    return new Principal(new Identity(clientId, clientId, tenant), PrincipalIds.NONE);
  }

  /** Returns the configured identities' names, in the order of the configuration. */
  public List<String> names() {
    return known.values().stream().map(principal -> principal.identity().name()).toList();
  }

  /**
   * Returns the configured identity that has this client id, or this object id or resource id as
   * far as they are known.
   */
  public Optional<Identity> configuredBy(String id) {
    Principal named = known.get(id.toLowerCase(Locale.ROOT));
    if (named != null) {
      return Optional.of(named.identity());
    }
    return known.values().stream()
        .filter(
            each ->
                each.isMeantBy(new IdentitySelector.ByObjectId(id))
                    || each.isMeantBy(new IdentitySelector.ByResourceId(id)))
        .map(Principal::identity)
        .findFirst();
  }

  /** Returns whether this client id, in lower case, is configured. */
  public boolean isConfigured(String clientId) {
    return known.containsKey(clientId);
  }

  /** Returns whether policy lets this identity be asked for this resource. */
  public boolean allows(Identity identity, String resource) {
    AllowedResources list = allowed.get(identity);
    return list == null || list.contains(resource);
  }

  /** Returns the key of the token for this identity and resource. */
  public TokenKey keyFor(Identity identity, String resource) {
    return keyForScope(identity, TokenKey.scopeOf(resource));
  }

  /** Returns the key of the token for this identity and scope. */
  public TokenKey keyForScope(Identity identity, String scope) {
    return new TokenKey(authority, identity.tenantId(), identity.clientId(), scope);
  }
}
