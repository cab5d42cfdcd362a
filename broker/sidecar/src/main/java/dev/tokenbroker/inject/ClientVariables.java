package dev.tokenbroker.inject;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The variables that lead an app's Azure client to the broker. They come in groups: where the user
 * has set one variable of a group, even to nothing, none of it is added. A half-set pair would be
 * worse than none: clients take {@code IDENTITY_ENDPOINT} without {@code IDENTITY_HEADER} for Azure
 * Arc.
 */
final class ClientVariables {

  /**
   * The variables that lead an app's Azure client to the broker, as the pod's author selects them.
   */
  enum Selection {
    /** {@code IDENTITY_ENDPOINT} and {@code IDENTITY_HEADER}: no known client fails with them. */
    IDENTITY(true, false),
    /**
     * {@code MSI_ENDPOINT} and {@code MSI_SECRET} in their place. Some old clients know no other
     * way, but others fail with them, so they are never the default.
     */
    MSI(false, true),
    ALL(true, true),
    /** No variable at all: the app has its own, or follows none. */
    NONE(false, false);

    private final boolean identity;
    private final boolean msi;

    Selection(boolean identity, boolean msi) {
      this.identity = identity;
      this.msi = msi;
    }

    /** Returns the selection of this name, lower case; empty if there is none. */
    static Optional<Selection> named(String name) {
      return Stream.of(values())
          .filter(selection -> selection.name().toLowerCase(Locale.ROOT).equals(name))
          .findFirst();
    }

    boolean identity() {
      return identity;
    }

    boolean msi() {
      return msi;
    }
  }

  /**
   * Any value does, as long as the pod names no Secret: it proves that the caller can set a header,
   * which a forged request cannot.
   */
  private static final String HEADER = "token-broker";

  /** Else an app with {@code HTTP_PROXY} sends its requests for tokens to the proxy. */
  private static final String NO_PROXY = "127.0.0.1,localhost,169.254.169.254";

  private record Group(List<JsonObject> variables, boolean mayBeUnseen) {
    boolean isOpenIn(Pod.Container container) {
      return variables.stream().noneMatch(variable -> container.env(name(variable)).isPresent())
          && !(mayBeUnseen && container.hasUnseenEnv());
    }

    private static String name(JsonObject variable) {
      return variable.getString("name");
    }
  }

  private final List<Group> groups;

  ClientVariables(InjectionSpec spec) {
    String broker = "http://127.0.0.1:" + spec.port();
    String msi = broker + "/msi/token";
    Selection selection = spec.variables();
    List<Group> wanted = new ArrayList<>();
    if (selection.identity()) {
      wanted.add(pair("IDENTITY_ENDPOINT", msi, "IDENTITY_HEADER", spec));
    }
    if (selection != Selection.NONE) {
      wanted.add(new Group(List.of(variable("AZURE_POD_IDENTITY_AUTHORITY_HOST", broker)), false));
    }
    if (selection.msi()) {
      wanted.add(pair("MSI_ENDPOINT", msi, "MSI_SECRET", spec));
    }
    if (selection != Selection.NONE) {
      // Companies keep their list in a ConfigMap; a variable here would hide it.
      wanted.add(
          new Group(List.of(variable("NO_PROXY", NO_PROXY), variable("no_proxy", NO_PROXY)), true));
    }
    this.groups = List.copyOf(wanted);
  }

  private static Group pair(String endpoint, String url, String header, InjectionSpec spec) {
    return new Group(List.of(variable(endpoint, url), header(header, spec)), false);
  }

  void addTo(Pod.Container container, JsonPatch patch) {
    for (Group group : groups) {
      if (group.isOpenIn(container)) {
        for (JsonObject variable : group.variables()) {
          patch.append(container.path() + "/env", container.has("env"), variable);
        }
      }
    }
  }

  /** A variable that the kubelet fills from the Secret: the pod's manifest does not show it. */
  static JsonObject identityHeader(String name, String secret) {
    JsonObject reference =
        new JsonObject().put("name", secret).put("key", WellKnownNames.IDENTITY_HEADER_KEY);
    return new JsonObject()
        .put("name", name)
        .put("valueFrom", new JsonObject().put("secretKeyRef", reference));
  }

  private static JsonObject header(String name, InjectionSpec spec) {
    return spec.identityHeaderSecret()
        .map(secret -> identityHeader(name, secret))
        .orElseGet(() -> variable(name, HEADER));
  }

  private static JsonObject variable(String name, String value) {
    return ContainerTemplates.variable(name, value);
  }
}
