package dev.tokenbroker.listener;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The limits, multiplied out against the heap that the image gives. */
class ListenerLimitsTest {

  /** Live after start and a full collection (Java 17, class data not shared), rounded up. */
  private static final long AT_REST = 10 << 20;

  /** 1,000 tokens of 2.5 KB, each with its body and its entry. */
  private static final long TOKENS = 1000 * 6 * 1024;

  /** One read, 4 KiB of lines, as the decoder makes objects of them before they are counted out. */
  private static final long ONE_READ = 1024L * ListenerLimits.LINE_BYTES;

  private static long imageHeap() throws IOException {
    return Files.readAllLines(Path.of("../..", "deploy", "image", "jvm.options")).stream()
            .filter(line -> line.matches("-Xmx\\d+m"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
            .findFirst()
            .orElseThrow()
        << 20;
  }

  @Test
  void allListenersOfTheBrokerTogetherFitBesideWhatIsThereInAnyCase() throws IOException {
    long heap = imageHeap();
    long listeners =
        Arrays.stream(HeapShare.values())
            .filter(share -> share != HeapShare.WEBHOOK)
            .mapToLong(share -> share.of(heap))
            .sum();

    assertThat(AT_REST + TOKENS + listeners + ONE_READ).isLessThanOrEqualTo(heap);
  }

  @Test
  void theDefaultNumberOfConnectionsFitsIntoItsShare() throws IOException {
    assertThat(
            new ListenerLimits("token", false, 1024, HeapShare.TOKEN.of(imageHeap())).connections())
        .isEqualTo(1024);
    assertThat(
            new ListenerLimits("admin", false, 64, HeapShare.ADMIN.of(imageHeap())).connections())
        .isEqualTo(64);
    assertThat(
            new ListenerLimits("authority", true, 1024, HeapShare.AUTHORITY.of(imageHeap()))
                .connections())
        .isGreaterThanOrEqualTo(16);
  }

  @Test
  void theLargestHeadFitsIntoWhatWaitingRequestsLeaveFree() throws IOException {
    for (HeapShare share : HeapShare.values()) {
      ListenerLimits bounds = new ListenerLimits("any", false, 1024, share.of(imageHeap()));

      assertThat(ListenerLimits.worstHeadBytes() + bounds.connectionBytes())
          .isLessThanOrEqualTo(bounds.heapBytes() - bounds.waitingBytes());
    }
  }

  @Test
  void theLargestReviewFitsIntoTheWebhooksShareAndItsValuesBesideIt() throws IOException {
    long body = 3L << 20;
    long share = HeapShare.WEBHOOK.of(imageHeap());

    assertThat(ListenerLimits.BODY_FACTOR * body).isLessThanOrEqualTo(share);
    // Its parsed form: a copy, its strings, and 50,000 values of 100 bytes.
    assertThat(share + 2 * body + 50_000 * 100).isLessThanOrEqualTo(imageHeap() - (6 << 20));
  }
}
