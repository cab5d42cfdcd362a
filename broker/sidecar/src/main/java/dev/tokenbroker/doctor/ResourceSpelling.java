package dev.tokenbroker.doctor;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The ways in which one resource is mistaken for another: the slash at its end, which Entra takes
 * for a part of the audience, and {@code /.default}, which belongs to a scope.
 */
final class ResourceSpelling {

  private ResourceSpelling() {}

  /** The likely other spellings, without this one. */
  static Set<String> otherSpellings(String resource) {
    String bare = resource.replaceAll("/*\\.default/*$", "").replaceAll("/+$", "");
    Set<String> spellings = new LinkedHashSet<>();
    spellings.add(bare);
    spellings.add(bare + "/");
    spellings.remove(resource);
    return spellings;
  }

  static String difference(String asked, String known) {
    if (asked.contains(".default")) {
      return "/.default belongs to a scope, not to a resource";
    }
    return known.endsWith("/")
        ? "the slash at the end is missing"
        : "the slash at the end is too much";
  }
}
