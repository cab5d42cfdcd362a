package dev.tokenbroker;

import dev.tokenbroker.cache.CacheEvent;
import dev.tokenbroker.cache.CacheListener;
import dev.tokenbroker.token.TokenFailure;
import dev.tokenbroker.token.TokenKey;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What the operator reads at 3 a.m.: each failure once when it begins, with cause and fix, and once
 * when it is over. A failure that repeats itself says nothing new and is logged at debug level
 * only.
 */
final class ExchangeLog implements CacheListener {

  private static final Logger LOG = Logger.getLogger("dev.tokenbroker.exchange");
  private static final int REMEMBERED = 256;

  private final Map<TokenKey, String> failing =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<TokenKey, String> eldest) {
          return size() > REMEMBERED;
        }
      };

  @Override
  public void on(CacheEvent event) {
    if (event instanceof CacheEvent.Exchanged exchanged) {
      Level level = failing.remove(exchanged.key()) == null ? Level.FINE : Level.INFO;
      LOG.log(
          level,
          () -> "token for " + name(exchanged.key()) + ", until " + exchanged.token().expiresAt());
    } else if (event instanceof CacheEvent.ExchangeFailed failed) {
      String text = describe(failed.failure());
      boolean isNew = isNew(failed, text);
      LOG.log(
          isNew ? Level.WARNING : Level.FINE,
          () ->
              "no token for "
                  + name(failed.key())
                  + (failed.stillServing() ? " (still serving the one held)" : "")
                  + ": "
                  + text);
    }
  }

  /**
   * What was not even asked says nothing that the failures before it did not, and a caller who
   * invents resources would fill the log with it.
   */
  private boolean isNew(CacheEvent.ExchangeFailed failed, String text) {
    return !(failed.failure() instanceof TokenFailure.NotAsked)
        && !text.equals(failing.put(failed.key(), text));
  }

  private static String name(TokenKey key) {
    return key.scope() + " as " + key.clientId();
  }

  private static String describe(TokenFailure failure) {
    return failure instanceof TokenFailure.Rejected rejected
        ? rejected.message() + " " + rejected.hint()
        : failure.message();
  }
}
