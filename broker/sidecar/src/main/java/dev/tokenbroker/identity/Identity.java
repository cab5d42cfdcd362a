package dev.tokenbroker.identity;

/**
 * On whose behalf one token is asked.
 *
 * @param name what the operator calls it, or its client id if nobody named it
 * @param clientId its application (client) id, lower case
 * @param tenantId its tenant, lower case
 */
public record Identity(String name, String clientId, String tenantId) {}
