package dev.tokenbroker.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenbroker.emulator.AksTokenProxy;
import dev.tokenbroker.emulator.EmulatedPod;
import dev.tokenbroker.testing.PodConfig;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A broker in a pod with an AKS identity binding, told by nothing but the injected variables. */
class BoundPodTest {

  @Test
  void tokensComeFromTheTokenProxyPastTheCorporateProxyAndPastEntra() {
    try (EmulatedPod pod = new EmulatedPod();
        AksTokenProxy proxy = AksTokenProxy.start()) {
      proxy.allow(EmulatedPod.APP);
      pod.write(
          pod.entra()
              .issuer()
              .serviceAccountToken(
                  "shop", "checkout", AksTokenProxy.AUDIENCE, Duration.ofHours(1)));
      Map<String, String> injected =
          Map.of(
              "AZURE_KUBERNETES_TOKEN_PROXY",
              proxy.url().toString(),
              "AZURE_KUBERNETES_SNI_NAME",
              AksTokenProxy.SERVER_NAME,
              "AZURE_KUBERNETES_CA_DATA",
              proxy.caPem(),
              "HTTPS_PROXY",
              "http://corporate.invalid:3128");

      try (Running running = new Running(PodConfig.of(pod, injected))) {
        assertThat(running.token("https://vault.azure.net")).isNotEmpty();
      }

      assertThat(proxy.seen()).hasSize(1);
      assertThat(pod.entra().exchanges()).isEmpty();
    }
  }
}
