package dev.tokenbroker.cli;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How an app of the same pod reaches the broker.
 *
 * @param url the managed identity endpoints, {@code http://host:port}
 * @param secret what the app must show there
 * @param authority the authority on loopback, {@code https://localhost:port}
 * @param caFile its CA, if the broker writes one
 */
record BrokerAddress(String url, String secret, String authority, Optional<Path> caFile) {

  @Override
  public String toString() {
    return "BrokerAddress[" + url + ", " + authority + "]";
  }
}
