package dev.tokenbroker.migrate;

/** A service account; the subject of federated credentials. */
record Account(String namespace, String name) implements Comparable<Account> {

  /** What the {@code sub} claim of its tokens is, and a credential must repeat to the letter. */
  String subject() {
    return "system:serviceaccount:" + namespace + ":" + name;
  }

  /** Without a prefix. Entra takes 3 to 120 letters, digits, dashes and underscores. */
  String credentialName() {
    return SafeName.of(namespace, 40) + "_" + SafeName.of(name, 60);
  }

  @Override
  public int compareTo(Account other) {
    return subject().compareTo(other.subject());
  }

  @Override
  public String toString() {
    return namespace + "/" + name;
  }
}
