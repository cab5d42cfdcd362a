package dev.tokenbroker.config;

import java.util.Optional;

/**
 * Everything the broker is told, checked.
 *
 * @param endpoint the token listener that the apps call
 * @param adminListen where probes and metrics answer
 * @param authority the Entra authority on loopback, if there is one
 * @param entra the upstream
 * @param identities on whose behalf tokens are asked
 * @param limits what keeps one pod's broker small
 * @param logFormat how log lines look
 * @param logLevel how much is logged
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
