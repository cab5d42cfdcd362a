package dev.tokenbroker.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenbroker.emulator.EmulatedPod;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hundred thousand broken requests; {@code -Dfuzz.seed} repeats a run. */
class FuzzIT {

  private static final long SEED = Long.getLong("fuzz.seed", 20261124L);
  private static final int REQUESTS = 100_000;
  private static final int THREADS = 4;

  /** Netty answers in the version it was asked in, be it a broken one. */
  private static final Pattern STATUS = Pattern.compile("[^ ]+/\\d\\.\\d (\\d{3}) ");

  @TempDir private Path folder;
  private final ConcurrentLinkedQueue<String> problems = new ConcurrentLinkedQueue<>();

  @Test
  void noBrokenRequestGetsATokenThatIsNotItsOwnNorDisturbsAnybody() throws Exception {
    System.out.println("fault: fuzz seed " + SEED);
    try (Stage stage = new Stage(Duration.ofHours(1))) {
      Map<String, String> environment = stage.environment();
      // Only one resource: a changed byte in its name must cost Entra nothing.
      environment.put("BROKER_CONFIG", onlyVault().toString());
      try (Subject broker = Subject.start(environment);
          App app = new App(broker.port(), App.CALM)) {
        Stage.until("a first token", () -> app.served() > 0);

        attack(broker.port());
        int served = app.served();
        Stage.until("it is served still", () -> app.served() > served);
        app.close();

        assertThat(problems).isEmpty();
        assertThat(app.wrongs()).isEmpty();
        assertThat(app.failed()).isZero();
        assertThat(stage.upstream()).isEqualTo(1);
        assertThat(broker.process.lines()).noneMatch(line -> line.contains("SEVERE"));
        assertThat(broker.peakMemory()).isLessThan(Subject.CHART_LIMIT);
        FaultReport.add(
            "requests",
            "100,000 fuzzed",
            REQUESTS + app.requests(),
            0,
            stage.upstream(),
            broker.peakMemory());
      }
    }
  }

  private Path onlyVault() throws IOException {
    return Files.writeString(
        folder.resolve("broker.yaml"),
        """
        identities:
          - name: app
            clientId: %s
            allowedResources: [%s]
        """
            .formatted(EmulatedPod.APP.clientId(), App.VAULT));
  }

  private void attack(int port) throws InterruptedException {
    List<Thread> threads =
        IntStream.range(0, THREADS)
            .mapToObj(number -> new Thread(() -> attack(port, new Fuzz(SEED + number))))
            .toList();
    threads.forEach(Thread::start);
    for (Thread each : threads) {
      each.join();
    }
  }

  private void attack(int port, Fuzz fuzz) {
    for (int i = 0; i < REQUESTS / THREADS; i++) {
      Fuzz.Attack attack = fuzz.next();
      try {
        check(attack, answerTo(attack, port));
      } catch (IOException e) {
        problems.add("no connection: " + e);
        return;
      }
    }
  }

  private static String answerTo(Fuzz.Attack attack, int port) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(60_000);
      // A reset instead of a farewell: else the machine runs out of ports.
      socket.setSoLinger(true, 0);
      try {
        socket.getOutputStream().write(attack.bytes());
        socket.shutdownOutput();
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      } catch (SocketTimeoutException e) {
        return "hangs";
      } catch (IOException closed) {
        return "";
      }
    }
  }

  private void check(Fuzz.Attack attack, String answer) {
    boolean isWrong =
        answer.equals("hangs")
            || (!answer.isEmpty() && !STATUS.matcher(answer).lookingAt())
            || (attack.smuggles() && answer.contains("access_token"))
            || hasServerError(answer);
    if (isWrong && problems.size() < 10) {
      problems.add(
          "to " + new String(attack.bytes(), StandardCharsets.ISO_8859_1) + " it said " + answer);
    }
  }

  private static boolean hasServerError(String answer) {
    Matcher status = STATUS.matcher(answer);
    while (status.find()) {
      // 501 is for a version of HTTP that is none, and right.
      if (status.group(1).equals("500") || status.group(1).equals("503")) {
        return true;
      }
    }
    return false;
  }
}
