/**
 * An Entra authority on loopback, for clients that bring the pod's federated token themselves: its
 * listener, its documents, the token requests it takes and the error bodies of Entra. What a token
 * request then becomes is the endpoint's matter.
 */
@NullMarked
package dev.tokenbroker.authority;

import org.jspecify.annotations.NullMarked;
