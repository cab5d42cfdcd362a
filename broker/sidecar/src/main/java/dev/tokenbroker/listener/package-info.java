/**
 * The one server that each of our listeners stands on: bounded in connections, in the heap that
 * unanswered requests may take, and in patience. It knows HTTP and no endpoint. It imports nothing
 * of ours.
 */
@NullMarked
package dev.tokenbroker.listener;

import org.jspecify.annotations.NullMarked;
