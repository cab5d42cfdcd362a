/**
 * What a person wants to see of a running broker: each token's life, the last refusal with its fix,
 * recent events. Fed by events; it never calls out, and it never holds a token.
 */
@NullMarked
package dev.tokenbroker.status;

import org.jspecify.annotations.NullMarked;
