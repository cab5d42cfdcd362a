package dev.tokenbroker.identity;

import dev.tokenbroker.token.TokenKey;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The resources one identity may be asked for. They are compared as scopes, because {@code R} and
 * {@code R/.default} bring the same token: neither may be a way around the list for the other.
 */
final class AllowedResources {

  private static final String ANY = "*";

  private final boolean any;
  private final Set<String> scopes;

  AllowedResources(List<String> resources) {
    this.any = resources.contains(ANY);
    this.scopes = resources.stream().map(TokenKey::scopeOf).collect(Collectors.toUnmodifiableSet());
  }

  boolean contains(String resource) {
    return any || scopes.contains(TokenKey.scopeOf(resource));
  }
}
