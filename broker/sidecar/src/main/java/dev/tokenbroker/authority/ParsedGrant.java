package dev.tokenbroker.authority;

import dev.tokenbroker.endpoint.ErrorResponse;

/** A parsed token request: a grant, or the error to answer with. */
sealed interface ParsedGrant permits Grant, ParsedGrant.Refused {

  /** The form is not a token request that is served here. */
  record Refused(ErrorResponse error) implements ParsedGrant {}
}
