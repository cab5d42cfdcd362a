/**
 * Reads the projected (federated) token that the kubelet rotates under us: the file as it is now,
 * its claims, and why it cannot be used.
 */
@NullMarked
package dev.tokenbroker.assertion;

import org.jspecify.annotations.NullMarked;
