/**
 * Small pieces that several packages need: a map and a body of limited size, a hash. It imports
 * nothing of ours.
 */
@NullMarked
package dev.tokenbroker.util;

import org.jspecify.annotations.NullMarked;
