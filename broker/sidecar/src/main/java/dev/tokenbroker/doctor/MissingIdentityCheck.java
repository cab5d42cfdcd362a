package dev.tokenbroker.doctor;

import dev.tokenbroker.assertion.FederatedClaims;
import dev.tokenbroker.assertion.FederatedTokenFile;
import dev.tokenbroker.assertion.UnusableTokenFileException;
import dev.tokenbroker.config.BrokerConfig;
import java.time.Clock;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The broker knows no identity: neither a client id nor a list of identities is configured. It
 * serves all the same, because callers may name a client id; those that name none get 400.
 */
public final class MissingIdentityCheck {

  private static final String FOUND =
      "AZURE_CLIENT_ID is not set, and no identities are configured";
  private static final String CAUSE =
      "Usually the service account lacks the annotation azure.workload.identity/client-id; each"
          + " request that names no client_id gets 400";

  /** Source: Kubernetes, "Service accounts": the user name of a service account. */
  private static final Pattern SUBJECT = Pattern.compile("system:serviceaccount:([^:]+):([^:]+)");

  private MissingIdentityCheck() {}

  /**
   * One line for the log; empty if an identity is configured. It reads the projected token to name
   * the service account.
   */
  public static Optional<String> warning(BrokerConfig config, Clock clock) {
    return isMissing(config)
        ? Optional.of(FOUND + ". " + CAUSE + ": " + fix(claims(config, clock)))
        : Optional.empty();
  }

  static Optional<Finding> finding(BrokerConfig config, Optional<FederatedClaims> claims) {
    return isMissing(config)
        ? Optional.of(Finding.failed("no-identity", FOUND, CAUSE, fix(claims)))
        : Optional.empty();
  }

  private static boolean isMissing(BrokerConfig config) {
    return config.entra().federatedTokenFile().isPresent() && config.identities().known().isEmpty();
  }

  private static String fix(Optional<FederatedClaims> claims) {
    Matcher account = SUBJECT.matcher(claims.map(FederatedClaims::subject).orElse(""));
    String name = account.matches() ? account.group(2) + " -n " + account.group(1) : "<name>";
    return "run kubectl annotate serviceaccount "
        + name
        + " azure.workload.identity/client-id=<client id>, then restart the pod";
  }

  private static Optional<FederatedClaims> claims(BrokerConfig config, Clock clock) {
    return config
        .entra()
        .federatedTokenFile()
        .flatMap(
            file -> {
              try {
                return Optional.of(new FederatedTokenFile(file, clock).read().claims());
              } catch (UnusableTokenFileException e) {
                // The log says so in its own line.
                return Optional.empty();
              }
            });
  }
}
