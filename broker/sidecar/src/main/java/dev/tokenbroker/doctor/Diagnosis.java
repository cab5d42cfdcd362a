package dev.tokenbroker.doctor;

import dev.tokenbroker.assembly.OneShotExchange;
import dev.tokenbroker.assembly.TokenOrigin;
import dev.tokenbroker.assertion.FederatedClaims;
import dev.tokenbroker.config.BrokerConfig;
import dev.tokenbroker.config.ConfigLoader;
import dev.tokenbroker.config.ConfigResult;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs all checks, in the order in which one depends on the other. */
public final class Diagnosis {

  private final TokenOrigin origin;
  private final Clock clock;
  private final Duration pause;

  /**
   * Creates a diagnosis; it begins with {@link #of}.
   *
   * @param origin where the broker's tokens come from
   * @param clock what the projected token's claims are held against
   * @param pause before it asks again for what becomes known within minutes
   */
  public Diagnosis(TokenOrigin origin, Clock clock, Duration pause) {
    this.origin = origin;
    this.clock = clock;
    this.pause = pause;
  }

  /**
   * Runs all checks; it blocks for as long as that takes.
   *
   * @param environment the broker's own variables
   * @param app the variables of an app container, and what they should be
   * @param resource what to ask Entra for; one that suits each identity if empty
   */
  public List<Finding> of(
      Map<String, String> environment, AppEnvironmentCheck app, Optional<String> resource) {
    List<Finding> findings = new ArrayList<>();
    ConfigResult result = ConfigLoader.load(environment);
    findings.addAll(ConfigurationCheck.of(result));
    if (result instanceof ConfigResult.Loaded loaded) {
      findings.addAll(upstream(loaded.config(), resource));
      findings.addAll(RunningBrokerCheck.of(loaded.config()));
    }
    findings.addAll(app.check());
    return findings;
  }

  private List<Finding> upstream(BrokerConfig config, Optional<String> resource) {
    List<Finding> findings = new ArrayList<>();
    TokenFileCheck tokenFile = TokenFileCheck.of(config.entra(), clock);
    findings.addAll(tokenFile.findings());
    OneShotExchange exchange = new OneShotExchange(config, origin);
    Finding authority = AuthorityCheck.of(config, exchange);
    findings.add(authority);
    Optional<FederatedClaims> claims = tokenFile.claims();
    MissingIdentityCheck.finding(config, claims).ifPresent(findings::add);
    if (claims.isEmpty()) {
      findings.add(Finding.skipped("exchange", "No exchange: there is no usable token file"));
    } else if (authority.status() == Finding.Status.FAILED) {
      findings.add(Finding.skipped("exchange", "No exchange: the authority cannot be reached"));
    } else {
      findings.addAll(new ExchangeCheck(config, exchange, pause, claims.get()).of(resource));
    }
    return findings;
  }
}
