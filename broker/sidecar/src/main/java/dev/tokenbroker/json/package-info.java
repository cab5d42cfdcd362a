/**
 * Reads JSON that somebody else wrote, within limits: whatever arrives, it costs a bounded amount
 * of stack and heap, or is turned away. It imports nothing of ours.
 */
@NullMarked
package dev.tokenbroker.json;

import org.jspecify.annotations.NullMarked;
