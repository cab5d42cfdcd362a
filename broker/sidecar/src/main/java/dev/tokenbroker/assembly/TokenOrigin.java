package dev.tokenbroker.assembly;

import dev.tokenbroker.assertion.FederatedTokenFile;
import dev.tokenbroker.config.BrokerConfig;
import dev.tokenbroker.identity.IdentityDirectory;
import dev.tokenbroker.token.TokenKey;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** The origin of a broker's tokens, chosen by the program that starts it. */
public interface TokenOrigin {

  /**
   * Opens the upstream.
   *
   * @param context the event loop that it answers on
   * @param tokenFile the projected token; empty if the configuration names none
   * @param configured the keys that the operator named
   * @param clock for the life of tokens
   */
  TokenUpstream open(
      Vertx vertx,
      Context context,
      BrokerConfig config,
      Optional<FederatedTokenFile> tokenFile,
      Predicate<TokenKey> configured,
      Clock clock,
      RandomGenerator random);

  /** Which identities there are tokens for; by default those of the configuration. */
  default IdentityDirectory directory(BrokerConfig config) {
    return new IdentityDirectory(config.identities(), config.entra().authority().toString());
  }

  /** What a person reads on the status page: one clause, without a full stop. */
  String description();

  /** The same in a few words for the log; empty if the configuration says it all. */
  Optional<String> summary();

  /** Entra, for the pod's own token. */
  static TokenOrigin entra() {
    return entra("Entra, for the pod's own token", Optional.empty());
  }

  /** An Entra that a person should know by another description and summary. */
  static TokenOrigin entra(String description, Optional<String> summary) {
    return new TokenOrigin() {
      @Override
      public TokenUpstream open(
          Vertx vertx,
          Context context,
          BrokerConfig config,
          Optional<FederatedTokenFile> tokenFile,
          Predicate<TokenKey> configured,
          Clock clock,
          RandomGenerator random) {
        return new EntraUpstream(
            vertx, context, config, tokenFile.orElseThrow(), configured, clock, random);
      }

      @Override
      public String description() {
        return description;
      }

      @Override
      public Optional<String> summary() {
        return summary;
      }
    };
  }
}
