/** The front door. */
@NullMarked
package dev.tokenbroker;

import org.jspecify.annotations.NullMarked;
