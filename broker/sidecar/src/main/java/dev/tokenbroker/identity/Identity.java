package dev.tokenbroker.identity;

/**
 * An identity for which tokens are requested.
 *
 * @param name its name in the configuration, or its client id if nobody named it
 * @param clientId its application (client) id, lower case
 * @param tenantId its tenant, lower case
 */
public record Identity(String name, String clientId, String tenantId) {}
