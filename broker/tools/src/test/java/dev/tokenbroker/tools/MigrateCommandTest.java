package dev.tokenbroker.tools;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenbroker.assembly.TokenOrigin;
import dev.tokenbroker.cli.Cli;
import dev.tokenbroker.cli.CliContext;
import dev.tokenbroker.cli.ExitCode;
import dev.tokenbroker.cli.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MigrateCommandTest {

  private static final Path SHOP = Path.of("src/test/resources/migrate/shop");

  @TempDir private Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private InputStream in = InputStream.nullInputStream();

  @Test
  void aFolderIsReadAndTheFilesAreWrittenBesideTheReport() throws Exception {
    Path target = folder.resolve("new/migration");

    assertThat(run(SHOP.resolve("in"), "--output", target)).isEqualTo(ExitCode.OK);

    assertThat(out.toString(UTF_8))
        .isEqualTo(Files.readString(SHOP.resolve("expected/report.md")))
        .isEqualTo(Files.readString(target.resolve("report.md")));
    assertThat(target.resolve("3-workloads/shop/statefulset-stock.yaml"))
        .hasSameTextualContentAs(SHOP.resolve("expected/3-workloads/shop/statefulset-stock.yaml"));
    assertThat(err.toString(UTF_8)).isEmpty();
  }

  @Test
  void withoutAnOutputNothingIsWritten() {
    assertThat(run(SHOP.resolve("in"))).isEqualTo(ExitCode.OK);

    assertThat(out.toString(UTF_8)).startsWith("# From pod identity");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void standardInputIsReadForADash() throws Exception {
    in = Files.newInputStream(SHOP.resolve("in/identities.yaml"));

    assertThat(run("-", SHOP.resolve("in/stock.yaml"))).isEqualTo(ExitCode.OK);

    assertThat(out.toString(UTF_8)).contains("statefulset shop/stock");
  }

  @Test
  void aFileThatDiffersIsOnlyReplacedByForce() throws Exception {
    run(SHOP.resolve("in"), "--output", folder);
    Path edited = folder.resolve("2-prepare/shop.yaml");
    Files.writeString(edited, "mine");
    Path old = Files.writeString(folder.resolve("3-workloads/shop/job-gone.yaml"), "old");

    assertThat(run(SHOP.resolve("in"), "--output", folder)).isEqualTo(ExitCode.FAILED);
    assertThat(err.toString(UTF_8)).contains("  2-prepare/shop.yaml\n").contains("--force");
    assertThat(edited).hasContent("mine");

    assertThat(run(SHOP.resolve("in"), "--output", folder, "--force")).isEqualTo(ExitCode.OK);
    assertThat(edited).hasSameTextualContentAs(SHOP.resolve("expected/2-prepare/shop.yaml"));
    assertThat(old).exists();
    assertThat(err.toString(UTF_8))
        .contains("left over from an earlier run: 3-workloads/shop/job-gone.yaml");
  }

  @Test
  void aFolderWithoutManifestsIsAFailureNotANothing() {
    assertThat(run(folder)).isEqualTo(ExitCode.FAILED);

    assertThat(err.toString(UTF_8)).contains("no manifests found");
    assertThat(out.toString(UTF_8)).isEmpty();
  }

  @Test
  void inputThatIsNestedTooDeeplyIsNamedWithoutATrace() throws Exception {
    Path deep = Files.writeString(folder.resolve("deep.json"), "[".repeat(200_000));

    assertThat(run(deep)).isEqualTo(ExitCode.FAILED);
    assertThat(err.toString(UTF_8)).contains("deep.json: ").doesNotContain("\tat ");
  }

  static Stream<Error> errors() {
    return Stream.of(new OutOfMemoryError("Java heap space"), new StackOverflowError());
  }

  @ParameterizedTest
  @MethodSource("errors")
  void inputThatIsTooLargeIsOneLineWithoutATrace(Error error) {
    in =
        new InputStream() {
          @Override
          public int read() {
            throw error;
          }
        };

    assertThat(run("-", "--output", folder.resolve("out"))).isEqualTo(ExitCode.FAILED);

    assertThat(err.toString(UTF_8))
        .startsWith("migrate: the input is too large")
        .containsOnlyOnce("\n")
        .endsWith("\n");
    assertThat(out.toString(UTF_8)).isEmpty();
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void allThatCannotBeReadIsListedAndNothingIsWritten() throws Exception {
    in = new ByteArrayInputStream(new byte[] {(byte) 0xff});
    Path chart = Files.writeString(folder.resolve("chart.yaml"), "{{ .Values.x }}: {");

    assertThat(run("-", folder.resolve("none"), "--output", folder.resolve("out")))
        .isEqualTo(ExitCode.FAILED);
    assertThat(err.toString(UTF_8)).contains("-: not UTF-8").contains("none: no such file");

    assertThat(run(chart, "--output", folder.resolve("out"))).isEqualTo(ExitCode.FAILED);
    assertThat(err.toString(UTF_8)).contains("a Helm template?");
    assertThat(folder.resolve("out")).doesNotExist();
    assertThat(out.toString(UTF_8)).isEmpty();
  }

  /** Two teams use one selector, each with an identity of its own. */
  private static final String TWO_TEAMS =
      Stream.of("a", "b")
          .map(
              team ->
                  """
                  apiVersion: aadpodidentity.k8s.io/v1
                  kind: AzureIdentity
                  metadata: {name: id, namespace: %1$s}
                  spec:
                    type: 0
                    clientID: aaaaaaaa-0000-4000-8000-00000000000%1$s
                    resourceID: /subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/mi-%1$s
                  ---
                  apiVersion: aadpodidentity.k8s.io/v1
                  kind: AzureIdentityBinding
                  metadata: {name: id, namespace: %1$s}
                  spec: {azureIdentity: id, selector: reader}
                  ---
                  apiVersion: apps/v1
                  kind: Deployment
                  metadata: {name: app, namespace: %1$s}
                  spec:
                    template:
                      metadata: {labels: {aadpodidbinding: reader}}
                      spec: {containers: [{name: app, image: app}]}
                  ---
                  """
                      .formatted(team))
          .collect(Collectors.joining());

  @Test
  void accessIsNotWidenedUnasked() {
    Path target = folder.resolve("out");
    in = new ByteArrayInputStream(TWO_TEAMS.getBytes(UTF_8));

    assertThat(run("-", "--output", target)).isEqualTo(ExitCode.USAGE);

    assertThat(err.toString(UTF_8))
        .startsWith("migrate: ")
        .containsPattern("--namespaced .* 2 federated credentials\n")
        .containsPattern("--cluster-wide .* 4\n");
    assertThat(out.toString(UTF_8)).isEmpty();
    assertThat(target).doesNotExist();
  }

  @Test
  void eachModeOfPodIdentityCanBeChosen() {
    in = new ByteArrayInputStream(TWO_TEAMS.getBytes(UTF_8));
    assertThat(run("-", "--namespaced")).isEqualTo(ExitCode.OK);
    assertThat(out.toString(UTF_8)).contains("| federated credentials | 2 |");

    out.reset();
    in = new ByteArrayInputStream(TWO_TEAMS.getBytes(UTF_8));
    assertThat(run("-", "--cluster-wide")).isEqualTo(ExitCode.OK);
    assertThat(out.toString(UTF_8)).contains("| federated credentials | 4 |");
  }

  @Test
  void anOptionThatCouldNotStandInAScriptIsWrongUsage() {
    assertThat(run(SHOP, "--issuer", "https://x/';reboot;'")).isEqualTo(ExitCode.USAGE);
    assertThat(run(SHOP, "--audience", "$(reboot)")).isEqualTo(ExitCode.USAGE);
    assertThat(run(SHOP, "--namespace", "No")).isEqualTo(ExitCode.USAGE);

    assertThat(err.toString(UTF_8).lines())
        .containsExactly(
            "migrate: --issuer must be an https URL without a query",
            "migrate: --audience must be like api://AzureADTokenExchange",
            "migrate: --namespace must be the name of a namespace");
  }

  private ExitCode run(Object... arguments) {
    List<String> line =
        new ArrayList<>(List.of("--tenant", "99999999-0000-4000-8000-000000000009"));
    Stream.of(arguments).map(Object::toString).forEach(line::add);
    if (!line.contains("--issuer")) {
      line.addAll(List.of("--issuer", "https://oidc.example.com/cluster/"));
    }
    line.add(0, "migrate");
    Terminal terminal =
        new Terminal(
            Map.of(), new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
    CliContext context =
        new CliContext(terminal, TokenOrigin.entra(), task -> {}, Clock.systemUTC(), Duration.ZERO);
    return new Cli(context, it -> List.of(new MigrateCommand(it, in))).run(line).orElseThrow();
  }
}
