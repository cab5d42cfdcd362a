/**
 * The command line: one class for each subcommand, and the exit codes. The broker itself comes in
 * through {@link dev.tokenbroker.cli.BrokerStarter} and {@link dev.tokenbroker.cli.TokenFetcher}.
 */
@NullMarked
package dev.tokenbroker.cli;

import org.jspecify.annotations.NullMarked;
