package dev.tokenbroker.client;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * Whether an address stays inside the pod. Only {@code localhost} and literal addresses count: what
 * another name resolves to is up to whoever runs the DNS.
 */
final class Loopback {

  private static final Pattern LITERAL = Pattern.compile("\\[.*]|\\d+\\.\\d+\\.\\d+\\.\\d+");

  private Loopback() {}

  static boolean is(URI address) {
    String host = address.getHost();
    if (!LITERAL.matcher(host).matches()) {
      return host.equalsIgnoreCase("localhost");
    }
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
