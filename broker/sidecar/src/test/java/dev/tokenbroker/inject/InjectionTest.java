package dev.tokenbroker.inject;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class InjectionTest {

  private final Injector injector = new Injector(GoldenPod.OPTIONS);

  static List<GoldenPod> pods() {
    return GoldenPod.all();
  }

  @ParameterizedTest
  @MethodSource("pods")
  void aPodComesOutAsItsGoldenFileSays(GoldenPod pod) {
    AdmissionDecision decision = injector.decide(pod.in());

    if (decision instanceof AdmissionDecision.Patched && Boolean.getBoolean("golden.write")) {
      pod.writeOut(outcome(decision, pod.in()));
    }
    assertThat(refusal(decision)).isEqualTo(pod.refusal());
    assertThat(outcome(decision, pod.in())).isEqualTo(pod.out());
  }

  @ParameterizedTest
  @MethodSource("pods")
  void aPodThatCameOutNeedsNothingMore(GoldenPod pod) {
    AdmissionDecision second = injector.decide(pod.out());

    assertThat(second)
        .isInstanceOfAny(AdmissionDecision.Unchanged.class, AdmissionDecision.Denied.class)
        .satisfies(decision -> assertThat(refusal(decision)).isEqualTo(pod.refusal()));
  }

  @Test
  void aContainerThatAnotherWebhookAddsLaterGetsItsVariables() {
    JsonObject pod = GoldenPod.of("plain").out();
    pod.getJsonObject("spec")
        .getJsonArray("containers")
        .add(new JsonObject().put("name", "late").put("image", "example.com/late:1"));

    JsonObject result = outcome(injector.decide(pod), pod);

    JsonArray containers = result.getJsonObject("spec").getJsonArray("containers");
    assertThat(containers.getJsonObject(1).getJsonArray("env"))
        .isEqualTo(containers.getJsonObject(0).getJsonArray("env"));
    assertThat(
            result
                .getJsonObject("metadata")
                .getJsonObject("annotations")
                .getString(WorkloadIdentity.SKIP))
        .isEqualTo("app;late");
    assertThat(result.getJsonObject("spec").getJsonArray("initContainers")).hasSize(1);
  }

  @Test
  void theAuthorIsWarnedWhenNoTokenWillBeThere() {
    JsonObject pod = GoldenPod.of("plain").in();
    pod.getJsonObject("metadata").getJsonObject("labels").remove(WorkloadIdentity.USE);

    assertThat(injector.decide(pod))
        .isInstanceOfSatisfying(
            AdmissionDecision.Patched.class,
            patched ->
                assertThat(patched.warnings())
                    .singleElement()
                    .asString()
                    .contains("azure.workload.identity/use"));
  }

  /** The golden files say that the proxy keeps its token; this says that its author hears of it. */
  @ParameterizedTest
  @CsvSource({"azwi-proxy-first, 1", "azwi-proxy-wanted, 1", "azwi-proxy-redirected, 0"})
  void theAuthorIsToldThatAzwisProxyAnswersInsteadOfTheBroker(String name, int warnings) {
    assertThat(injector.decide(GoldenPod.of(name).in()))
        .isInstanceOfSatisfying(
            AdmissionDecision.Patched.class,
            patched ->
                assertThat(patched.warnings())
                    .hasSize(warnings)
                    .allSatisfy(
                        text ->
                            assertThat(text)
                                .contains("inject-proxy-sidecar")
                                .contains("token-broker.dev/redirect: \"true\"")));
  }

  @Test
  void aPodWithItsOwnTokenIsNotWarnedAbout() {
    assertThat(injector.decide(GoldenPod.of("own-token").in()))
        .isInstanceOfSatisfying(
            AdmissionDecision.Patched.class, patched -> assertThat(patched.warnings()).isEmpty());
  }

  private static JsonObject outcome(AdmissionDecision decision, JsonObject pod) {
    return decision instanceof AdmissionDecision.Patched patched
        ? Patches.apply(patched.patch(), pod)
        : pod;
  }

  private static Optional<String> refusal(AdmissionDecision decision) {
    return decision instanceof AdmissionDecision.Denied denied
        ? Optional.of(denied.reason())
        : Optional.empty();
  }
}
