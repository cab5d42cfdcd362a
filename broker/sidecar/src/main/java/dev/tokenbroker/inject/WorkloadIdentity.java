package dev.tokenbroker.inject;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Cooperates with azwi, the Azure workload identity webhook, which gives containers the projected
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

  /**
   * The containers of azwi's own proxy, which its webhook adds to a pod on request: it leads
   * 169.254.169.254 to a container that needs the projected token. They are left alone, in strict
   * mode too: without the token they would break every app that asks that address.
   */
  static final List<String> PROXY_CONTAINERS = List.of("azwi-proxy", "azwi-proxy-init");

  /** Counts whatever its value (azure-workload-identity, pkg/webhook). */
  private static final String PROXY = "azure.workload.identity/inject-proxy-sidecar";

  private WorkloadIdentity() {}

  /** Tells whether the pod has, or will get, a projected token for the broker. */
  static boolean hasToken(Pod pod) {
    return pod.label(USE).filter("true"::equals).isPresent() || source(pod).isPresent();
  }

  /** The whole annotation that keeps azwi off these containers; empty if it does already. */
  static Optional<String> skipping(Pod pod, Set<String> containers) {
    Optional<String> present = pod.annotation(SKIP);
    Set<String> names =
        new LinkedHashSet<>(present.map(AnnotationParser::names).orElseGet(Set::of));
    return names.addAll(containers) ? Optional.of(String.join(";", names)) : Optional.empty();
  }

  /** Gives the sidecar what another container already has, if azwi or the author was first. */
  static void copyTo(JsonObject sidecar, Pod pod) {
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
   * a token file that the author mounted elsewhere is their own decision.
   */
  static void takeFrom(Pod.Container container, JsonPatch patch) {
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

  /** Warns the author of azwi's proxy; empty if the pod has none, or the redirect comes first. */
  static Optional<String> proxyWarning(Pod pod, InjectionSpec spec) {
    boolean present =
        pod.annotation(PROXY).isPresent() || PROXY_CONTAINERS.stream().anyMatch(pod::hasContainer);
    return present && !spec.redirect()
        ? Optional.of(
            "azwi's proxy answers at 169.254.169.254 in this pod, not the token broker: remove the"
                + " annotation "
                + PROXY
                + ", and set "
                + WellKnownNames.REDIRECT
                + ": \"true\" if the app needs that address")
        : Optional.empty();
  }

  private static Optional<Pod.Container> source(Pod pod) {
    return pod.allContainers()
        .filter(container -> container.env(TOKEN_FILE).isPresent())
        .findFirst();
  }

  private static boolean isNeeded(JsonObject mount, Pod.Container source) {
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
