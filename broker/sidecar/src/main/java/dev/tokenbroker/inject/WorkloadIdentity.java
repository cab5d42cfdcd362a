package dev.tokenbroker.inject;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The meeting with azwi, the Azure workload identity webhook, which gives containers the projected
 * token and the {@code AZURE_*} variables. It may come before or after us, and be asked again.
 */
final class WorkloadIdentity {

  /** azwi leaves the containers named here alone, separated by semicolons. */
  static final String SKIP = "azure.workload.identity/skip-containers";

  static final String USE = "azure.workload.identity/use";

  private static final String TOKEN_FILE = "AZURE_FEDERATED_TOKEN_FILE";

  /** All of azwi's versions mount the token somewhere below this. */
  private static final String TOKEN_FOLDERS = "/var/run/secrets/azure/";

  /** The identity, and the way to the AKS token proxy where identity bindings are in use. */
  private static final List<String> VARIABLES =
      List.of(
          "AZURE_CLIENT_ID",
          "AZURE_TENANT_ID",
          TOKEN_FILE,
          "AZURE_AUTHORITY_HOST",
          "AZURE_KUBERNETES_TOKEN_PROXY",
          "AZURE_KUBERNETES_SNI_NAME",
          "AZURE_KUBERNETES_CA_FILE",
          "AZURE_KUBERNETES_CA_DATA");

  private WorkloadIdentity() {}

  /** Whether the pod has, or will get, a projected token for the broker. */
  static boolean isAtHandFor(SubmittedPod pod) {
    return pod.label(USE).filter("true"::equals).isPresent() || source(pod).isPresent();
  }

  /** The whole annotation that keeps azwi off these containers; empty if it does already. */
  static Optional<String> skipping(SubmittedPod pod, Set<String> containers) {
    Optional<String> present = pod.annotation(SKIP);
    Set<String> names =
        new LinkedHashSet<>(present.map(AnnotationParser::names).orElseGet(Set::of));
    return names.addAll(containers) ? Optional.of(String.join(";", names)) : Optional.empty();
  }

  /** Gives the sidecar what another container already has, if azwi or the author was first. */
  static void copyTo(JsonObject sidecar, SubmittedPod pod) {
    source(pod)
        .ifPresent(
            source -> {
              JsonArray env = sidecar.getJsonArray("env");
              JsonArray mounts = sidecar.getJsonArray("volumeMounts");
              for (String name : VARIABLES) {
                source.env(name).ifPresent(variable -> env.add(variable.copy()));
              }
              source.volumeMounts().stream()
                  .filter(mount -> isNeeded(mount, source))
                  .forEach(mount -> mounts.add(mount.copy()));
            });
  }

  /**
   * Takes from a container the token that azwi gave it. Only what lies in azwi's own folders goes:
   * a token file that the author mounted elsewhere is his decision.
   */
  static void takeFrom(Container container, JsonPatch patch) {
    removeAll(
        patch,
        container.path() + "/env",
        container.env(),
        variable ->
            TOKEN_FILE.equals(variable.getString("name"))
                && variable.getString("value", "").startsWith(TOKEN_FOLDERS));
    removeAll(
        patch,
        container.path() + "/volumeMounts",
        container.volumeMounts(),
        mount -> (path(mount) + "/").startsWith(TOKEN_FOLDERS));
  }

  private static Optional<Container> source(SubmittedPod pod) {
    return pod.allContainers()
        .filter(container -> container.env(TOKEN_FILE).isPresent())
        .findFirst();
  }

  private static boolean isNeeded(JsonObject mount, Container source) {
    return List.of(TOKEN_FILE, "AZURE_KUBERNETES_CA_FILE").stream()
        .flatMap(name -> source.env(name).stream())
        .anyMatch(variable -> variable.getString("value", "").startsWith(path(mount) + "/"));
  }

  private static String path(JsonObject mount) {
    return mount.getString("mountPath", "").replaceAll("/+$", "");
  }

  /** From the last to the first, so that the indices still hold. */
  private static void removeAll(
      JsonPatch patch, String path, List<JsonObject> items, Predicate<JsonObject> unwanted) {
    for (int i = items.size() - 1; i >= 0; i--) {
      if (unwanted.test(items.get(i))) {
        patch.remove(path + "/" + i);
      }
    }
  }
}
