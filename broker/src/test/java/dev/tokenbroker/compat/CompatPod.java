package dev.tokenbroker.compat;

import dev.tokenbroker.Pod;
import io.vertx.core.json.JsonObject;
import java.io.IOException;

/**
 * An emulated pod as a process, so that it can run in a network namespace. It prints the
 * environment for a broker as one line of JSON and stays until its input ends.
 */
public final class CompatPod {

  private CompatPod() {}

  public static void main(String[] args) throws IOException {
    try (Pod pod = new Pod()) {
      JsonObject environment = new JsonObject();
      pod.environment().forEach(environment::put);
      System.out.println(environment.encode());
      while (System.in.read() >= 0) {
        // Nothing is said to it; it waits for the end.
      }
    }
  }
}
