package dev.tokenbroker.faults;

import dev.tokenbroker.assembly.Running;
import dev.tokenbroker.emulator.EmulatedPod;
import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** A pod whose tokens live for seconds, with a breakable wire to Entra. */
final class Stage implements AutoCloseable {

  /** So short that a case sees renewals and an end, so long that a slow machine keeps up. */
  static final Duration LIFE = Duration.ofSeconds(6);

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  final EmulatedPod pod = new EmulatedPod();
  final Wire wire = new Wire(pod.entra().port());

  Stage() {
    this(LIFE);
  }

  Stage(Duration tokenLife) {
    pod.entra().register(EmulatedPod.APP.withTokenLifetime(tokenLife));
  }

  Map<String, String> environment() {
    Map<String, String> environment = pod.environment();
    environment.put("AZURE_AUTHORITY_HOST", "https://localhost:" + wire.port() + "/");
    return environment;
  }

  /** Calls of Entra so far, however they ended. */
  int upstream() {
    return wire.connections();
  }

  static void until(String what, BooleanSupplier condition) {
    Running.until(what, PATIENCE, condition);
  }

  @Override
  public void close() {
    wire.close();
    pod.close();
  }
}
