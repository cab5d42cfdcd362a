package dev.tokenbroker.assembly;

import dev.tokenbroker.config.HostPort;

/** A listener could not be opened, most often because its port is taken. */
public final class ListenException extends Exception {

  private final transient HostPort address;

  ListenException(HostPort address, Throwable cause) {
    super("cannot listen on " + address, cause);
    this.address = address;
  }

  public HostPort address() {
    return address;
  }
}
