package dev.tokenbroker.identity;

import dev.tokenbroker.token.AccessToken;
import java.time.Instant;

/** An identity, and the ids of it that are configured or learned from its tokens so far. */
final class Principal {

  private final Resolution.Found found;
  private final PrincipalIds configured;
  private PrincipalIds ids;
  private Instant learnedFrom = Instant.MIN;

  Principal(Identity identity, PrincipalIds configured) {
    this.found = new Resolution.Found(identity);
    this.configured = configured;
    this.ids = configured;
  }

  Identity identity() {
    return found.identity();
  }

  Resolution.Found found() {
    return found;
  }

  boolean isMeantBy(IdentitySelector selector) {
    return ids.match(selector);
  }

  /** Returns whether a token of this identity could still turn out to carry the id asked for. */
  boolean couldBeMeantBy(IdentitySelector selector) {
    boolean configuredOtherwise =
        selector instanceof IdentitySelector.ByObjectId
            ? configured.objectId().isPresent()
            : configured.resourceId().isPresent();
    return learnedFrom.equals(Instant.MIN) && !configuredOtherwise;
  }

  /** Takes the ids from a token, once for each exchange; what the operator configured stays. */
  void learn(AccessToken token) {
    if (learnedFrom.equals(token.issuedAt())) {
      return;
    }
    PrincipalIds learned = PrincipalIds.of(token.value());
    if (!learned.isEmpty()) {
      ids = configured.or(learned);
      learnedFrom = token.issuedAt();
    }
  }
}
