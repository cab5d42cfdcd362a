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
final class Injection {

  private final InjectionOptions options;

  Injection(InjectionOptions options) {
    this.options = options;
  }

  InjectionDecision of(JsonObject json) {
    SubmittedPod pod = new SubmittedPod(json);
    if (pod.label(Names.INJECT).filter("true"::equals).isEmpty()) {
      return new InjectionDecision.Untouched();
    }
    AnnotationParser reader = new AnnotationParser(pod);
    InjectionSpec wishes = reader.read(options);
    List<String> problems = new ArrayList<>(reader.problems());
    problems.addAll(impossibilities(pod));
    if (!problems.isEmpty()) {
      return new InjectionDecision.Refused(String.join("; ", problems));
    }
    JsonPatch patch = patch(pod, wishes);
    return patch.isEmpty()
        ? new InjectionDecision.Untouched()
        : new InjectionDecision.Patched(patch.toJson(), warnings(pod, wishes));
  }

  private static List<String> impossibilities(SubmittedPod pod) {
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

  private JsonPatch patch(SubmittedPod pod, InjectionSpec wishes) {
    JsonPatch patch = new JsonPatch();
    InjectedVariables environment = new InjectedVariables(wishes);
    pod.allContainers()
        .filter(wishes::concerns)
        .forEach(
            container -> {
              if (wishes.mode() == Mode.STRICT) {
                WorkloadIdentity.takeFrom(container, patch);
              }
              environment.addTo(container, patch);
            });
    annotate(pod, wishes, patch);
    addConfigVolume(pod, wishes, patch);
    prependContainers(pod, wishes, patch);
    return patch;
  }

  private static void annotate(SubmittedPod pod, InjectionSpec wishes, JsonPatch patch) {
    boolean exists = !pod.annotations().isEmpty();
    WorkloadIdentity.skipping(pod, withoutToken(pod, wishes))
        .ifPresent(names -> annotate(WorkloadIdentity.SKIP, names, exists, patch));
    if (pod.annotation(Names.STATUS).isEmpty()) {
      annotate(Names.STATUS, Names.INJECTED, exists, patch);
    }
  }

  private static void annotate(String name, String value, boolean exists, JsonPatch patch) {
    patch.create("/metadata/annotations", exists, new JsonObject());
    patch.add("/metadata/annotations/" + JsonPatch.escaped(name), value);
  }

  /** The containers that azwi shall give no token. */
  private static Set<String> withoutToken(SubmittedPod pod, InjectionSpec wishes) {
    Set<String> names = new LinkedHashSet<>();
    if (wishes.mode() == Mode.STRICT) {
      pod.allContainers().filter(wishes::concerns).map(Container::name).forEach(names::add);
    }
    if (wishes.redirect()) {
      names.add(Names.REDIRECT_CONTAINER);
    }
    return names;
  }

  private static void addConfigVolume(SubmittedPod pod, InjectionSpec wishes, JsonPatch patch) {
    if (wishes.identitiesConfigMap().isPresent() && !pod.hasVolume(Names.CONFIG_VOLUME)) {
      patch.append(
          "/spec/volumes",
          pod.spec().containsKey("volumes"),
          new JsonObject()
              .put("name", Names.CONFIG_VOLUME)
              .put("configMap", new JsonObject().put("name", wishes.identitiesConfigMap().get())));
    }
  }

  /** The broker first: it then listens before the rule that leads to it is in force. */
  private void prependContainers(SubmittedPod pod, InjectionSpec wishes, JsonPatch patch) {
    boolean sidecar = !pod.hasContainer(Names.SIDECAR);
    boolean redirect = wishes.redirect() && !pod.hasContainer(Names.REDIRECT_CONTAINER);
    if (sidecar || redirect) {
      patch.create(
          "/spec/initContainers", pod.spec().containsKey("initContainers"), new JsonArray());
    }
    if (redirect) {
      patch.add(
          "/spec/initContainers/" + (indexOfSidecar(pod) + 1),
          RedirectTemplate.render(wishes, options.redirectImage()));
    }
    if (sidecar) {
      patch.add("/spec/initContainers/0", SidecarTemplate.render(wishes, pod));
    }
  }

  /** Among the init containers; -1 if it is not there. */
  private static int indexOfSidecar(SubmittedPod pod) {
    return pod.initContainers().stream().map(Container::name).toList().indexOf(Names.SIDECAR);
  }

  private static List<String> warnings(SubmittedPod pod, InjectionSpec wishes) {
    List<String> warnings = new ArrayList<>();
    if (!WorkloadIdentity.isAtHandFor(pod)) {
      warnings.add(
          "the token broker will find no projected token: label the pod "
              + WorkloadIdentity.USE
              + ": \"true\", or mount a token and set AZURE_FEDERATED_TOKEN_FILE");
    }
    AzwiProxy.warning(pod, wishes).ifPresent(warnings::add);
    return warnings;
  }
}
