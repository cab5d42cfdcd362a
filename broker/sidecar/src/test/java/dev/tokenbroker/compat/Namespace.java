package dev.tokenbroker.compat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A network namespace with loopback alone, as close to a pod as a test comes without Kubernetes.
 * Making one needs root, iproute2 and nftables.
 */
final class Namespace implements AutoCloseable {

  private static final AtomicInteger MADE = new AtomicInteger();

  private final String name;

  private Namespace(String name) {
    this.name = name;
  }

  /** Makes one in which 169.254.169.254:80 leads to the port. */
  static Namespace redirecting(int port) {
    Namespace namespace =
        new Namespace("broker-" + ProcessHandle.current().pid() + "-" + MADE.incrementAndGet());
    run("ip", "netns", "add", namespace.name);
    namespace.inside("ip", "link", "set", "lo", "up");
    // Without the source address a connection would hang: loopback is the only interface.
    namespace.inside("ip", "route", "add", "169.254.169.254/32", "dev", "lo", "src", "127.0.0.1");
    namespace.inside("nft", "add table ip imds");
    namespace.inside("nft", "add chain ip imds output { type nat hook output priority -105 ; }");
    namespace.inside(
        "nft",
        "add rule ip imds output ip daddr 169.254.169.254 tcp dport 80 redirect to :" + port);
    return namespace;
  }

  /** What to put before a command so that it runs inside. */
  List<String> prefix() {
    return List.of("ip", "netns", "exec", name);
  }

  private void inside(String... command) {
    String[] all = new String[prefix().size() + command.length];
    System.arraycopy(prefix().toArray(), 0, all, 0, prefix().size());
    System.arraycopy(command, 0, all, prefix().size(), command.length);
    run(all);
  }

  private static void run(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IllegalStateException(String.join(" ", command) + ": " + said.strip());
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(String.join(" ", command) + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    run("ip", "netns", "delete", name);
  }
}
