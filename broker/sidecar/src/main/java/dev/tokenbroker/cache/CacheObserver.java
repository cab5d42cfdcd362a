package dev.tokenbroker.cache;

/** Hears every {@link CacheEvent}, on the event loop: it must return at once and never throw. */
@FunctionalInterface
public interface CacheObserver {

  void on(CacheEvent event);
}
