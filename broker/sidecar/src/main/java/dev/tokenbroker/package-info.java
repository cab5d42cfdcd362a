/** The sidecar's program. */
@NullMarked
package dev.tokenbroker;

import org.jspecify.annotations.NullMarked;
