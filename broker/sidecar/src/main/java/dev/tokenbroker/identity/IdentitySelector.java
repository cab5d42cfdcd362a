package dev.tokenbroker.identity;

/** How a request names the identity it means. */
public sealed interface IdentitySelector {

  /** The id as the caller wrote it, unchecked; empty if the request names no identity. */
  String id();

  /** The request names no identity: the default is meant. */
  record None() implements IdentitySelector {

    @Override
    public String id() {
      return "";
    }
  }

  /** By application (client) id. */
  record ByClientId(String id) implements IdentitySelector {}

  /** By the object id of the service principal; the SQL Server ODBC driver asks like this. */
  record ByObjectId(String id) implements IdentitySelector {}

  /** By Azure resource id, {@code /subscriptions/…/userAssignedIdentities/…}. */
  record ByResourceId(String id) implements IdentitySelector {}
}
