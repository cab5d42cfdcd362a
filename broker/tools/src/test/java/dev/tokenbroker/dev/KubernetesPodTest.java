package dev.tokenbroker.dev;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubernetesPodTest {

  @TempDir private Path here;

  @Test
  void aPodIsKnownByItsVariableOrItsServiceAccount() {
    Path nowhere = here.resolve("missing");

    assertThat(KubernetesPod.sign(Map.of("KUBERNETES_SERVICE_HOST", "10.0.0.1"), nowhere))
        .contains("KUBERNETES_SERVICE_HOST is set");
    assertThat(KubernetesPod.sign(Map.of(), here)).contains(here + " exists");
    assertThat(KubernetesPod.sign(Map.of("KUBERNETES_SERVICE_HOST", ""), nowhere)).isEmpty();
  }
}
