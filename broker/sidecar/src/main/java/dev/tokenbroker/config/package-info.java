/**
 * What the operator asked for: records that hold only valid values, and a loader that reads the
 * environment and one YAML file and lists every problem at once. It imports nothing of ours.
 */
@NullMarked
package dev.tokenbroker.config;

import org.jspecify.annotations.NullMarked;
