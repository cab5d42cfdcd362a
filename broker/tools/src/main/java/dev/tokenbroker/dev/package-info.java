/**
 * The origins of tokens on a developer's machine: the developer's own {@code az}, run as a child
 * process in place of an exchange, or an emulated Entra.
 */
@NullMarked
package dev.tokenbroker.dev;

import org.jspecify.annotations.NullMarked;
