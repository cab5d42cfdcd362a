package dev.tokenbroker.endpoint;

import dev.tokenbroker.util.BoundedMap;
import java.util.Map;

/**
 * Remembers the targets asked for most recently: an app sends the same few, and taking one apart
 * costs more than answering it. What a target means depends on its text alone, so nothing here can
 * be out of date.
 *
 * <p>Confined to the event loop.
 */
final class RequestTargets {

  static final int MAX = 128;

  /** A longer one is rare and is taken apart each time: at most a quarter megabyte is held. */
  private static final int MAX_CHARS = 1024;

  private final Map<String, RequestTarget> recent = BoundedMap.leastRecentlyUsed(MAX);

  RequestTarget of(String uri) {
    RequestTarget target = recent.get(uri);
    if (target == null) {
      target = RequestTarget.of(uri);
      if (uri.length() <= MAX_CHARS) {
        recent.put(uri, target);
      }
    }
    return target;
  }
}
