package dev.tokenbroker.inject;

/**
 * The labels, annotations and names that users write and read: a published contract, shared with
 * the charts.
 */
public final class WellKnownNames {

  static final String PREFIX = "token-broker.dev/";

  /** The pod label that opts in; only the value {@code true} does. */
  public static final String INJECT = PREFIX + "inject";

  /** The annotation that injected pods carry. */
  static final String STATUS = PREFIX + "status";

  static final String INJECTED = "injected";

  static final String MODE = PREFIX + "mode";
  static final String PORT = PREFIX + "port";
  public static final String IDENTITIES_CONFIG_MAP = PREFIX + "identities-config-map";
  static final String IDENTITY_HEADER_SECRET = PREFIX + "identity-header-secret";
  static final String PREFETCH = PREFIX + "prefetch";
  static final String REDIRECT = PREFIX + "redirect";
  static final String ENV = PREFIX + "env";
  static final String SKIP_CONTAINERS = PREFIX + "skip-containers";
  static final String CPU_REQUEST = PREFIX + "cpu-request";
  static final String CPU_LIMIT = PREFIX + "cpu-limit";
  static final String MEMORY_REQUEST = PREFIX + "memory-request";
  static final String MEMORY_LIMIT = PREFIX + "memory-limit";
  static final String LOG_LEVEL = PREFIX + "log-level";
  static final String IMAGE = PREFIX + "image";

  static final String SIDECAR = "token-broker";
  static final String REDIRECT_CONTAINER = "token-broker-redirect";
  static final String CONFIG_VOLUME = "token-broker-config";

  /** Where the Secret of {@link #IDENTITY_HEADER_SECRET} holds the value. */
  static final String IDENTITY_HEADER_KEY = "identity-header";

  private WellKnownNames() {}
}
