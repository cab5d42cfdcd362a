package dev.tokenbroker.migrate;

import dev.tokenbroker.inject.WellKnownNames;

/** Labels and annotations that are written. */
final class Labels {

  static final String INJECT = WellKnownNames.INJECT;
  static final String IDENTITIES_CONFIG_MAP = WellKnownNames.IDENTITIES_CONFIG_MAP;

  /**
   * azwi's; source: azure-workload-identity, docs/topics/service-account-labels-and-annotations.
   */
  static final String USE = "azure.workload.identity/use";

  static final String CLIENT_ID = "azure.workload.identity/client-id";
  static final String TENANT_ID = "azure.workload.identity/tenant-id";

  private Labels() {}
}
