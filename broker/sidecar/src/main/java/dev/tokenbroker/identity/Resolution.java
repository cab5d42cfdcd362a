package dev.tokenbroker.identity;

import java.util.List;

/** The outcome of looking up an {@link IdentitySelector}. */
public sealed interface Resolution {

  /** Exactly this identity. */
  record Found(Identity identity) implements Resolution {}

  /**
   * None so far, but of these the object and resource ids are not known yet: a token of each would
   * tell. Never empty.
   */
  record Unlearned(List<Identity> candidates) implements Resolution {

    public Unlearned {
      candidates = List.copyOf(candidates);
    }
  }

  /** The request names an identity that the broker does not serve. */
  record NotFound() implements Resolution {}

  /** The request names no identity, and there is no default. */
  record NoDefault() implements Resolution {}
}
