/**
 * The program for a person's machine: the sidecar's subcommands, and {@code dev} and {@code
 * migrate}, which no pod needs.
 */
@NullMarked
package dev.tokenbroker.tools;

import org.jspecify.annotations.NullMarked;
