/**
 * Threads for what may block: bounded in number and in time, so that no read of a file and no
 * library can hold up a caller for ever. It imports nothing of ours.
 */
@NullMarked
package dev.tokenbroker.threads;

import org.jspecify.annotations.NullMarked;
