package dev.tokenbroker.doctor;

import dev.tokenbroker.assembly.OneShotExchange;
import dev.tokenbroker.assertion.FederatedClaims;
import dev.tokenbroker.config.BrokerConfig;
import dev.tokenbroker.config.IdentityConfig;
import dev.tokenbroker.token.Aadsts;
import dev.tokenbroker.token.AccessToken;
import dev.tokenbroker.token.Remedy;
import dev.tokenbroker.token.TokenFailure;
import dev.tokenbroker.token.TokenFailure.Outlook;
import dev.tokenbroker.token.TokenFailure.Rejected;
import dev.tokenbroker.token.TokenFailureException;
import dev.tokenbroker.token.TokenKey;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Exchanges one token for each identity, and explains a failure. */
final class ExchangeCheck {

  /** A federated credential that was created just now is known everywhere within minutes. */
  private static final int TRIES = 3;

  private static final String LIST_CREDENTIALS =
      "az identity federated-credential list --identity-name <identity> --resource-group <group>";
  private static final String DEFAULT_FIX = "See the correlation id in the tenant's sign-in logs";
  private static final Set<String> OF_CREDENTIAL =
      Set.of("no-federated-credential", "issuer-differs", "audience-differs", "subject-differs");
  private static final Set<String> OF_RESOURCE = Set.of("unknown-resource", "malformed-resource");

  private final BrokerConfig config;
  private final OneShotExchange exchange;
  private final Duration pause;
  private final FederatedClaims pod;

  ExchangeCheck(
      BrokerConfig config, OneShotExchange exchange, Duration pause, FederatedClaims pod) {
    this.config = config;
    this.exchange = exchange;
    this.pause = pause;
    this.pod = pod;
  }

  List<Finding> of(Optional<String> resource) {
    if (config.identities().known().isEmpty()) {
      return List.of(
          Finding.skipped("exchange", "No exchange: no identity is configured (AZURE_CLIENT_ID)"));
    }
    return config.identities().known().stream()
        .flatMap(identity -> of(identity, resource.orElseGet(() -> suitable(identity))))
        .toList();
  }

  private Stream<Finding> of(IdentityConfig identity, String resource) {
    if (identity.allowedResources().filter(list -> !isIn(list, resource)).isPresent()) {
      return Stream.of(notAllowed(identity, resource));
    }
    String who = "Identity " + identity.name() + " (" + identity.clientId() + ")";
    Optional<Rejected> first = Optional.empty();
    for (int attempt = 1; ; attempt++) {
      try {
        AccessToken token = exchange.token(Optional.of(identity.clientId()), resource);
        return Stream.of(accepted(who, resource, token, first));
      } catch (TokenFailureException e) {
        if (!(e.failure() instanceof Rejected rejected)) {
          return Stream.of(unavailable(who, e.failure()));
        }
        if (rejected.outlook() != Outlook.PROPAGATING || attempt == TRIES) {
          return Stream.of(rejected(who, identity, resource, rejected));
        }
        first = Optional.of(first.orElse(rejected));
        pause();
      }
    }
  }

