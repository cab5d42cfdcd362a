package dev.tokenbroker.util;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A map of limited size: when an entry too many is put in, the eldest leaves. It is for whatever
 * callers choose the keys of.
 *
 * <p>Not safe for use by several threads.
 */
public final class BoundedMap<K, V> extends LinkedHashMap<K, V> {

  private static final long serialVersionUID = 1L;

  private final int max;

  private BoundedMap(int max, boolean byUse) {
    super(16, 0.75f, byUse);
    this.max = max;
  }

  /** A map that drops the entry that was read or put the longest time ago. */
  public static <K, V> BoundedMap<K, V> leastRecentlyUsed(int max) {
    return new BoundedMap<>(max, true);
  }

  /** A map that drops the entry whose key was put in first. */
  public static <K, V> BoundedMap<K, V> firstInFirstOut(int max) {
    return new BoundedMap<>(max, false);
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
    return size() > max;
  }
}
