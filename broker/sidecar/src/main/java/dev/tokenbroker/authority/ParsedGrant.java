package dev.tokenbroker.authority;

import dev.tokenbroker.endpoint.ErrorResponse;
import dev.tokenbroker.endpoint.TokenRequest;

/** A parsed token request: a grant, or the error to answer with. */
sealed interface ParsedGrant {

  /** The form is not a token request that is served here. */
  record Rejected(ErrorResponse error) implements ParsedGrant {}

  /**
   * What a client asks of an authority: client credentials, proven by a client assertion.
   *
   * @param assertion the federated token that the client presents: secret, so {@link #toString()}
   *     masks it
   * @param tokenRequest the client id as selector, and the scope as resource
   */
  record Grant(String assertion, TokenRequest tokenRequest) implements ParsedGrant {

    @Override
    public String toString() {
      return "Grant[assertion=***, tokenRequest=" + tokenRequest + "]";
    }
  }
}