  private void pause() {
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * The first resource that it is meant for, or else Azure's own interface, which every tenant
   * knows.
   */
  private String suitable(IdentityConfig identity) {
    return Stream.concat(
            identity.prefetch().stream(),
            identity.allowedResources().stream().flatMap(List::stream))
        .findFirst()
        .orElseGet(() -> resourceManager(config.entra().authority()));
  }

  /** A resource that every tenant of a cloud knows (Azure documentation, "National clouds"). */
  private static String resourceManager(URI authority) {
    String host = authority.getHost();
    if (host.endsWith(".us")) {
      return "https://management.usgovcloudapi.net/";
    }
    return host.endsWith(".cn")
        ? "https://management.chinacloudapi.cn/"
        : "https://management.azure.com/";
  }

  private static Finding accepted(
      String who, String resource, AccessToken token, Optional<Rejected> before) {
    String found =
        who
            + " has a token for "
            + resource
            + ", valid for "
            // A token ends at a whole second and is issued within one: to the nearest minute.
            + Duration.between(token.issuedAt(), token.expiresAt()).plusSeconds(30).toMinutes()
            + " min";
    return before
        .map(
            refusal ->
                Finding.warning(
                    "propagation-delay",
                    found + "; at first: " + refusal.message(),
                    "The federated credential was created or changed just now, and not every server"
                        + " of Entra knows it yet",
                    "Wait some minutes; the broker asks again by itself"))
        .orElseGet(() -> Finding.ok("exchange", found));
  }

  /** As the broker compares: a slash at the end may differ. */
  private static boolean isIn(List<String> allowed, String resource) {
    String bare = TokenKey.bareResource(resource);
    return allowed.stream()
        .anyMatch(each -> each.equals("*") || TokenKey.bareResource(each).equals(bare));
  }

  private static Finding notAllowed(IdentityConfig identity, String resource) {
    List<String> allowed = identity.allowedResources().orElseThrow();
    Optional<String> near =
        ResourceSpelling.otherSpellings(resource).stream().filter(allowed::contains).findFirst();
    String found = "Identity " + identity.name() + " may not ask for " + resource;
    return near.map(
            spelled ->
                Finding.failed(
                    "resource-spelling",
                    found,
                    "Only "
                        + spelled
                        + " is allowed, and "
                        + ResourceSpelling.difference(resource, spelled),
                    "Have the caller ask for " + spelled + ", or allow both"))
        .orElseGet(
            () ->
                Finding.failed(
                    "resource-not-allowed",
                    found,
                    "It is not among the identity's allowed resources",
                    "Add it to allowedResources, or ask for one of " + String.join(" ", allowed)));
  }

  private static Finding unavailable(String who, TokenFailure failure) {
    return Finding.failed(
        failure instanceof TokenFailure.Throttled ? "throttled" : "entra-unavailable",
        who + " has no token",
        failure.message(),
        "Wait: the broker asks again by itself, and serves the tokens that it holds");
  }

  private Finding rejected(String who, IdentityConfig identity, String resource, Rejected refusal) {
    String id = idOf(refusal);
    String found = who + ", resource " + resource + ": " + refusal.message();
    if (OF_RESOURCE.contains(id)) {
      Optional<String> other = knownSpelling(identity, resource);
      if (other.isPresent()) {
        return Finding.failed(
            "resource-spelling",
            found,
            "Entra knows "
                + other.get()
                + ", and "
                + ResourceSpelling.difference(resource, other.get()),
            "Ask for " + other.get());
      }
    }
    if (OF_CREDENTIAL.contains(id)) {
      found +=
          " The pod's token has "
              + TokenFileCheck.compared(pod)
              + "; what Entra has for the identity shows: "
              + LIST_CREDENTIALS;
    }
    String cause = refusal.remedy().map(Remedy::cause).orElse("");
    String fix = refusal.remedy().map(Remedy::action).orElse("");
    return Finding.failed(
        id, found, cause.isEmpty() ? "Entra refuses" : cause, fix.isEmpty() ? DEFAULT_FIX : fix);
  }

  private String idOf(Rejected refusal) {
    if (refusal.aadsts() == 0 && config.entra().tokenProxy().isPresent()) {
      return "token-proxy-refuses";
    }
    return Aadsts.of(refusal.aadsts()).map(Aadsts::name).orElse(Aadsts.REFUSED);
  }

  /** Finds another spelling that Entra accepts. */
  private Optional<String> knownSpelling(IdentityConfig identity, String resource) {
    for (String other : ResourceSpelling.otherSpellings(resource)) {
      try {
        exchange.token(Optional.of(identity.clientId()), other);
        return Optional.of(other);
      } catch (TokenFailureException e) {
        // Not this one either.
      }
    }
    return Optional.empty();
  }
}
