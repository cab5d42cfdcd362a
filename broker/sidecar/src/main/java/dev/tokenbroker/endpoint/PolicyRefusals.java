package dev.tokenbroker.endpoint;

import dev.tokenbroker.identity.Identity;
import dev.tokenbroker.identity.IdentitySelector;
import java.util.List;

/** What the configuration refuses: which identity or resource, why, and the setting to change. */
final class PolicyRefusals {

  /** Enough names to find the right one by; a description is bounded. */
  private static final int NAMES_SHOWN = 10;

  private PolicyRefusals() {}

  /**
   * The request means an identity that is not served here.
   *
   * @param names of the identities that are configured
   */
  static ErrorResponse notFound(IdentitySelector selector, List<String> names) {
    return ErrorResponse.of(
        400,
        RequestOutcome.IDENTITY_NOT_FOUND,
        "invalid_request",
        "Identity not found: " + why(selector, names.isEmpty()) + configured(names));
  }

  static ErrorResponse forbidden(Identity identity, String resource) {
    return ErrorResponse.of(
        403,
        RequestOutcome.FORBIDDEN,
        "access_denied",
        "Identity "
            + identity.name()
            + " may not be asked for "
            + resource
            + ": add it to identities[].allowedResources");
  }

  private static String why(IdentitySelector selector, boolean noneConfigured) {
    if (!(selector instanceof IdentitySelector.Named named)) {
      return "there is no default identity, so name one with client_id";
    }
    if (selector instanceof IdentitySelector.ByObjectId) {
      return "no identity is known by this object_id. If a configured one has it, set"
          + " identities[].objectId; else ask by client_id";
    }
    if (selector instanceof IdentitySelector.ByResourceId) {
      return "no identity is known by this mi_res_id. If a configured one has it, set"
          + " identities[].resourceId; else ask by client_id";
    }
    return noneConfigured || named.id().length() != 36
        ? "client_id must be a GUID, the application (client) id; leave it out for the default"
            + " identity"
        : "no configured identity has this client_id. Add it to identities, or leave client_id out"
            + " for the default identity; if it is an object id, send it as object_id";
  }

  private static String configured(List<String> names) {
    if (names.isEmpty()) {
      return "";
    }
    String shown = String.join(", ", names.subList(0, Math.min(NAMES_SHOWN, names.size())));
    return ". Configured: " + shown + (names.size() > NAMES_SHOWN ? ", …" : "");
  }
}
