/**
 * The settings: records that hold only valid values, and loaders that read the environment and one
 * YAML file and list every problem at once. Of ours it imports {@code tls} (to check PEM files) and
 * {@code token} (for GUIDs) only.
 */
@NullMarked
package dev.tokenbroker.config;

import org.jspecify.annotations.NullMarked;
