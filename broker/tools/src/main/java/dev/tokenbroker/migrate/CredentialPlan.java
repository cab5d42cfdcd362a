package dev.tokenbroker.migrate;

import java.util.Comparator;
import java.util.Locale;

/** A federated credential: tokens of this account count as this identity. */
record CredentialPlan(ResourceId identity, Account account) implements Comparable<CredentialPlan> {

  /** The same for every spelling of the identity's id. */
  String identityKey() {
    return identity.toString().toLowerCase(Locale.ROOT);
  }

  @Override
  public int compareTo(CredentialPlan other) {
    return Comparator.comparing(CredentialPlan::identityKey)
        .thenComparing(CredentialPlan::account)
        .compare(this, other);
  }
}
