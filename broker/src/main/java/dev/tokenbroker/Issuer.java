package dev.tokenbroker;

import dev.tokenbroker.assertion.FederatedTokenFile;
import dev.tokenbroker.config.BrokerConfig;
import dev.tokenbroker.config.Credential;
import dev.tokenbroker.token.TokenKey;
import dev.tokenbroker.token.TokenSource;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** Where the cache gets its tokens: Entra for a pod, az for a developer. */
interface Issuer extends TokenSource, AutoCloseable {

  /** Whether it fails at once for now, because nobody answers. */
  boolean isResting();

  /** How many threads have not come back from their work. */
  default int stuckThreads() {
    return 0;
  }

  /** Why its work is not done as it should be; empty while it is. */
  default Optional<String> obstacle() {
    return Optional.empty();
  }

  /** Says in the log what there is to say before the first token. */
  void announce();

  @Override
  void close();

  /**
   * The one that the configuration's credential is for.
   *
   * @param configured the keys that the operator named
   */
  static Issuer of(
      Vertx vertx,
      Context context,
      BrokerConfig config,
      Optional<FederatedTokenFile> tokenFile,
      Predicate<TokenKey> configured,
      Clock clock,
      RandomGenerator random) {
    Credential credential = config.entra().credential();
    if (credential instanceof Credential.AzLogin login) {
      return new AzUpstream(vertx, config, login, clock);
    }
    return new Upstream(vertx, context, config, tokenFile.orElseThrow(), configured, clock, random);
  }

  /** The projected token; empty where none is needed. */
  static Optional<FederatedTokenFile> tokenFile(BrokerConfig config, Clock wall) {
    return config.entra().federatedTokenFile().map(path -> new FederatedTokenFile(path, wall));
  }
}
