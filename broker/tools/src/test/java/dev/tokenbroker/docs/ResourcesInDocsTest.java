package dev.tokenbroker.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenbroker.cli.TestProgram;
import dev.tokenbroker.inject.ResourceRequirements;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the sidecar asks of its node is the same wherever it is written down. */
class ResourcesInDocsTest {

  private static final ResourceRequirements GIVEN = ResourceRequirements.DEFAULT;
  private static final Path ROOT = Path.of("../..");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "deploy/helm/token-broker/values.yaml",
        "deploy/helm/token-broker-injector/values.yaml",
        "deploy/kustomize/container/pod.yaml",
        "deploy/kustomize/container/cronjob.yaml",
        "deploy/kustomize/container/template.yaml",
        "docs/kubernetes.md"
      })
  void manifestsAndDocumentationGiveWhatTheInjectorGives(String file) throws Exception {
    assertThat(Files.readString(ROOT.resolve(file)))
        .containsSubsequence(GIVEN.cpuRequest(), GIVEN.memoryRequest(), GIVEN.memoryLimit());
  }

  @Test
  void soDoTheHelpAndTheRunbook() throws Exception {
    assertThat(TestProgram.help("inject"))
        .contains("[" + GIVEN.cpuRequest() + "]")
        .contains("[" + GIVEN.memoryRequest() + "]", "[" + GIVEN.memoryLimit() + "]");
    assertThat(Files.readString(ROOT.resolve("docs/runbooks.md")))
        .contains("(" + GIVEN.memoryLimit() + ")");
  }
}
