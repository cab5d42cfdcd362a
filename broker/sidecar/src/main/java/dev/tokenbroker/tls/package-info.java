/**
 * Certificates: those of the broker's own TLS listeners (read from files, or made by a private CA
 * whose key is forgotten at once), the files by which clients learn to trust them, and the roots by
 * which the broker verifies Entra. It imports nothing of ours.
 */
@NullMarked
package dev.tokenbroker.tls;

import org.jspecify.annotations.NullMarked;
