package dev.tokenbroker.identity;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The principals nobody configured, by client id, once a token has been received for them. Callers
 * choose these ids, so only the most recently used are kept.
 */
final class OpenPrincipals extends LinkedHashMap<String, Principal> {

  static final int MAX = 64;

  OpenPrincipals() {
    super(16, 0.75f, true);
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<String, Principal> eldest) {
    return size() > MAX;
  }
}
