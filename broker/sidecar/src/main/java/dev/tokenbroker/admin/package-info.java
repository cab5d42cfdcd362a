/**
 * Probes, metrics and readiness for the kubelet and the operator, and the status of each token for
 * people. All of it is fed by events: nothing here calls out, and nothing here can yield a token.
 */
@NullMarked
package dev.tokenbroker.admin;

import org.jspecify.annotations.NullMarked;
