package dev.tokenbroker.endpoint;

import dev.tokenbroker.identity.Identity;
import dev.tokenbroker.identity.IdentitySelector;
import dev.tokenbroker.token.TokenFailure;
import dev.tokenbroker.token.TokenFailureException;
import java.time.Duration;
import java.util.List;

/**
 * Maps failures of the token source, and refusals by policy, to responses. Nowhere else do they
 * become a status. 403 makes SDKs stop and show the text, 429 and 503 make them come back after
 * {@code Retry-After}. A refusal by Entra is not 400: SDKs read that as "this machine has no such
 * identity", and some then never ask again, or fall through to the next credential of a chain and
 * hide the cause. NMI answered 403, too (aad-pod-identity, {@code pkg/nmi/server/server.go}).
 */
public final class ErrorMapper {

  /** Entra's usual advice when it throttles. */
  private static final Duration THROTTLED_WAIT = Duration.ofSeconds(10);

  private static final Duration UNAVAILABLE_WAIT = Duration.ofSeconds(5);

  /** AADSTS700016: application not found in the directory. */
  private static final int NO_SUCH_APPLICATION = 700016;

  /** Enough names to find the right one by; a description is bounded. */
  private static final int NAMES_SHOWN = 10;

  private static final ErrorResponse DEFECT =
      ErrorResponse.of(
          500, RequestOutcome.FAILED, "server_error", "The broker failed; its log says why");

  private ErrorMapper() {}

  public static ErrorResponse of(Throwable failure) {
    return failure instanceof TokenFailureException known ? of(known.failure()) : DEFECT;
  }

  /**
   * For a client id that the caller named and nobody configured: if Entra does not know it either,
   * this pod has no such identity, and that is 400. az before 2.73 goes on to the next kind of id
   * after that status alone.
   */
  static ErrorResponse ofUnconfigured(Throwable failure) {
    ErrorResponse error = of(failure);
    return error.aadsts() == NO_SUCH_APPLICATION ? error.as(400) : error;
  }

  public static ErrorResponse of(TokenFailure failure) {
    if (failure instanceof TokenFailure.Rejected rejected) {
      return ErrorResponse.of(403, RequestOutcome.REJECTED, rejected.error(), describe(rejected))
          .ofEntra(rejected.aadsts(), rejected.correlationId());
    }
    RequestOutcome outcome = RequestOutcome.of(failure.kind());
    if (outcome == RequestOutcome.THROTTLED) {
      return ErrorResponse.of(429, outcome, "too_many_requests", failure.message())
          .retryAfter(failure.retryAfter().orElse(THROTTLED_WAIT));
    }
    return ErrorResponse.of(503, outcome, "temporarily_unavailable", failure.message())
        .retryAfter(failure.retryAfter().orElse(UNAVAILABLE_WAIT));
  }

  /** {@code AADSTS700016: what Entra said. What to do about it}. */
  private static String describe(TokenFailure.Rejected rejected) {
    String code = "AADSTS" + rejected.aadsts();
    boolean codeMissing = rejected.aadsts() != 0 && !rejected.message().startsWith(code);
    String said = codeMissing ? code + ": " + rejected.message() : rejected.message();
    if (rejected.hint().isEmpty()) {
      return said;
    }
    return said + (said.endsWith(".") ? " " : ". ") + rejected.hint();
  }

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
        "Identity not found: " + whyNotFound(selector, names.isEmpty()) + configured(names));
  }

  /** The identity may not have this resource. */
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

  private static String whyNotFound(IdentitySelector selector, boolean noneConfigured) {
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
    String first = String.join(", ", names.subList(0, Math.min(NAMES_SHOWN, names.size())));
    return ". Configured: " + first + (names.size() > NAMES_SHOWN ? ", …" : "");
  }
}
