/** The command line: one class for each subcommand, the help, and the exit codes. */
@NullMarked
package dev.tokenbroker.cli;

import org.jspecify.annotations.NullMarked;
