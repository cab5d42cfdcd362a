package dev.tokenbroker.endpoint;

import dev.tokenbroker.token.TokenFailure;
import java.util.Locale;

/** The ways in which a request ends; a small closed set, so that it can label a meter. */
public enum RequestOutcome {
  /** A token was handed out. */
  SERVED,
  /** The status was shown, or what the authority says about itself. */
  SHOWN,
  /** The answer of the real instance metadata service was passed on. */
  PASSED_ON,
  /** The guard rejected the caller: wrong peer, wrong Host, or a proxy on the way. */
  GUARDED,
  /** The caller lacks the dialect's header or secret; SDK probes end here. */
  UNPROVEN,
  /** The request is malformed or asks for something nobody can give. */
  INVALID,
  /** The request means an identity that the broker does not serve. */
  IDENTITY_NOT_FOUND,
  /** Policy forbids this identity this resource, or this user of the pod to ask. */
  FORBIDDEN,
  /** Nothing lives on this path. */
  NOT_FOUND,
  /** Entra said no. */
  REJECTED,
  /** Entra asked us to slow down. */
  THROTTLED,
  /** Entra, or the real instance metadata service, did not answer. */
  UNAVAILABLE,
  /** The projected token file cannot be used. */
  NO_ASSERTION,
  /** The caller went away before the answer was there. */
  ABANDONED,
  /** The broker itself failed; a defect. */
  FAILED;

  private final String label = name().toLowerCase(Locale.ROOT);

  static RequestOutcome of(TokenFailure.Kind kind) {
    return switch (kind) {
      case REJECTED -> REJECTED;
      case THROTTLED -> THROTTLED;
      case UNAVAILABLE -> UNAVAILABLE;
      case NO_ASSERTION -> NO_ASSERTION;
    };
  }

  /** The name as a meter's label. */
  public String label() {
    return label;
  }
}
