package dev.tokenbroker.client;

import java.util.Map;
import java.util.Optional;

/**
 * Which of the broker's identities is meant.
 *
 * @param parameter the name of the query parameter
 * @param id the client id, object id or Azure resource id
 */
record Selector(String parameter, String id) {

  Selector {
    if (id.isBlank()) {
      throw new IllegalArgumentException("The identity's " + parameter + " must not be blank");
    }
  }

  static Selector clientId(String id) {
    return new Selector("client_id", id);
  }

  static Selector objectId(String id) {
    return new Selector("object_id", id);
  }

  static Selector resourceId(String id) {
    return new Selector("mi_res_id", id);
  }

  /** As DefaultAzureCredential does it, so that changing over changes no identity. */
  static Optional<Selector> fromEnvironment(Map<String, String> environment) {
    return Optional.ofNullable(environment.get("AZURE_CLIENT_ID"))
        .filter(id -> !id.isBlank())
        .map(Selector::clientId);
  }
}
