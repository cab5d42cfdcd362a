package dev.tokenbroker.inject;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Decides what a pod gets: a pure function. Each step looks whether it is done already, so that the
 * result of the whole is nothing the second time, also when another webhook came in between.
 */
final class Injector {

  private final InjectionOptions options;

  Injector(InjectionOptions options) {
    this.options = options;
  }

  AdmissionDecision decide(JsonObject json) {
    Pod pod = new Pod(json);
    if (pod.label(WellKnownNames.INJECT).filter("true"::equals).isEmpty()) {
      return new AdmissionDecision.Unchanged();
    }
    AnnotationParser reader = new AnnotationParser(pod);
    InjectionSpec spec = reader.read(options);
    List<String> problems = new ArrayList<>(reader.problems());
    problems.addAll(impossibilities(pod));
    if (!problems.isEmpty()) {
      return new AdmissionDecision.Denied(String.join("; ", problems));
    }
    JsonPatch patch = patch(pod, spec);
    return patch.isEmpty()
        ? new AdmissionDecision.Unchanged()
        : new AdmissionDecision.Patched(patch.toJson(), warnings(pod, spec));
  }

  private static List<String> impossibilities(Pod pod) {
    List<String> problems = new ArrayList<>();
    if (pod.hostNetwork()) {
      problems.add(
          "a pod with hostNetwork cannot have a token broker: every pod of the node could ask it");
    }
    if (pod.windows()) {
      problems.add("the token broker runs in Linux pods only");
    }
    return problems;
  }

  private JsonPatch patch(Pod pod, InjectionSpec spec) {
    JsonPatch patch = new JsonPatch();
    ClientVariables environment = new ClientVariables(spec);
    pod.allContainers()
        .filter(spec::concerns)
        .forEach(
            container -> {
              if (spec.mode() == InjectionMode.STRICT) {
                WorkloadIdentity.takeFrom(container, patch);
              }
              environment.addTo(container, patch);
            });
    annotate(pod, spec, patch);
    addConfigVolume(pod, spec, patch);
    prependContainers(pod, spec, patch);
    return patch;
  }

  private static void annotate(Pod pod, InjectionSpec spec, JsonPatch patch) {
    boolean exists = !pod.annotations().isEmpty();
    WorkloadIdentity.skipping(pod, withoutToken(pod, spec))
        .ifPresent(names -> annotate(WorkloadIdentity.SKIP, names, exists, patch));
    if (pod.annotation(WellKnownNames.STATUS).isEmpty()) {
      annotate(WellKnownNames.STATUS, WellKnownNames.INJECTED, exists, patch);
    }
  }

  private static void annotate(String name, String value, boolean exists, JsonPatch patch) {
    patch.create("/metadata/annotations", exists, new JsonObject());
    patch.add("/metadata/annotations/" + JsonPatch.escaped(name), value);
  }

  /** The containers that azwi shall give no token. */
  private static Set<String> withoutToken(Pod pod, InjectionSpec spec) {
    Set<String> names = new LinkedHashSet<>();
    if (spec.mode() == InjectionMode.STRICT) {
      pod.allContainers().filter(spec::concerns).map(Pod.Container::name).forEach(names::add);
    }
    if (spec.redirect()) {
      names.add(WellKnownNames.REDIRECT_CONTAINER);
    }
    return names;
  }

  private static void addConfigVolume(Pod pod, InjectionSpec spec, JsonPatch patch) {
    if (spec.identitiesConfigMap().isPresent() && !pod.hasVolume(WellKnownNames.CONFIG_VOLUME)) {
      patch.append(
          "/spec/volumes",
          pod.spec().containsKey("volumes"),
          new JsonObject()
              .put("name", WellKnownNames.CONFIG_VOLUME)
              .put("configMap", new JsonObject().put("name", spec.identitiesConfigMap().get())));
    }
  }

  /** The broker first: it then listens before the rule that leads to it is in force. */
  private void prependContainers(Pod pod, InjectionSpec spec, JsonPatch patch) {
    boolean sidecar = !pod.hasContainer(WellKnownNames.SIDECAR);
    boolean redirect = spec.redirect() && !pod.hasContainer(WellKnownNames.REDIRECT_CONTAINER);
    if (sidecar || redirect) {
      patch.create(
          "/spec/initContainers", pod.spec().containsKey("initContainers"), new JsonArray());
    }
    if (redirect) {
      patch.add(
          "/spec/initContainers/" + (indexOfSidecar(pod) + 1),
          ContainerTemplates.redirect(spec, options.redirectImage()));
    }
    if (sidecar) {
      patch.add("/spec/initContainers/0", ContainerTemplates.sidecar(spec, pod));
    }
  }

  /** Among the init containers; -1 if it is not there. */
  private static int indexOfSidecar(Pod pod) {
    return pod.initContainers().stream()
        .map(Pod.Container::name)
        .toList()
        .indexOf(WellKnownNames.SIDECAR);
  }

  private static List<String> warnings(Pod pod, InjectionSpec spec) {
    List<String> warnings = new ArrayList<>();
    if (!WorkloadIdentity.hasToken(pod)) {
      warnings.add(
          "the token broker will find no projected token: label the pod "
              + WorkloadIdentity.USE
              + ": \"true\", or mount a token and set AZURE_FEDERATED_TOKEN_FILE");
    }
    WorkloadIdentity.proxyWarning(pod, spec).ifPresent(warnings::add);
    return warnings;
  }
}
