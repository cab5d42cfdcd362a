package dev.tokenbroker.logging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A pipe that nobody reads is a stream whose gate is closed. */
@Timeout(60)
class LineWriterTest {

  private static final Duration LONG = Duration.ofSeconds(30);
  private static final String LINE = "x".repeat(99) + "\n";

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final CountDownLatch reached = new CountDownLatch(1);
  private final CountDownLatch gate = new CountDownLatch(1);
  private final LineWriter writer =
      new LineWriter(
          new PrintStream(new Gated(), false, UTF_8), lines -> bytes("missing " + lines + "\n"));

  private final class Gated extends OutputStream {

    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      reached.countDown();
      try {
        gate.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      written.write(bytes, offset, length);
    }
  }

  @Test
  void aStreamThatNobodyReadsHoldsUpNobodyAndWhatIsQueuedIsBounded() throws Exception {
    log(10_000);

    assertThat(writer.dropped()).isPositive();
    gate.countDown();
    assertThat(writer.flush(LONG)).isTrue();
    assertThat(written.size()).isLessThan(LineWriter.MAX_BYTES);
  }

  @Test
  void whatWasDroppedIsCountedAndSaidWhenTheStreamFlowsAgain() throws Exception {
    log(10_000);
    long dropped = writer.dropped();
    gate.countDown();
    assertThat(writer.flush(LONG)).isTrue();
    writer.add(bytes("after\n"));
    assertThat(writer.flush(LONG)).isTrue();

    List<String> lines = written.toString(UTF_8).lines().toList();
    assertThat(lines).endsWith("missing " + dropped, "after");
    assertThat(lines).hasSize((int) (10_000 - dropped) + 2);
    assertThat(writer.dropped()).isEqualTo(dropped);
  }

  @Test
  void linesKeepTheirOrder() {
    gate.countDown();
    for (int i = 0; i < 500; i++) {
      writer.add(bytes(i + "\n"));
    }
    assertThat(writer.flush(LONG)).isTrue();

    assertThat(written.toString(UTF_8).lines().map(Integer::valueOf)).isSorted().hasSize(500);
  }

  @Test
  void aFlushGivesUpOnAStreamThatNobodyReads() throws Exception {
    log(1);

    assertThat(writer.flush(Duration.ofMillis(1))).isFalse();
  }

  @Test
  void aFlushWithoutALineReturnsAtOnce() {
    assertThat(writer.flush(LONG)).isTrue();
  }

  /** The first line, by which the stream is blocked for sure, then the others. */
  private void log(int lines) throws InterruptedException {
    writer.add(bytes(LINE));
    reached.await();
    for (int i = 1; i < lines; i++) {
      writer.add(bytes(LINE));
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
