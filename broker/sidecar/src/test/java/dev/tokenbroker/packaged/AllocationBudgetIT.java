package dev.tokenbroker.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.tokenbroker.assembly.Running;
import dev.tokenbroker.emulator.EmulatedPod;
import dev.tokenbroker.testing.PodConfig;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What a hot request costs the heap: a budget that does not depend on the machine's speed. A bare
 * Vert.x server that answers with ready bytes allocates 1.9 KB a request; the rest is ours.
 */
class AllocationBudgetIT {

  private static final int BUDGET_BYTES = 2560;

  @Test
  void aHotRequestStaysWithinItsAllocationBudget() throws Exception {
    try (EmulatedPod pod = new EmulatedPod();
        Running running = new Running(PodConfig.of(pod, Map.of()))) {
      running.token("https://vault.azure.net");
      try (HotCaller caller = new HotCaller(running.broker().listenPort())) {
        caller.ask(200_000);
        long before = allocated();
        caller.ask(100_000);
        long bytes = (allocated() - before) / 100_000;
        assertThat(bytes).isLessThanOrEqualTo(BUDGET_BYTES);
      }
    }
  }

  private static long allocated() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("vert.x-eventloop"))
        .mapToLong(thread -> threads.getThreadAllocatedBytes(thread.getId()))
        .max()
        .orElseThrow();
  }

  private static final class HotCaller implements AutoCloseable {
    private static final byte[] REQUEST =
        ("GET /metadata/identity/oauth2/token?api-version=2018-02-01"
                + "&resource=https%3A%2F%2Fvault.azure.net HTTP/1.1\r\n"
                + "Host: 169.254.169.254\r\nMetadata: true\r\nUser-Agent: app\r\nAccept: */*\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII);

    private final Socket socket;
    private final InputStream in;
    private final byte[] buffer = new byte[64 * 1024];
    private int replyBytes;

    HotCaller(int port) throws IOException {
      socket = new Socket("127.0.0.1", port);
      in = socket.getInputStream();
    }

    void ask(int times) throws IOException {
      for (int i = 0; i < times; i++) {
        socket.getOutputStream().write(REQUEST);
        int got = 0;
        do {
          got += in.read(buffer, 0, buffer.length);
        } while (got < replyBytes);
        replyBytes = Math.max(replyBytes, got);
      }
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
