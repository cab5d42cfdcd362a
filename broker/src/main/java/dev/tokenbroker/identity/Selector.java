package dev.tokenbroker.identity;

/** How a request names the identity it means. */
public sealed interface Selector {

  /** The id as the caller wrote it, unchecked; empty if the request names no identity. */
  String id();

  /** The request names no identity: the default is meant. */
  record None() implements Selector {

    @Override
    public String id() {
      return "";
    }
  }

  /** By application (client) id. */
  record ByClientId(String id) implements Selector {}

  /** By the object id of the service principal; the SQL Server ODBC driver asks like this. */
  record ByObjectId(String id) implements Selector {}

  /** By Azure resource id, {@code /subscriptions/…/userAssignedIdentities/…}. */
  record ByResourceId(String id) implements Selector {}
}
