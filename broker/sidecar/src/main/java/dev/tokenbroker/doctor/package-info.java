/**
 * Looks at a pod the way an operator would, and tells what is wrong, why, and how to fix it. It
 * reads, asks and compares, changes nothing, and shows of a token its claims only.
 */
@NullMarked
package dev.tokenbroker.doctor;

import org.jspecify.annotations.NullMarked;
