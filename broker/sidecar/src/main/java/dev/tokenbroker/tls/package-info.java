/**
 * Certificates of the broker's own TLS listeners: read from files, or made by a private CA whose
 * key is forgotten at once, and the files by which clients learn to trust it. It imports nothing of
 * ours.
 */
@NullMarked
package dev.tokenbroker.tls;

import org.jspecify.annotations.NullMarked;
