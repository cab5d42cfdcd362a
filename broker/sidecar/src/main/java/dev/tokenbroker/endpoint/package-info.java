/**
 * The listener the apps call: the guard, the paths, the dialects, and the only place where a
 * failure becomes a status and a body. It sees a token source, never the cache or the exchange.
 */
@NullMarked
package dev.tokenbroker.endpoint;

import org.jspecify.annotations.NullMarked;
