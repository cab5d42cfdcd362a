package dev.tokenbroker.dev;

import dev.tokenbroker.assembly.TokenOrigin;
import dev.tokenbroker.assembly.TokenUpstream;
import dev.tokenbroker.assertion.FederatedTokenFile;
import dev.tokenbroker.config.BrokerConfig;
import dev.tokenbroker.identity.IdentityDirectory;
import dev.tokenbroker.token.TokenKey;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** Tokens of whoever is logged in with az on this machine, whichever identity a request names. */
public final class AzOrigin implements TokenOrigin {

  private final Map<String, String> environment;
  private final Optional<String> tenant;

  /**
   * An origin that has run nothing yet.
   *
   * @param environment what az runs in; other programs' secrets may be in it
   * @param tenant the tenant to ask, if not the one az is set to
   */
  public AzOrigin(Map<String, String> environment, Optional<String> tenant) {
    this.environment = Map.copyOf(environment);
    this.tenant = tenant;
  }

  @Override
  public TokenUpstream open(
      Vertx vertx,
      Context context,
      BrokerConfig config,
      Optional<FederatedTokenFile> tokenFile,
      Predicate<TokenKey> configured,
      Clock clock,
      RandomGenerator random) {
    return new AzTokenSource(vertx, environment, tenant, config.limits(), clock);
  }

  @Override
  public IdentityDirectory directory(BrokerConfig config) {
    return new DeveloperDirectory(config);
  }

  @Override
  public String description() {
    return "Your own az login on this machine"
        + tenant.map(it -> ", tenant " + it).orElse("")
        + "; there is no pod and no projected token";
  }

  @Override
  public Optional<String> summary() {
    return Optional.of("tokens of your az login");
  }
}
