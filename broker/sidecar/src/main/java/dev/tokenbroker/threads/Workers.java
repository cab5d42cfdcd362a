package dev.tokenbroker.threads;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Runs what may block, on threads of its own. They are made when needed and gone soon after.
 *
 * <p>Every task's future ends by a deadline of its own, whatever its thread does. A thread cannot
 * be killed: one that does not come back (a mount that hangs, a loop) is left behind, counted, said
 * in the log, and replaced, up to a bound.
 */
public final class Workers implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(Workers.class.getName());
  private static final long IDLE_SECONDS = 10;

  /** Where a stuck thread stands is worth so many lines of the log. */
  private static final int FRAMES = 12;

  private final String name;
  private final Limits limits;
  private final Timers timers;
  private final Executor loop;
  private final ThreadPoolExecutor threads;

  /** Guarded by this. */
  private int stuck;

  /**
   * Workers without a thread yet.
   *
   * @param name of the threads, and what the log calls them
   * @param loop where futures complete
   */
  public Workers(String name, Limits limits, Timers timers, Executor loop) {
    this.name = name;
    this.limits = limits;
    this.timers = timers;
    this.loop = loop;
    AtomicInteger number = new AtomicInteger();
    threads =
        new ThreadPoolExecutor(
            limits.concurrency(),
            limits.concurrency(),
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(limits.queue()),
            task -> {
              Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
  }

  /** Workers whose futures complete on the context, and whose deadlines are its timers. */
  public static Workers on(Vertx vertx, Context context, String name, Limits limits) {
    return new Workers(
        name, limits, Timers.of(vertx), task -> context.runOnContext(nothing -> task.run()));
  }

  /**
   * Bounds.
   *
   * @param concurrency so many tasks run at once
   * @param queue so many wait for their turn
   * @param replacements so many threads may be stuck before there are fewer that work
   * @param patience how long a task may wait for its turn, and how long it then may run at least;
   *     after twice that its future has ended
   */
  public record Limits(int concurrency, int queue, int replacements, Duration patience) {}

  /**
   * Runs the task. This never throws and never blocks.
   *
   * @return what the task returns or throws; failed with a {@link NotRunException} if it never
   *     began, with a {@link StuckException} if it did not end
   */
  public <T> Future<T> run(Callable<T> task) {
    Promise<T> promise = Promise.promise();
    Job<T> job = new Job<>(task, promise);
    try {
      threads.execute(job);
      job.watch();
    } catch (Throwable full) {
      // No thread to be had is an OutOfMemoryError.
      promise.tryFail(new NotRunException(threads.isShutdown()));
    }
    return promise.future();
  }

  /** How many threads have not come back from their task. */
  public synchronized int stuck() {
    return stuck;
  }

  /** Why work is no longer done as it should be; empty while stuck threads can be replaced. */
  public synchronized Optional<String> obstacle() {
    return stuck <= limits.replacements()
        ? Optional.empty()
        : Optional.of(
            stuck + " threads (" + name + ") are stuck, and no more are started: see the log");
  }

  /**
   * Tasks that have not begun end with a {@link NotRunException}; those that run are interrupted.
   */
  @Override
  public void close() {
    for (Runnable queued : threads.shutdownNow()) {
      ((Job<?>) queued).end(new NotRunException(true));
    }
  }

  private synchronized void lost(Thread thread) {
    stuck++;
    LOG.warning(
        () ->
            "thread "
                + thread.getName()
                + " is stuck ("
                + stuck
                + " in total) at "
                + Arrays.stream(thread.getStackTrace())
                    .limit(FRAMES)
                    .map(String::valueOf)
                    .collect(Collectors.joining(" < ")));
    resize();
  }

  private synchronized void back(Thread thread) {
    stuck--;
    LOG.info(() -> "thread " + thread.getName() + " has come back; " + stuck + " others have not");
    resize();
  }

  private void resize() {
    int size = limits.concurrency() + Math.min(stuck, limits.replacements());
    try {
      if (size > threads.getMaximumPoolSize()) {
        threads.setMaximumPoolSize(size);
        threads.setCorePoolSize(size);
      } else {
        threads.setCorePoolSize(size);
        threads.setMaximumPoolSize(size);
      }
    } catch (OutOfMemoryError noThread) {
      // The size is set before the threads are made; they are made with the next task.
      LOG.warning("no thread can be started to replace one that is stuck");
    }
  }

  private final class Job<T> implements Runnable {

    private final Callable<T> task;
    private final Promise<T> promise;
    private Runnable cancelTimer = () -> {};
    private @Nullable Thread thread;
    private boolean ended;
    private boolean isLost;

    Job(Callable<T> task, Promise<T> promise) {
      this.task = task;
      this.promise = promise;
    }

    synchronized void watch() {
      if (!ended) {
        cancelTimer = timers.after(limits.patience(), this::mustHaveBegun);
      }
    }

    private synchronized void mustHaveBegun() {
      if (thread == null) {
        threads.remove(this);
        end(new NotRunException(false));
      } else if (!ended) {
        cancelTimer = timers.after(limits.patience(), this::mustHaveEnded);
      }
    }

    private synchronized void mustHaveEnded() {
      Thread running = thread;
      if (running != null && !ended) {
        isLost = true;
        lost(running);
        end(new StuckException(limits.patience().multipliedBy(2)));
        // Some waits end by that.
        running.interrupt();
      }
    }

    @Override
    public void run() {
      if (!begin()) {
        return;
      }
      try {
        T result = task.call();
        end(() -> promise.tryComplete(result));
      } catch (Throwable failure) {
        end(failure);
      } finally {
        leave();
      }
    }

    private synchronized boolean begin() {
      if (!ended) {
        thread = Thread.currentThread();
      }
      return !ended;
    }

    void end(Throwable failure) {
      end(() -> promise.tryFail(failure));
    }

    private synchronized void end(Runnable completion) {
      if (!ended) {
        ended = true;
        cancelTimer.run();
        try {
          loop.execute(completion);
        } catch (RejectedExecutionException noLoop) {
          // The event loop has ended, and with it everybody who waited.
        }
      }
    }

    private synchronized void leave() {
      // An interrupt was meant for this task, not for the next one.
      Thread.interrupted();
      thread = null;
      if (isLost) {
        back(Thread.currentThread());
      }
    }
  }
}
