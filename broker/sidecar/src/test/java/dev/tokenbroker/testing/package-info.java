/** Helpers that tests of several packages and modules share. */
package dev.tokenbroker.testing;
