package dev.tokenbroker.compat;

import dev.tokenbroker.Pod;
import dev.tokenbroker.emulator.ManagedIdentity;
import java.util.List;

/** Which identity the client names, and how. */
enum Selection {
  SYSTEM(Pod.APP, "", ""),
  CLIENT_ID(Pod.REPORTS, "client_id", Pod.REPORTS.clientId()),
  OBJECT_ID(Pod.APP, "object_id", Pod.APP.objectId()),
  RESOURCE_ID(Pod.APP, "resource_id", Pod.APP.resourceId().orElseThrow());

  final ManagedIdentity expected;
  private final String kind;
  private final String id;

  Selection(ManagedIdentity expected, String kind, String id) {
    this.expected = expected;
    this.kind = kind;
    this.id = id;
  }

  /** The last arguments of a client's command. */
  List<String> arguments() {
    return kind.isEmpty() ? List.of() : List.of(kind, id);
  }
}
