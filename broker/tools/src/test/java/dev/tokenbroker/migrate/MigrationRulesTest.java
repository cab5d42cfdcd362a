package dev.tokenbroker.migrate;

import static dev.tokenbroker.migrate.Manifests.binding;
import static dev.tokenbroker.migrate.Manifests.deployment;
import static dev.tokenbroker.migrate.Manifests.identity;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenbroker.migrate.MigrationOptions.Matching;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MigrationRulesTest {

  private static final MigrationOptions UNDECIDED =
      new MigrationOptions(
          GoldenMigration.OPTIONS.tenant(),
          GoldenMigration.OPTIONS.issuer(),
          MigrationOptions.DEFAULT_AUDIENCE,
          MigrationOptions.DEFAULT_NAMESPACE,
          Optional.empty(),
          false);

  @Test
  void noMoreCredentialsAreWrittenForAnIdentityThanEntraAllows() {
    StringBuilder manifests = new StringBuilder(identity("ns0", "id", ""));
    manifests.append(binding("ns0", "id", "s"));
    for (int i = 10; i < 33; i++) {
      manifests.append(deployment("ns" + i, "app", "s", ""));
    }

    MigrationResult.Done done = migrate(manifests.toString());

    assertThat(done.files().get(Output.AZ_SCRIPT).lines().filter(l -> l.startsWith("federate '")))
        .hasSize(20);
    assertThat(done.files().keySet().stream().filter(f -> f.startsWith("3-workloads/")))
        .hasSize(20);
    assertThat(done.files())
        .containsKeys(
            "held/ns30/deployment-app.yaml",
            "held/ns31/deployment-app.yaml",
            "held/ns32/deployment-app.yaml");
    assertThat(done.report()).contains("would need 23 federated credentials; Entra allows 20");
  }

  @Test
  void anIdentityOfAnotherNamespaceDoesNotCountWherePodIdentityIsNamespaced() {
    String manifests =
        identity("a", "id", "") + binding("a", "id", "s") + deployment("b", "app", "s", "");
    MigrationOptions namespaced =
        new MigrationOptions(
            GoldenMigration.OPTIONS.tenant(),
            Optional.empty(),
            "api://x",
            "default",
            Optional.of(Matching.NAMESPACED),
            false);

    assertThat(migrate(manifests).files()).containsKey("3-workloads/b/deployment-app.yaml");
    assertThat(GoldenMigration.done(List.of(new Source("-", manifests)), namespaced))
        .satisfies(
            done -> {
              assertThat(done.files().keySet()).containsExactly(Output.REPORT);
              assertThat(done.report())
                  .contains("AzureIdentity a/id serves its own namespace only");
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "labels: {app.kubernetes.io/managed-by: Helm}",
        "annotations: {meta.helm.sh/release-name: shop}"
      })
  void aWorkloadOfHelmIsReportedBecauseTheNextUpgradeRevertsThePatch(String metadata) {
    String manifests =
        identity("a", "id", "")
            + binding("a", "id", "s")
            + deployment("a", "app", "s", "").replaceFirst("name: app", "name: app, " + metadata);

    assertThat(migrate(manifests).report()).contains("the next `helm upgrade` reverts the patch");
  }

  @Test
  void whereTheTwoWaysOfPodIdentityDifferTheUserChooses() {
    StringBuilder manifests = new StringBuilder();
    for (int team = 10; team < 30; team++) {
      for (String selector : List.of("reader", "writer", "backup")) {
        String id = selector + "-" + team;
        String clientId = Manifests.CLIENT_ID.replace("0001", "0" + team + selector.length());
        manifests.append(identity("team" + team, id, "").replace(Manifests.CLIENT_ID, clientId));
        manifests.append(binding("team" + team, id, selector));
        manifests.append(deployment("team" + team, selector, selector, ""));
      }
    }
    List<Source> sources = List.of(new Source("-", manifests.toString()));

    assertThat(Migration.of(sources, UNDECIDED)).isEqualTo(new MigrationResult.Ambiguous(60, 1200));
    assertThat(credentials(sources, Matching.NAMESPACED)).isEqualTo(60);
    assertThat(credentials(sources, Matching.CLUSTER_WIDE)).isEqualTo(1200);
  }

  @Test
  void whereTheTwoWaysOfPodIdentityAgreeNobodyIsAsked() {
    String manifests =
        identity("a", "id", "")
            + binding("a", "id", "s")
            + deployment("a", "app", "s", "")
            + identity("b", "other", "")
            + binding("b", "other", "nobody");

    assertThat(GoldenMigration.done(List.of(new Source("-", manifests)), UNDECIDED).files())
        .isEqualTo(migrate(manifests).files());
  }

  @Test
  void twoIdentitiesWithOneClientIdAreOne() {
    String manifests =
        identity("a", "one", "")
            + identity("a", "two", "")
            + binding("a", "one", "s")
            + binding("a", "two", "s")
            + deployment("a", "app", "s", "");

    assertThat(migrate(manifests).files().get("3-workloads/a/deployment-app.yaml"))
        .doesNotContain("identities-config-map");
  }

  @Test
  void aServiceAccountThatStandsForAnotherIdentityIsNotRewritten() {
    String account =
        """
        apiVersion: v1
        kind: ServiceAccount
        metadata:
          name: mine
          namespace: a
          annotations: {azure.workload.identity/client-id: eeeeeeee-0000-4000-8000-000000000001}
        ---
        """;
    String manifests =
        identity("a", "id", "")
            + binding("a", "id", "s")
            + account
            + deployment("a", "app", "s", "serviceAccountName: mine, ");

    MigrationResult.Done done = migrate(manifests);

    assertThat(done.files().keySet()).containsExactly(Output.REPORT);
    assertThat(done.report()).contains("is annotated with another client id");
  }

  @Test
  void aNewServiceAccountIsNotOneThatExistsForSomethingElse() {
    String manifests =
        identity("a", "id", "")
            + binding("a", "id", "admin")
            + "{apiVersion: v1, kind: ServiceAccount, metadata: {name: admin, namespace: a}}\n---\n"
            + deployment("a", "app", "admin", "");

    assertThat(migrate(manifests).files().get("3-workloads/a/deployment-app.yaml"))
        .contains("serviceAccountName: admin-token-broker");
  }

  @Test
  void aWorkloadThatIsCoveredByAnExceptionIsLeftAlone() {
    String exception =
        """
        apiVersion: aadpodidentity.k8s.io/v1
        kind: AzurePodIdentityException
        metadata: {name: e, namespace: %s}
        spec: {PodLabels: {unrelated: x, aadpodidbinding: s}}
        ---
        """;
    String manifests =
        identity("a", "id", "") + binding("a", "id", "s") + deployment("a", "app", "s", "");

    assertThat(migrate(manifests + exception.formatted("a")).files().keySet())
        .containsExactly(Output.REPORT);
    assertThat(migrate(manifests + exception.formatted("b")).files())
        .containsKey("3-workloads/a/deployment-app.yaml");
  }

  @Test
  void alsoWhatIsNotKubernetesOwnMakesPods() {
    String rollout =
        deployment("a", "app", "s", "")
            .replace("apps/v1", "argoproj.io/v1alpha1")
            .replace("Deployment", "Rollout");

    assertThat(migrate(identity("a", "id", "") + binding("a", "id", "s") + rollout).files())
        .containsKey("3-workloads/a/rollout-app.yaml");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {a: [                                   | in.yaml: not YAML, line 1
          {{ if x }}                              | in.yaml: a key must be a word, line 1; a Helm template? Pipe "helm template ..." in instead
          a: &x 1                                 | in.yaml: anchors are not supported, line 1; "kubectl create --dry-run=client -o yaml -f FILE" writes them out
          {a: 1, a: 2}                            | in.yaml: a key is there twice in the mapping, line 1
          {kind: ServiceAccount, metadata: {name: "../x"}} | in.yaml: a ServiceAccount has a name or namespace that Kubernetes refuses
          """)
  void whatCannotBeReadIsToldWithItsPlace(String text, String problem) {
    assertThat(Migration.of(List.of(new Source("in.yaml", text)), GoldenMigration.OPTIONS))
        .isEqualTo(new MigrationResult.Unreadable(List.of(problem)));
  }

  @Test
  void whatComesFromAManifestCannotBreakOutOfTheReport() {
    String manifests = deployment("a", "app", "\"x`|\\n# owned\"", "");

    assertThat(migrate(manifests).report())
        .contains("asks for selector `x?\\|?# owned`")
        .doesNotContain("\n# owned");
  }

  private static MigrationResult.Done migrate(String manifests) {
    return GoldenMigration.done(List.of(new Source("-", manifests)), GoldenMigration.OPTIONS);
  }

  private static long credentials(List<Source> sources, Matching matching) {
    return GoldenMigration.done(sources, UNDECIDED.with(matching))
        .files()
        .get(Output.AZ_SCRIPT)
        .lines()
        .filter(line -> line.startsWith("federate '"))
        .count();
  }
}
