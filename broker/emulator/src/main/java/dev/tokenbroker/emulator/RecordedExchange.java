package dev.tokenbroker.emulator;

/**
 * One call of the token endpoint.
 *
 * @param outcome {@code token}, an AADSTS code such as {@code AADSTS700016}, or {@code fault}
 */
public record RecordedExchange(String tenant, String clientId, String scope, String outcome) {}
