package dev.tokenbroker.authority;

import dev.tokenbroker.endpoint.TokenRequest;

/**
 * What a client asks of an authority: client credentials, proven by a client assertion.
 *
 * @param assertion the federated token that the client presents: secret, so {@link #toString()}
 *     masks it
 * @param question the client id as selector, and the scope as resource
 */
record Grant(String assertion, TokenRequest question) implements ParsedGrant {

  @Override
  public String toString() {
    return "Grant[assertion=***, question=" + question + "]";
  }
}
