package dev.tokenbroker.dev;

import dev.tokenbroker.token.Remedy;
import dev.tokenbroker.token.TokenFailure.Outlook;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The meaning of Entra's numbers to a person who signs in; what they mean to a pod is in {@link
 * dev.tokenbroker.token.Aadsts}.
 *
 * <p>Source: Microsoft identity platform, "Microsoft Entra authentication and authorization error
 * codes".
 */
enum SignInError {
  SIGN_IN_AGAIN(
      "interaction_required", Outlook.PROPAGATING, "", "Entra wants you to sign in again. Run:"),
  BLOCKED(
      "access_denied",
      Outlook.BLOCKED,
      "A Conditional Access policy of the tenant blocks you here (device, place or app)",
      "ask who runs the tenant. Where the policy is met:"),
  CONSENT(
      "consent_required",
      Outlook.LASTING,
      "The Azure CLI may not ask for this resource on your behalf",
      "its app registration must list"
          + " the Azure CLI, 04b07795-8ddb-461a-bbee-02f9e1bf7b46, as an authorized client"
          + " application (Expose an API), or an admin must consent. Then:"),
  RESOURCE(
      "invalid_resource",
      Outlook.LASTING,
      "The tenant does not know this resource",
      "a typo, or it is another tenant's. Name that one" + " with --tenant, after:"),
  TENANT(
      "invalid_tenant",
      Outlook.LASTING,
      "There is no such tenant, or you have no account in it",
      "check --tenant, then:");

  private static final Map<Integer, SignInError> BY_NUMBER = new HashMap<>();

  static {
    put(SIGN_IN_AGAIN, 50055, 50058, 50072, 50074, 50076, 50078, 50079, 50089, 50129, 50132, 50133);
    put(SIGN_IN_AGAIN, 50158, 50173, 70008, 70043, 700082, 700084);
    put(BLOCKED, 50105, 53000, 53001, 53002, 53003, 530032);
    put(CONSENT, 65001, 65002, 65004, 90008, 90094);
    put(RESOURCE, 50001, 70011, 500011, 650052, 650057);
    put(TENANT, 50020, 50034, 90002, 900023);
  }

  final String error;
  final Outlook outlook;
  private final String cause;
  private final String fix;

  SignInError(String error, Outlook outlook, String cause, String fix) {
    this.error = error;
    this.outlook = outlook;
    this.cause = cause;
    this.fix = fix;
  }

  Remedy remedy() {
    return Remedy.of(cause, fix);
  }

  private static void put(SignInError kind, int... numbers) {
    for (int number : numbers) {
      BY_NUMBER.put(number, kind);
    }
  }

  static Optional<SignInError> of(int aadsts) {
    return Optional.ofNullable(BY_NUMBER.get(aadsts));
  }
}
