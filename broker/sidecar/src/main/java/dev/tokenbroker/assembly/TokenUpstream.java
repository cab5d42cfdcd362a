package dev.tokenbroker.assembly;

import dev.tokenbroker.token.TokenSource;
import java.util.Optional;

/** The token source behind the cache, as long as a broker runs. */
public interface TokenUpstream extends TokenSource, AutoCloseable {

  /** Whether it fails at once for now, because nobody answers. */
  boolean isResting();

  /** Says in the log what there is to say before the first token. */
  void announce();

  /** How many threads have not come back from their work. */
  default int stuckThreads() {
    return 0;
  }

  /** Why its work is not done as it should be; empty while it is. */
  default Optional<String> obstacle() {
    return Optional.empty();
  }

  @Override
  void close();
}
