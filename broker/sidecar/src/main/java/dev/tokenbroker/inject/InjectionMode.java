package dev.tokenbroker.inject;

/** The choice of who in the pod may hold the projected service account token. */
public enum InjectionMode {
  /** The broker alone: the app gets Entra tokens, and nothing to make more of them with. */
  STRICT,
  /** The app too, for {@code az login --federated-token} and SDKs that exchange it themselves. */
  SHARED
}
