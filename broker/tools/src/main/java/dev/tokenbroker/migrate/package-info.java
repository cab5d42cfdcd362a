/**
 * Migrates from AAD Pod Identity to workload identity with the broker: {@link
 * dev.tokenbroker.migrate.Migration} is a function from manifests to a report and files. Nothing
 * here reads a file, starts a program or touches a cluster. Manifests are edited as YAML nodes, so
 * that quotes, order and comments of what is not concerned stay as they were.
 */
@NullMarked
package dev.tokenbroker.migrate;

import org.jspecify.annotations.NullMarked;
