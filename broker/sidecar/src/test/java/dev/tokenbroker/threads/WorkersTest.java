package dev.tokenbroker.threads;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkersTest {

  private final List<Runnable> timers = new ArrayList<>();
  private final CountDownLatch gate = new CountDownLatch(1);
  private final Workers workers =
      new Workers(
          "test",
          new Workers.Limits(1, 1, 1, Duration.ofSeconds(5)),
          (delay, task) -> {
            timers.add(task);
            return () -> timers.remove(task);
          },
          Runnable::run);

  @AfterEach
  void close() {
    gate.countDown();
    workers.close();
  }

  @Test
  void whatATaskReturnsOrThrowsIsItsAnswer() throws Exception {
    assertThat(await(workers.run(() -> "done")).result()).isEqualTo("done");
    Future<Object> thrown =
        workers.run(
            () -> {
              throw new StackOverflowError();
            });
    assertThat(await(thrown).cause()).isInstanceOf(StackOverflowError.class);
  }

  @Test
  void aTaskThatDoesNotEndIsGivenUpAndItsThreadReplaced() throws Exception {
    Future<String> stuck = stuck();
    ring();
    ring();

    assertThat(stuck.cause()).isInstanceOf(StuckException.class);
    assertThat(workers.stuck()).isEqualTo(1);
    assertThat(workers.obstacle()).isEmpty();
    assertThat(await(workers.run(() -> "replaced")).result()).isEqualTo("replaced");
  }

  @Test
  void replacementsAreBoundedAndThenNothingIsBegunAndSaidSo() throws Exception {
    for (int i = 0; i < 2; i++) {
      stuck();
      ring();
      ring();
    }

    Future<String> late = workers.run(() -> "never");
    ring();

    assertThat(late.cause()).isInstanceOf(NotRunException.class);
    assertThat(workers.obstacle()).hasValueSatisfying(why -> assertThat(why).contains("2 threads"));
  }

  @Test
  void aFailureThatComesAfterTheEventLoopHasEndedIsDropped() throws Exception {
    BlockingQueue<Thread> ran = new LinkedBlockingQueue<>();
    try (Workers late =
        new Workers(
            "late",
            new Workers.Limits(1, 1, 1, Duration.ofSeconds(5)),
            (delay, task) -> () -> {},
            completion -> {
              throw new RejectedExecutionException("event executor terminated");
            })) {
      for (int i = 0; i < 2; i++) {
        late.run(
            () -> {
              ran.add(Thread.currentThread());
              throw new IOException("interrupted by the end");
            });
      }

      assertThat(ran.take()).as("no error ends the thread").isSameAs(ran.take());
    }
  }

  @Test
  void whatIsBeyondTheQueueIsRefusedAtOnce() throws Exception {
    stuck();
    workers.run(() -> "queued");

    assertThat(workers.run(() -> "too much").cause()).isInstanceOf(NotRunException.class);
  }

  @Test
  void whatIsQueuedWhenTheyCloseIsAnswered() throws Exception {
    stuck();
    Future<String> queued = workers.run(() -> "queued");

    workers.close();

    assertThat(queued.cause()).isInstanceOf(NotRunException.class);
    assertThat(workers.run(() -> "late").cause()).isInstanceOf(NotRunException.class);
  }

  /** A task that runs, and heeds no interrupt. */
  private Future<String> stuck() throws Exception {
    CountDownLatch runs = new CountDownLatch(1);
    Future<String> future =
        workers.run(
            () -> {
              runs.countDown();
              while (gate.getCount() > 0) {
                Thread.onSpinWait();
              }
              return "at last";
            });
    assertThat(runs.await(10, TimeUnit.SECONDS)).isTrue();
    return future;
  }

  private void ring() {
    List<Runnable> due = List.copyOf(timers);
    timers.clear();
    due.forEach(Runnable::run);
  }

  private static <T> Future<T> await(Future<T> future) throws Exception {
    CountDownLatch done = new CountDownLatch(1);
    future.onComplete(result -> done.countDown());
    assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
    return future;
  }
}
