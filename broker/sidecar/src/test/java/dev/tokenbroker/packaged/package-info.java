/**
 * Tests of the packaged jar and of the options that the image runs it with: start, log, size of the
 * jar, and memory allocated per request.
 */
package dev.tokenbroker.packaged;
