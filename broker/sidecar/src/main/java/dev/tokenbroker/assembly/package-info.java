/**
 * Builds a broker from its configuration, starts it, drains it and stops it. It knows no
 * subcommand.
 */
@NullMarked
package dev.tokenbroker.assembly;

import org.jspecify.annotations.NullMarked;
