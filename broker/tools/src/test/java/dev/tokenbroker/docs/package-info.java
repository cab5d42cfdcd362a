/**
 * Holds the documentation to the code: links, commands, error texts, alerts and the claims of
 * SECURITY.md.
 */
package dev.tokenbroker.docs;
