package dev.tokenbroker.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The upstream and what is sent to it.
 *
 * @param authority origin of the authority, {@code https://host[:port]}, lower case, no trailing
 *     slash
 * @param federatedTokenFile the token that Kubernetes projects, read again at every exchange; empty
 *     where there is no pod
 * @param caFile PEM certificates trusted in addition to the system's roots
 * @param proxy the outbound proxy for this authority, if there is one
 * @param tokenProxy what stands for the authority in a cluster with AKS identity bindings; reached
 *     without the outbound proxy
 */
public record EntraConfig(
    URI authority,
    Optional<Path> federatedTokenFile,
    Optional<Path> caFile,
    Optional<ProxyConfig> proxy,
    Optional<TokenProxyConfig> tokenProxy) {}
