/** The subcommands for a person's machine, {@code dev} and {@code migrate}: no pod needs them. */
@NullMarked
package dev.tokenbroker.tools;

import org.jspecify.annotations.NullMarked;
