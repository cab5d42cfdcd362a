package dev.tokenbroker.endpoint;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Optional;

/**
 * Turns away whoever must not even ask, before any work is done: callers from outside the pod, web
 * pages (DNS rebinding) and proxies that were talked into fetching our URL (SSRF). The dialect's
 * own proof and the policy come after it.
 */
final class Guard {

  private static final Optional<Refusal> PASS = Optional.empty();
  private static final Optional<Refusal> REMOTE =
      Optional.of(Refusal.guarded("Tokens are given to callers in the same pod only"));
  private static final Optional<Refusal> HOST =
      Optional.of(
          Refusal.guarded(
              "The Host header must be there once and name 169.254.169.254 or localhost"));
  private static final Optional<Refusal> PROXIED =
      Optional.of(Refusal.guarded("Requests that came through a proxy are not answered"));

  private static final CharSequence[] PROXY_HEADERS = {
    HttpHeaders.createOptimized("X-Forwarded-For"),
    HttpHeaders.createOptimized("Forwarded"),
    HttpHeaders.createOptimized("X-Forwarded-Host")
  };

  private final boolean allowRemotePeers;
  private final HostNames hostNames;
  private final OwnAddresses ownAddresses = new OwnAddresses();

  Guard(boolean allowRemotePeers, HostNames hostNames) {
    this.allowRemotePeers = allowRemotePeers;
    this.hostNames = hostNames;
  }

  /** Why the request is refused; nothing if it may go on. */
  Optional<Refusal> check(HttpServerRequest request, RequestTarget target) {
    if (!allowRemotePeers && !ownAddresses.contain(request.remoteAddress())) {
      return REMOTE;
    }
    MultiMap headers = request.headers();
    List<String> hosts = headers.getAll(HttpHeaders.HOST);
    if (hosts.size() != 1 || !hostNames.allow(hosts.get(0))) {
      return HOST;
    }
    // RFC 9112 §3.2.2: the authority of an absolute-form target outranks Host.
    if (target.authority().isPresent() && !hostNames.allow(target.authority().get())) {
      return HOST;
    }
    for (CharSequence name : PROXY_HEADERS) {
      if (headers.contains(name)) {
        return PROXIED;
      }
    }
    return PASS;
  }
}
