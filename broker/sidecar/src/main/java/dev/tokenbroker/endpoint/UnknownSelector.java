package dev.tokenbroker.endpoint;

import java.util.Optional;
import java.util.Set;

/**
 * An id under a name that no endpoint of Azure documents. IMDS and NMI ignore such a parameter, so
 * the caller gets the default identity's token and hears nothing of it.
 *
 * @param spelling the name as the caller wrote it
 * @param id the value, unchecked
 */
record UnknownSelector(String spelling, String id) {

  /** Names without dashes and underscores, lower case, that can only be meant as a selector. */
  private static final Set<String> NAMES =
      Set.of(
          "clientid",
          "objectid",
          "principalid",
          "miresid",
          "msiresid",
          "resourceid",
          "miclientid",
          "msiclientid",
          "miobjectid",
          "msiobjectid",
          "identityid",
          "managedidentityclientid",
          "userassignedclientid",
          "userassignedidentityid");

  private static final int MAX_NAME_CHARS = 40;

  /** What the pair was meant as; nothing if it is any other parameter, or has no value. */
  static Optional<UnknownSelector> of(UrlEncoded pair) {
    return pair.name()
        .filter(name -> name.length() <= MAX_NAME_CHARS && NAMES.contains(plain(name)))
        .flatMap(
            name ->
                pair.value().filter(id -> !id.isEmpty()).map(id -> new UnknownSelector(name, id)));
  }

  private static String plain(String name) {
    StringBuilder plain = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c != '_' && c != '-') {
        plain.append(c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c);
      }
    }
    return plain.toString();
  }
}
