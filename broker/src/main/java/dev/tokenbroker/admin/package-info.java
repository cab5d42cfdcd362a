/**
 * What the operator and the kubelet look at: probes, metrics and readiness, all fed by events.
 * Nothing here calls out, and nothing here can yield a token.
 */
@NullMarked
package dev.tokenbroker.admin;

import org.jspecify.annotations.NullMarked;
