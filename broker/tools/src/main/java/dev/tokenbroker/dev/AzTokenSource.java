package dev.tokenbroker.dev;

import dev.tokenbroker.assembly.TokenUpstream;
import dev.tokenbroker.config.Limits;
import dev.tokenbroker.token.AccessToken;
import dev.tokenbroker.token.Remedy;
import dev.tokenbroker.token.TokenFailure;
import dev.tokenbroker.token.TokenFailure.Outlook;
import dev.tokenbroker.token.TokenFailure.Rejected;
import dev.tokenbroker.token.TokenFailure.Unavailable;
import dev.tokenbroker.token.TokenFailureException;
import dev.tokenbroker.token.TokenKey;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import java.util.regex.Pattern;

/**
 * Tokens of whoever is logged in with az on this machine, whatever client id the key names. It
 * blocks no event loop: az runs as a child process, and threads of its own wait for it.
 */
final class AzTokenSource implements TokenUpstream {

  private static final Logger LOG = Logger.getLogger("dev.tokenbroker.laptop");
  private static final int MAX_WAITING = 64;
  private static final String DEFAULT_SUFFIX = "/.default";

  /**
   * On Windows az is a batch file, whose arguments the shell reads once more: nothing may pass that
   * means anything to it.
   */
  private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9:/._~-]{1,512}");

  private final WorkerExecutor workers;
  private final AzProcess az;
  private final Optional<String> tenant;
  private final Clock clock;
  private int waiting;

  /**
   * A source that has run nothing yet.
   *
   * @param environment the process's own, for az
   * @param tenant the tenant to ask, if not the one az is set to
   * @param limits how long one run of az may take, and how many may run at once
   * @param clock for the life of tokens
   */
  AzTokenSource(
      Vertx vertx,
      Map<String, String> environment,
      Optional<String> tenant,
      Limits limits,
      Clock clock) {
    this.az = new AzProcess(environment, limits.exchangeTimeout());
    this.tenant = tenant;
    this.clock = clock;
    Duration longest = limits.exchangeTimeout().plusSeconds(10);
    this.workers =
        vertx.createSharedWorkerExecutor(
            "az", limits.concurrentExchanges(), longest.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Never: az has no circuit breaker before it, and retries by itself. */
  @Override
  public boolean isResting() {
    return false;
  }

  @Override
  public Future<AccessToken> token(TokenKey key) {
    if (waiting >= MAX_WAITING) {
      return Future.failedFuture(
          new TokenFailureException(
              new Unavailable(
                  "Too many tokens are asked of az at once", Optional.of(Duration.ofSeconds(1)))));
    }
    Future<AccessToken> token = workers.executeBlocking(() -> ask(key), false);
    // After a call that may throw: a place that nobody holds would never be given back.
    waiting++;
    return token.onComplete(done -> waiting--);
  }

  /** Logs whose tokens these will be, or what to do first. */
  @Override
  public void announce() {
    workers
        .executeBlocking(
            () -> AzAccount.of(run(List.of("account", "show", "--output", "json"))), false)
        .onSuccess(account -> LOG.info(() -> "tokens are those of " + account))
        .onFailure(error -> LOG.warning(() -> describe(TokenFailureException.failureOf(error))));
  }

  private static String describe(TokenFailure failure) {
    String hint = failure instanceof Rejected rejected ? ". " + rejected.hint() : "";
    return "no tokens yet: " + failure.message() + hint;
  }

  private AccessToken ask(TokenKey key) throws TokenFailureException {
    String scope = key.scope();
    String resource =
        scope.endsWith(DEFAULT_SUFFIX)
            ? scope.substring(0, scope.length() - DEFAULT_SUFFIX.length())
            : scope;
    if (!HARMLESS.matcher(resource).matches()) {
      throw rejected(
          "invalid_resource",
          "This resource cannot be asked of az: it holds other characters than letters, digits and"
              + " : / . _ ~ -",
          Optional.empty());
    }
    List<String> arguments =
        new ArrayList<>(
            List.of("account", "get-access-token", "--resource=" + resource, "--output", "json"));
    tenant.ifPresent(named -> arguments.add("--tenant=" + named));
    String printed = run(arguments);
    return AzToken.of(printed, clock.instant(), Clock.systemUTC().instant(), ZoneId.systemDefault())
        .orElseThrow(
            () ->
                new TokenFailureException(
                    new Unavailable(
                        "az ended well, but printed no token that is valid now; see what"
                            + " 'az account get-access-token' prints",
                        Optional.empty())));
  }

  /** What az prints to standard output if it ends well. */
  private String run(List<String> arguments) throws TokenFailureException {
    try {
      AzProcess.Ended ended = az.run(arguments);
      if (ended.exitCode() == 0) {
        return ended.out();
      }
      throw new TokenFailureException(AzError.of(ended.err()).failure(login()));
    } catch (AzProcess.MissingException e) {
      throw rejected(
          "az_not_found",
          "The Azure CLI (az) is not on the PATH of token-broker",
          Optional.of(
              Remedy.of("", "Install it (https://aka.ms/azure-cli), then run:")
                  .withCommand(login())));
    } catch (AzProcess.SlowException e) {
      throw new TokenFailureException(
          new Unavailable(
              "az did not answer within " + az.timeout().toSeconds() + " s", Optional.empty()));
    } catch (IOException e) {
      throw rejected("az_failed", "az cannot be started: " + e.getMessage(), Optional.empty());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TokenFailureException(
          new Unavailable("token-broker is stopping", Optional.empty()));
    }
  }

  private String login() {
    return "az login" + tenant.map(named -> " --tenant " + named).orElse("");
  }

  private static TokenFailureException rejected(
      String error, String message, Optional<Remedy> remedy) {
    return new TokenFailureException(
        new Rejected(error, 0, message, "none", remedy, Outlook.PROPAGATING));
  }

  @Override
  public void close() {
    az.close();
    workers.close();
  }
}
