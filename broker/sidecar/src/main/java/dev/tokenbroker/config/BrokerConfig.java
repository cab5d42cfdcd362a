package dev.tokenbroker.config;

import java.util.Optional;

/**
 * The whole configuration, checked.
 *
 * @param endpoint the token listener that the apps call
 * @param adminListen where probes and metrics answer
 * @param authority the Entra authority on loopback, if there is one
 * @param entra the upstream
 * @param identities for which tokens are requested
 * @param limits limits of sizes, counts and times
 * @param logFormat the format of log lines
 * @param logLevel the least severe level that is logged
 */
public record BrokerConfig(
    EndpointConfig endpoint,
    HostPort adminListen,
    Optional<AuthorityConfig> authority,
    EntraConfig entra,
    IdentitiesConfig identities,
    Limits limits,
    LogFormat logFormat,
    LogLevel logLevel) {}
