package dev.tokenbroker.identity;

/** The part of a request that names an identity. */
public sealed interface IdentitySelector {

  /** The request names no identity: the default is meant. */
  record None() implements IdentitySelector {}

  /** The request names an identity by an id of some kind. */
  sealed interface Named extends IdentitySelector {

    /** The id as the caller wrote it, unchecked. */
    String id();
  }

  /** By application (client) id. */
  record ByClientId(String id) implements Named {}

  /** By the object id of the service principal; the SQL Server ODBC driver asks like this. */
  record ByObjectId(String id) implements Named {}

  /** By Azure resource id, {@code /subscriptions/…/userAssignedIdentities/…}. */
  record ByResourceId(String id) implements Named {}
}
