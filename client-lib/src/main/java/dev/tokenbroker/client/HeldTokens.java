package dev.tokenbroker.client;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The tokens at hand. Bounded: the one that was not asked for the longest leaves first. */
final class HeldTokens {

  static final int MAX_TOKENS = 64;

  /** How long a broker that could not renew a still valid token is left alone. */
  private static final Duration QUIET = Duration.ofSeconds(30);

  private record Held(Token token, Instant renewFrom) {}

  private static final class LeastRecentlyUsed extends LinkedHashMap<Ask.Slot, Held> {

    private static final long serialVersionUID = 1L;

    LeastRecentlyUsed() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<Ask.Slot, Held> eldest) {
      return size() > MAX_TOKENS;
    }
  }

  private final Map<Ask.Slot, Held> tokens = new LeastRecentlyUsed();

  /** One that nobody need think about yet. */
  synchronized Optional<Token> fresh(Ask.Slot slot, Instant now) {
    return held(slot, now).filter(held -> now.isBefore(held.renewFrom())).map(Held::token);
  }

  /** One that may still be used. */
  synchronized Optional<Token> valid(Ask.Slot slot, Instant now) {
    return held(slot, now).map(Held::token);
  }

  synchronized void put(Ask.Slot slot, Token token) {
    tokens.put(slot, new Held(token, token.refreshAt()));
  }

  synchronized void renewalFailed(Ask.Slot slot, Instant now) {
    tokens.computeIfPresent(slot, (same, held) -> new Held(held.token(), now.plus(QUIET)));
  }

  private Optional<Held> held(Ask.Slot slot, Instant now) {
    return Optional.ofNullable(tokens.get(slot)).filter(held -> held.token().isValidAt(now));
  }
}
