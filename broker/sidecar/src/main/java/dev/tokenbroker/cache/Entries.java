package dev.tokenbroker.cache;

import dev.tokenbroker.token.TokenKey;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The entries, bounded. Pinned keys (the configured ones) have room of their own, so that a caller
 * who invents resources can never push them out.
 */
final class Entries {

  private final Map<TokenKey, Entry> pinned = new HashMap<>();
  private final LinkedHashMap<TokenKey, Entry> others = new LinkedHashMap<>(16, 0.75f, true);
  private final int capacity;
  private final Consumer<Entry> onDrop;

  Entries(int capacity, Consumer<Entry> onDrop) {
    this.capacity = capacity;
    this.onDrop = onDrop;
  }

  @Nullable Entry get(TokenKey key) {
    Entry entry = pinned.get(key);
    return entry != null ? entry : others.get(key);
  }

  /** An entry that a caller brought in moves over, with all who wait on it. */
  Entry pin(TokenKey key, Instant now) {
    Entry entry = get(key);
    if (entry == null) {
      entry = new Entry(key, now);
    }
    others.remove(key);
    pinned.put(key, entry);
    entry.pin();
    return entry;
  }

  /** Makes room if need be. Null if every place is taken by an exchange under way. */
  @Nullable Entry admit(TokenKey key, Instant now) {
    if (others.size() >= capacity && !makeRoom(now)) {
      return null;
    }
    Entry entry = new Entry(key, now);
    others.put(key, entry);
    return entry;
  }

  void forEach(Consumer<Entry> action) {
    pinned.values().forEach(action);
    others.values().forEach(action);
  }

  void dropIf(Predicate<Entry> unwanted) {
    Iterator<Entry> each = others.values().iterator();
    while (each.hasNext()) {
      Entry entry = each.next();
      if (unwanted.test(entry)) {
        each.remove();
        onDrop.accept(entry);
      }
    }
  }

  int size() {
    return pinned.size() + others.size();
  }

  /** What serves nobody goes first; then the one that was not asked for longest. */
  private boolean makeRoom(Instant now) {
    return dropFirst(entry -> !entry.state().inFlight() && !entry.state().servesAt(now))
        || dropFirst(entry -> !entry.state().inFlight());
  }

  private boolean dropFirst(Predicate<Entry> choice) {
    Iterator<Entry> leastRecentFirst = others.values().iterator();
    while (leastRecentFirst.hasNext()) {
      Entry entry = leastRecentFirst.next();
      if (choice.test(entry)) {
        leastRecentFirst.remove();
        onDrop.accept(entry);
        return true;
      }
    }
    return false;
  }
}
