package dev.tokenbroker.tls;

import java.io.IOException;

/** There are no certificates to verify the other side by. */
public final class UnusableRootsException extends IOException {

  UnusableRootsException(Exception cause) {
    super("no certificates to verify by", cause);
  }
}
