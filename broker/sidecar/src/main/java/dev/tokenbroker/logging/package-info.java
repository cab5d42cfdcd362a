/**
 * The broker's log: java.util.logging set up in code, one line for each event on standard error, as
 * text or as JSON. Whatever is logged, a line stays one line and tokens stay hidden.
 */
@NullMarked
package dev.tokenbroker.logging;

import org.jspecify.annotations.NullMarked;
