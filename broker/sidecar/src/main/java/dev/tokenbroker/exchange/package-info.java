/**
 * Swaps the federated token for an Entra token: the circuit breakers, the retries, the request that
 * msal4j builds, and the HTTP transport to Entra.
 */
@NullMarked
package dev.tokenbroker.exchange;

import org.jspecify.annotations.NullMarked;
