package dev.tokenbroker.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenbroker.config.ConfigLoader;
import dev.tokenbroker.config.ConfigResult;
import dev.tokenbroker.migrate.MigrationOptions.Matching;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class MigrationTest {

  static List<GoldenMigration> migrations() {
    return GoldenMigration.all();
  }

  @ParameterizedTest
  @MethodSource("migrations")
  void manifestsBecomeWhatTheGoldenFilesSay(GoldenMigration golden) {
    MigrationResult.Done done = GoldenMigration.done(golden.in(), GoldenMigration.OPTIONS);

    if (Boolean.getBoolean("golden.write")) {
      golden.write(done.files());
    }
    assertThat(done.files()).isEqualTo(golden.expected());
    assertThat(done.report()).isEqualTo(done.files().get("report.md"));
  }

  @ParameterizedTest
  @MethodSource("migrations")
  void theOrderOfFilesDoesNotMatter(GoldenMigration golden) {
    List<Source> reversed = new ArrayList<>(golden.in());
    Collections.reverse(reversed);

    assertThat(GoldenMigration.done(reversed, GoldenMigration.OPTIONS).files())
        .isEqualTo(golden.expected());
  }

  /** The identities and bindings of before, and the manifests that came out. */
  @ParameterizedTest
  @MethodSource("migrations")
  void migratingTheOutcomeAgainChangesNothing(GoldenMigration golden) {
    Map<String, String> first = golden.expected();
    List<Source> again = new ArrayList<>(GoldenMigration.sources(first));
    again.addAll(golden.in());

    Map<String, String> second =
        new TreeMap<>(GoldenMigration.done(again, GoldenMigration.OPTIONS).files());

    second.remove("report.md");
    second.keySet().removeIf(name -> name.startsWith("held/"));
    Map<String, String> expected = new TreeMap<>(first);
    expected.remove("report.md");
    expected.keySet().removeIf(name -> name.startsWith("held/"));
    assertThat(second).isEqualTo(expected);
  }

  @Test
  void whatIsNotConcernedStaysAsItsAuthorWroteIt() {
    String patched =
        GoldenMigration.of("shop").expected().get("3-workloads/shop/deployment-checkout.yaml");

    assertThat(patched)
        .contains(
            "# The checkout. Owner: team-till.",
            "args: [\"--listen\", ':8080']",
            "value: \"yes\"",
            "value: \"1.10\"",
            "# the one that matters",
            "                Hello,\n                  world\n");
  }

  @Test
  @SuppressWarnings("unchecked")
  void aFieldThatNobodyKnowsIsKept() {
    String patched =
        GoldenMigration.of("cluster-dump").expected().get("3-workloads/etl/deployment-loader.yaml");

    Map<String, Object> deployment =
        (Map<String, Object>) new Load(LoadSettings.builder().build()).loadFromString(patched);

    assertThat(deployment.toString())
        .contains("x-vendor-extension={keep=[me, 1.5, true, null]}")
        .contains("{name=STRICT, value=on}")
        .doesNotContain("resourceVersion", "managedFields", "last-applied", "status");
  }

  @ParameterizedTest
  @MethodSource("migrations")
  void noSecretComesOut(GoldenMigration golden) {
    String in = golden.in().toString();
    String out = GoldenMigration.done(golden.in(), GoldenMigration.OPTIONS).files().toString();

    assertThat(out).doesNotContain("hunter2", "clientPassword", "legacy-sp-password");
    assertThat(in.contains("hunter2")).isEqualTo(golden.toString().equals("needs-a-person"));
  }

  @Test
  @SuppressWarnings("unchecked")
  void theBrokerReadsTheConfigurationThatIsWritten(@TempDir Path folder) throws Exception {
    String prepared = GoldenMigration.of("shop").expected().get("2-prepare/shop.yaml");
    Map<String, Object> configMap = Map.of();
    for (Object document : new Load(LoadSettings.builder().build()).loadAllFromString(prepared)) {
      configMap = (Map<String, Object>) document;
    }
    String config = ((Map<String, String>) configMap.get("data")).get("config.yaml");
    Path file = Files.writeString(folder.resolve("config.yaml"), config);

    ConfigResult result =
        ConfigLoader.load(
            Map.of("BROKER_CONFIG", file.toString(), "AZURE_FEDERATED_TOKEN_FILE", "/token"));

    assertThat(result)
        .isInstanceOfSatisfying(
            ConfigResult.Loaded.class,
            valid -> {
              assertThat(valid.config().identities().known()).hasSize(2);
              assertThat(valid.config().identities().defaultIdentity().orElseThrow().name())
                  .isEqualTo("orders");
            });
  }

  @Test
  void theLastStageTakesTheBindingLabelAwayUnlessASelectorNeedsIt() {
    MigrationOptions last =
        new MigrationOptions(
            GoldenMigration.OPTIONS.tenant(),
            Optional.empty(),
            MigrationOptions.DEFAULT_AUDIENCE,
            MigrationOptions.DEFAULT_NAMESPACE,
            Optional.of(Matching.CLUSTER_WIDE),
            true);

    Map<String, String> shop = GoldenMigration.done(GoldenMigration.of("shop").in(), last).files();
    MigrationResult.Done etl = GoldenMigration.done(GoldenMigration.of("cluster-dump").in(), last);

    assertThat(shop.get("3-workloads/shop/deployment-checkout.yaml"))
        .doesNotContain("aadpodidbinding")
        .contains("token-broker.dev/inject: \"true\"");
    assertThat(etl.files().get("3-workloads/etl/deployment-loader.yaml"))
        .contains("aadpodidbinding: batch");
    assertThat(etl.report()).contains("has `aadpodidbinding` in its selector");
  }

  @Test
  void theReportOfTheLastStageDoesNotRepeatTheFirst() {
    MigrationOptions last =
        new MigrationOptions(
            GoldenMigration.OPTIONS.tenant(),
            Optional.empty(),
            MigrationOptions.DEFAULT_AUDIENCE,
            MigrationOptions.DEFAULT_NAMESPACE,
            Optional.of(Matching.CLUSTER_WIDE),
            true);

    String report = GoldenMigration.done(GoldenMigration.of("shop").in(), last).report();

    assertThat(report.substring(report.indexOf("## In this order")))
        .contains("kubectl apply -f 3-workloads/shop/", "kubectl delete azureidentitybindings")
        .doesNotContain(
            "helm install",
            "1-credentials",
            "2-prepare",
            "They keep the label",
            "--drop-binding-label");
  }

  /** Each block of docs/migrate.md that follows the name of a golden file is a piece of it. */
  @Test
  void theGuideShowsWhatReallyComesOut() throws Exception {
    Path shop = GoldenMigration.of("shop").folder();
    Matcher blocks =
        Pattern.compile("\n`((?:in|expected)/\\S+)`\n\n```[ \\w]+\n(.*?)```\n", Pattern.DOTALL)
            .matcher(Files.readString(Path.of("../../docs/migrate.md")));
    int count = 0;
    for (; blocks.find(); count++) {
      assertThat(Files.readString(shop.resolve(blocks.group(1)))).contains(blocks.group(2));
    }
    assertThat(count).isEqualTo(7);
  }
}
