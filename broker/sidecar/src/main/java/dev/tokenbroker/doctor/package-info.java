/**
 * Looks at a pod the way an operator would, and says what is wrong, why, and what mends it. It
 * reads, asks and compares, changes nothing, and shows of a token its claims only.
 */
@NullMarked
package dev.tokenbroker.doctor;

import org.jspecify.annotations.NullMarked;
