package dev.tokenbroker.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** What the broker has to show for a token. */
public sealed interface Credential {

  /**
   * The pod's own: the token that Kubernetes projects.
   *
   * @param file read again at every exchange
   */
  record FederatedToken(Path file) implements Credential {}

  /**
   * An emulated pod's, for an emulated Entra on this machine.
   *
   * @param file read again at every exchange
   */
  record EmulatedToken(Path file) implements Credential {}

  /**
   * The developer's own: whoever is logged in with az on this machine.
   *
   * @param tenant the tenant to ask, if not the one az is set to
   * @param environment what az runs in; other programs' secrets may be in it
   */
  record AzLogin(Optional<String> tenant, Map<String, String> environment) implements Credential {

    public AzLogin {
      environment = Map.copyOf(environment);
    }

    @Override
    public String toString() {
      return "AzLogin[tenant=" + tenant + "]";
    }
  }
}
