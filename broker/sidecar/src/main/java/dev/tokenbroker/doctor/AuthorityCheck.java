package dev.tokenbroker.doctor;

import dev.tokenbroker.assembly.OneShotExchange;
import dev.tokenbroker.config.BrokerConfig;
import dev.tokenbroker.exchange.ConnectionProblem;
import java.util.Optional;

/** Checks that an HTTP answer comes from the authority: DNS, proxy, connection and TLS. */
final class AuthorityCheck {

  private AuthorityCheck() {}

  static Finding of(BrokerConfig config, OneShotExchange exchange) {
    String peer =
        config
            .entra()
            .tokenProxy()
            .map(proxy -> "The AKS token proxy " + proxy.url())
            .orElseGet(() -> "The authority " + config.entra().authority());
    Optional<ConnectionProblem> problem = exchange.reach();
    return problem
        .map(known -> finding(peer, known, config.entra().proxy().isPresent()))
        .orElseGet(() -> Finding.ok("authority", peer + " answers; its certificate is trusted"));
  }

  private static Finding finding(String peer, ConnectionProblem problem, boolean proxied) {
    String fix = problem.remedy().fix();
    String id =
        switch (problem.kind()) {
          case NAME -> proxied ? "proxy-in-the-way" : "dns";
          case PROXY -> "proxy-in-the-way";
          case ROOTS, UNTRUSTED -> "ca-missing";
          case HANDSHAKE -> "tls";
          case TIMEOUT -> "timeout";
          case CONNECTION -> proxied ? "proxy-in-the-way" : "no-connection";
          case TOO_LARGE, BROKEN -> "connection-broken";
        };
    return Finding.failed(
        id,
        peer + " does not answer",
        problem.remedy().cause(),
        fix.isEmpty() ? "Check egress rules and HTTPS_PROXY" : fix);
  }
}
