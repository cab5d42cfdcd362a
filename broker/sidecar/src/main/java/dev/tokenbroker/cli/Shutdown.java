package dev.tokenbroker.cli;

import dev.tokenbroker.logging.Logging;

/** Tells when the process is asked to end (SIGTERM, SIGINT). */
@FunctionalInterface
public interface Shutdown {

  /** Runs {@code task} then, and ends the process with status 0 as soon as it returns. */
  void onSignal(Runnable task);

  /**
   * The real one. A JVM that a signal ends exits with 128 + the signal's number, which Kubernetes
   * counts as a failure of the container; halting in the hook is the only way to change that.
   */
  static Shutdown ofThisProcess() {
    return task ->
        Runtime.getRuntime()
            .addShutdownHook(
                new Thread(
                    () -> {
                      try {
                        task.run();
                      } finally {
                        Logging.flush();
                        Runtime.getRuntime().halt(ExitCode.OK.number());
                      }
                    },
                    "shutdown"));
  }
}
