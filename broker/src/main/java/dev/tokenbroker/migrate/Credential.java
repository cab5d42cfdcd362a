package dev.tokenbroker.migrate;

import java.util.Comparator;
import java.util.Locale;

/** A federated credential: tokens of this account count as this identity. */
record Credential(ResourceId identity, Account account) implements Comparable<Credential> {

  /** The same for every spelling of the identity's id. */
  String identityKey() {
    return identity.toString().toLowerCase(Locale.ROOT);
  }

  @Override
  public int compareTo(Credential other) {
    return Comparator.comparing(Credential::identityKey)
        .thenComparing(Credential::account)
        .compare(this, other);
  }
}
