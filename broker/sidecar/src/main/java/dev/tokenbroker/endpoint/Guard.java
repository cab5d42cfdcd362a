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
 * own check and the policy come after it.
 */
public final class Guard {

  private static final Optional<ErrorResponse> PASS = Optional.empty();
  private static final Optional<ErrorResponse> REMOTE =
      Optional.of(ErrorResponse.guarded("Tokens are given to callers in the same pod only"));
  private static final Optional<ErrorResponse> PROXIED =
      Optional.of(ErrorResponse.guarded("Requests that came through a proxy are not answered"));

  private static final CharSequence[] PROXY_HEADERS = {
    HttpHeaders.createOptimized("X-Forwarded-For"),
    HttpHeaders.createOptimized("Forwarded"),
    HttpHeaders.createOptimized("X-Forwarded-Host")
  };

  private final boolean allowRemotePeers;
  private final HostNames hostNames;
  private final Optional<ErrorResponse> wrongHost;
  private final OwnAddresses ownAddresses = new OwnAddresses();

  public Guard(boolean allowRemotePeers, HostNames hostNames) {
    this.allowRemotePeers = allowRemotePeers;
    this.hostNames = hostNames;
    this.wrongHost =
        Optional.of(
            ErrorResponse.guarded(
                "The Host header must be there once and name " + hostNames.describe()));
  }

  /** The error to answer with; nothing if the request may go on. */
  Optional<ErrorResponse> check(
      @Nullable SocketAddress peer, RequestTarget target, MultiMap headers) {
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
