package dev.tokenbroker.testing;

import dev.tokenbroker.config.BrokerConfig;
import dev.tokenbroker.config.ConfigLoader;
import dev.tokenbroker.config.ConfigResult;
import dev.tokenbroker.emulator.EmulatedPod;
import java.util.HashMap;
import java.util.Map;

/** The configuration of a broker in an emulated pod. */
public final class PodConfig {

  private PodConfig() {}

  /** Loads the pod's environment with these settings over it. */
  public static BrokerConfig of(EmulatedPod pod, Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(pod.environment());
    all.putAll(settings);
    ConfigResult result = ConfigLoader.load(all);
    if (result instanceof ConfigResult.Loaded loaded) {
      return loaded.config();
    }
    throw new AssertionError(result.toString());
  }
}
