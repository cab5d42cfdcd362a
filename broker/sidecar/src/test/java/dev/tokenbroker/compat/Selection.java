package dev.tokenbroker.compat;

import dev.tokenbroker.emulator.EmulatedPod;
import dev.tokenbroker.emulator.ManagedIdentity;
import java.util.List;

/** Which identity the client names, and how. */
enum Selection {
  SYSTEM(EmulatedPod.APP, "", ""),
  CLIENT_ID(EmulatedPod.REPORTS, "client_id", EmulatedPod.REPORTS.clientId()),
  OBJECT_ID(EmulatedPod.APP, "object_id", EmulatedPod.APP.objectId()),
  RESOURCE_ID(EmulatedPod.APP, "resource_id", EmulatedPod.APP.resourceId().orElseThrow());

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
