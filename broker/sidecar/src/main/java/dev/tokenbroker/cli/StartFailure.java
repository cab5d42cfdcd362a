package dev.tokenbroker.cli;

import dev.tokenbroker.assembly.ListenException;
import dev.tokenbroker.config.BrokerConfig;
import dev.tokenbroker.config.HostPort;
import dev.tokenbroker.config.Setting;
import dev.tokenbroker.config.Settings;

/** Says why the broker could not start, and which setting to change. */
final class StartFailure {

  private StartFailure() {}

  static String explain(Throwable failure, BrokerConfig config) {
    if (!(failure instanceof ListenException e)) {
      return failure.getClass().getSimpleName() + reason(failure);
    }
    String setting = setting(e.address(), config).label();
    return "cannot listen on " + e.address() + reason(e) + "; choose another with " + setting;
  }

  private static Setting<HostPort> setting(HostPort address, BrokerConfig config) {
    if (config.authority().filter(local -> local.listen().equals(address)).isPresent()) {
      return Settings.AUTHORITY_LISTEN;
    }
    return address.equals(config.adminListen()) ? Settings.ADMIN_LISTEN : Settings.LISTEN;
  }

  /** The innermost message: the outer ones only say that something failed. */
  private static String reason(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getMessage() == null ? "" : ": " + cause.getMessage();
  }
}
