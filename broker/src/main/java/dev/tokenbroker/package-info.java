/**
 * The front door and the wiring: {@code Main} turns arguments into a subcommand, {@code Broker}
 * puts the rooms together, starts them, drains them and stops them.
 */
@NullMarked
package dev.tokenbroker;

import org.jspecify.annotations.NullMarked;
