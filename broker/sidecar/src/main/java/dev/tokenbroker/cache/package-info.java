/**
 * Keeps each token until it truly ends and renews it before anybody has to wait. The policy is pure
 * functions, an entry is a state machine of sealed records, and {@link
 * dev.tokenbroker.cache.CachingTokenSource} drives both on the broker's event loop.
 */
@NullMarked
package dev.tokenbroker.cache;

import org.jspecify.annotations.NullMarked;
