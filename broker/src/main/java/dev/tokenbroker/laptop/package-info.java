/**
 * The broker on a developer's machine: tokens of the developer's own {@code az}, run as a child
 * process at the exchange's place; or of an emulated Entra, if its jar is at hand.
 */
@NullMarked
package dev.tokenbroker.laptop;

import org.jspecify.annotations.NullMarked;
