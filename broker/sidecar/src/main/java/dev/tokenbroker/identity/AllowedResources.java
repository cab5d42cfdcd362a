package dev.tokenbroker.identity;

import dev.tokenbroker.token.TokenKey;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The resources one identity may be asked for. {@code R}, {@code R/} and {@code R/.default} are one
 * resource: their tokens open the same service, and SDKs of one service differ in the slash. The
 * token's audience stays as the caller asked for it.
 */
final class AllowedResources {

  private static final String ANY = "*";

  private final boolean any;
  private final Set<String> resources;

  AllowedResources(List<String> resources) {
    this.any = resources.contains(ANY);
    this.resources =
        resources.stream().map(TokenKey::bareResource).collect(Collectors.toUnmodifiableSet());
  }

  boolean contains(String resource) {
    return any || resources.contains(TokenKey.bareResource(resource));
  }
}
