package dev.tokenbroker.endpoint;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.net.SocketAddress;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns away whoever must not even ask, before any work is done: callers from outside the pod, web
 * pages (DNS rebinding) and proxies that were talked into fetching our URL (SSRF). The dialect's
 * own proof and the policy come after it.
 */
final class Guard {

  private static final Optional<Refusal> PASS = Optional.empty();
  private static final Optional<Refusal> REMOTE =
      Optional.of(Refusal.guarded("Tokens are given to callers in the same pod only"));
  private static final Optional<Refusal> PROXIED =
      Optional.of(Refusal.guarded("Requests that came through a proxy are not answered"));

  private static final CharSequence[] PROXY_HEADERS = {
    HttpHeaders.createOptimized("X-Forwarded-For"),
    HttpHeaders.createOptimized("Forwarded"),
    HttpHeaders.createOptimized("X-Forwarded-Host")
  };

  private final boolean allowRemotePeers;
  private final HostNames hostNames;
  private final Optional<Refusal> wrongHost;
  private final OwnAddresses ownAddresses = new OwnAddresses();

  Guard(boolean allowRemotePeers, HostNames hostNames) {
    this.allowRemotePeers = allowRemotePeers;
    this.hostNames = hostNames;
    this.wrongHost =
        Optional.of(
            Refusal.guarded("The Host header must be there once and name " + hostNames.shown()));
  }

  /** Why the request is refused; nothing if it may go on. */
  Optional<Refusal> check(@Nullable SocketAddress peer, RequestTarget target, MultiMap headers) {
    if (!allowRemotePeers && !ownAddresses.contain(peer)) {
      return REMOTE;
    }
    List<String> hosts = headers.getAll(HttpHeaders.HOST);
    if (hosts.size() != 1 || !hostNames.allow(hosts.get(0))) {
      return wrongHost;
    }
    // RFC 9112 §3.2.2: the authority of an absolute-form target outranks Host.
    if (target.authority().isPresent() && !hostNames.allow(target.authority().get())) {
      return wrongHost;
    }
    for (CharSequence name : PROXY_HEADERS) {
      if (headers.contains(name)) {
        return PROXIED;
      }
    }
    return PASS;
  }
}
