package dev.tokenbroker.config;

/**
 * A text somebody set, and where.
 *
 * @param label how a message names the place: the variable, or path, file and line
 */
record RawValue(String label, String text) {}
