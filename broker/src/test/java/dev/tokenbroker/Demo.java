package dev.tokenbroker;

import dev.tokenbroker.assembly.Broker;
import dev.tokenbroker.assembly.TokenOrigin;
import dev.tokenbroker.config.BrokerConfig;
import dev.tokenbroker.config.ConfigLoader;
import dev.tokenbroker.config.ConfigResult;
import dev.tokenbroker.config.LogFormat;
import dev.tokenbroker.config.LogLevel;
import dev.tokenbroker.logging.Logging;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;

/** Starts a broker on the emulated Entra and prints what to paste into another terminal. */
public final class Demo {

  private Demo() {}

  public static void main(String[] args) throws InterruptedException {
    Logging.install(LogFormat.TEXT, LogLevel.WARN, System.err);
    PodBesideEntra entra = new PodBesideEntra();
    Map<String, String> environment = new HashMap<>(entra.start());
    environment.put("BROKER_ADMIN_LISTEN", "127.0.0.1:16926");
    if (!(ConfigLoader.load(environment) instanceof ConfigResult.Loaded loaded)) {
      throw new AssertionError("the emulated pod's own variables are wrong");
    }
    BrokerConfig config = loaded.config();
    try {
      Broker.start(config, TokenOrigin.entra("An emulated Entra on this machine", Optional.empty()))
          .toCompletionStage()
          .toCompletableFuture()
          .join();
    } catch (CompletionException e) {
      System.err.println(
          "demo: cannot start, is another one running? " + e.getCause().getMessage());
      System.exit(1);
    }
    System.out.println(
        "token-broker serves tokens of an emulated Entra. Paste these into another terminal:\n");
    System.out.print(
        entra.examples("http://" + config.endpoint().listen(), "http://" + config.adminListen()));
    System.out.println("Ctrl-C ends it.");
    new CountDownLatch(1).await();
  }
}
