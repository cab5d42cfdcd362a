/**
 * Swaps the federated token for an Entra token: the msal4j adapter, its HTTP transport, the table
 * of remedies and the retries. It sees the assertion and the vocabulary, nothing else.
 */
@NullMarked
package dev.tokenbroker.exchange;

import org.jspecify.annotations.NullMarked;
