package dev.tokenbroker.inject;

import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * The variables that lead an app's Azure client to the broker. They come in groups: where the user
 * has set one variable of a group, the group is his. A half-set pair would be worse than none:
 * clients take {@code IDENTITY_ENDPOINT} without {@code IDENTITY_HEADER} for Azure Arc.
 */
final class AppEnvironment {

  /**
   * Any value does: it proves that the caller can set a header, which a forged request cannot. A
   * secret would be one to every container of the pod anyway.
   */
  private static final String HEADER = "token-broker";

  /** Else an app with {@code HTTP_PROXY} sends its requests for tokens to the proxy. */
  private static final String NO_PROXY = "127.0.0.1,localhost,169.254.169.254";

  private record Variable(String name, String value) {
    JsonObject toJson() {
      return new JsonObject().put("name", name).put("value", value);
    }
  }

  private record Group(List<Variable> variables, boolean mayBeUnseen) {
    boolean isOpenIn(Container container) {
      return variables.stream().noneMatch(variable -> container.env(variable.name()).isPresent())
          && !(mayBeUnseen && container.hasUnseenEnv());
    }
  }

  private AppEnvironment() {}

  static void addTo(Container container, int port, JsonPatch patch) {
    for (Group group : groups(port)) {
      if (group.isOpenIn(container)) {
        for (Variable variable : group.variables()) {
          patch.append(container.path() + "/env", container.has("env"), variable.toJson());
        }
      }
    }
  }

  private static List<Group> groups(int port) {
    String broker = "http://127.0.0.1:" + port;
    String msi = broker + "/msi/token";
    return List.of(
        new Group(
            List.of(
                new Variable("IDENTITY_ENDPOINT", msi), new Variable("IDENTITY_HEADER", HEADER)),
            false),
        new Group(
            List.of(new Variable("MSI_ENDPOINT", msi), new Variable("MSI_SECRET", HEADER)), false),
        new Group(List.of(new Variable("AZURE_POD_IDENTITY_AUTHORITY_HOST", broker)), false),
        // Companies keep their list in a ConfigMap; a variable here would hide it.
        new Group(
            List.of(new Variable("NO_PROXY", NO_PROXY), new Variable("no_proxy", NO_PROXY)), true));
  }
}
