package dev.tokenbroker.migrate;

/**
 * A text that holds manifests.
 *
 * @param name the file's path, or {@code -}
 * @param text YAML or JSON, one document or several
 */
public record Source(String name, String text) {}
