/**
 * The vocabulary of all packages: what is requested ({@link dev.tokenbroker.token.TokenKey}), what
 * comes back ({@link dev.tokenbroker.token.AccessToken}), who can answer ({@link
 * dev.tokenbroker.token.TokenSource}) and what can go wrong ({@link
 * dev.tokenbroker.token.TokenFailure}). It imports nothing of ours.
 */
@NullMarked
package dev.tokenbroker.token;

import org.jspecify.annotations.NullMarked;
