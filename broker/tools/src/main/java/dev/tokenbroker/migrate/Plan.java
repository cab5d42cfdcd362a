package dev.tokenbroker.migrate;

import dev.tokenbroker.migrate.Credentials.CredentialPlan;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;

/**
 * The plan of a migration.
 *
 * @param assignments workloads that can be patched
 * @param held those of them that wait for a person
 * @param credentials to create; no more for an identity than Entra allows
 * @param neededCredentials how many there would be without that limit
 * @param excepted titles of workloads that an exception covers
 * @param unusedBindings names
 */
record Plan(
    List<Assignment> assignments,
    Set<Assignment> held,
    SortedSet<CredentialPlan> credentials,
    int neededCredentials,
    List<MigrationFinding> findings,
    List<String> excepted,
    List<String> unusedBindings) {

  boolean isHeld(Assignment assignment) {
    return held.contains(assignment);
  }
}
