package dev.tokenbroker.exchange;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that wait for Entra, since msal4j blocks. They are made when needed and gone soon
 * after: most of the time a broker has none.
 */
final class ExchangeThreads implements AutoCloseable {

  private static final int QUEUE = 256;
  private static final long IDLE_SECONDS = 10;

  private final ThreadPoolExecutor executor;

  ExchangeThreads(int concurrency) {
    AtomicInteger number = new AtomicInteger();
    executor =
        new ThreadPoolExecutor(
            concurrency,
            concurrency,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(QUEUE),
            task -> {
              Thread thread = new Thread(task, "exchange-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    executor.allowCoreThreadTimeOut(true);
  }

  /**
   * Runs the task, or {@code dropped} if the threads are closed before its turn comes: somebody
   * waits for either. Throws a RejectedExecutionException when the queue is full.
   */
  void execute(Runnable task, Runnable dropped) {
    executor.execute(new Job(task, dropped));
  }

  @Override
  public void close() {
    for (Runnable queued : executor.shutdownNow()) {
      ((Job) queued).dropped.run();
    }
  }

  private record Job(Runnable task, Runnable dropped) implements Runnable {

    @Override
    public void run() {
      task.run();
    }
  }
}
