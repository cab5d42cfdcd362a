package dev.tokenbroker.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenbroker.emulator.EmulatedPod;
import dev.tokenbroker.emulator.FederatedCredential;
import dev.tokenbroker.endpoint.RawClient.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The projected token file fails in all its ways. */
class TokenFileFaultsIT {

  private static final String GROUP = "token file";

  /** Takes from root what lets it read any file. */
  private static final String[] WITHOUT_PRIVILEGE = {
    "setpriv", "--bounding-set", "-dac_override,-dac_read_search"
  };

  static Stream<Outage> outages() {
    return Stream.of(
        fault("missing", "does not exist", pod -> delete(pod.tokenFile())),
        fault("empty", "is empty", pod -> pod.write("")),
        fault("truncated", "federated token file", pod -> pod.write(half(pod))),
        fault("expired", "expired at", pod -> pod.write(expired(pod))),
        fault("unreadable", "permission denied", TokenFileFaultsIT::forbid),
        new Outage(
            "its path is a directory",
            503,
            "is a directory",
            false,
            stage -> {
              delete(stage.pod.tokenFile());
              make(stage.pod.tokenFile());
            },
            stage -> {
              delete(stage.pod.tokenFile());
              stage.pod.rotate();
            }));
  }

  @ParameterizedTest
  @Execution(ExecutionMode.CONCURRENT)
  @MethodSource("outages")
  void theHeldTokenIsServedToItsEndAndNothingIsSentToEntra(Outage outage) {
    try (Stage stage = new Stage()) {
      OutageCase.play(GROUP, outage, stage, stage.environment(), prefix());
    }
  }

  private static String[] prefix() {
    return "root".equals(System.getProperty("user.name")) ? WITHOUT_PRIVILEGE : new String[0];
  }

  @Test
  void rewrittenInPlaceItIsNeverTheReasonForARefusalWhileATokenIsHeld(@TempDir Path folder)
      throws Exception {
    try (Stage stage = new Stage()) {
      Path file = folder.resolve("projected.jwt");
      String token = Files.readString(stage.pod.tokenFile());
      Files.writeString(file, token);
      var environment = stage.environment();
      environment.put("AZURE_FEDERATED_TOKEN_FILE", file.toString());
      try (Subject broker = Subject.start(environment);
          App app = new App(broker.port(), App.CALM)) {
        Stage.until("a first token", () -> app.served() > 0);
        Stage.until(
            "two renewals in spite of it",
            () -> {
              write(file, token.substring(0, token.length() / 2));
              write(file, token);
              return app.tokens() >= 3;
            });

        assertThat(app.wrongs()).isEmpty();
        assertThat(app.unanswered()).isEmpty();
        FaultReport.add(
            GROUP, "replaced mid-read", List.of(app), stage.upstream(), broker.peakMemory());
      }
    }
  }

  @Test
  void rotatedAThousandTimesUnderLoadItFailsNoExchange() {
    try (Stage stage = new Stage(Duration.ofHours(1));
        Subject broker = Subject.start(stage.environment())) {
      List<App> apps =
          Stream.of("a", "b", "c", "d", "e", "f", "g", "h")
              .map(name -> new App(broker.port(), "api://" + name + "-{n}", App.CALM))
              .toList();
      for (int i = 0; i < 1000; i++) {
        stage.pod.rotate();
      }
      Stage.until("all were served", () -> apps.stream().allMatch(app -> app.served() > 4));
      apps.forEach(App::close);

      assertThat(apps)
          .as("nothing fails but what asks for too many new tokens")
          .flatExtracting(App::refusals)
          .extracting(Response::status)
          .containsOnly(429);
      assertThat(stage.pod.entra().exchanges())
          .allSatisfy(exchange -> assertThat(exchange.outcome()).isEqualTo("token"));
      FaultReport.add(GROUP, "rotated 1,000 times", apps, stage.upstream(), broker.peakMemory());
    }
  }

  private static Outage fault(String name, String says, Consumer<EmulatedPod> begin) {
    return new Outage(
        name, 503, says, false, stage -> begin.accept(stage.pod), stage -> stage.pod.rotate());
  }

  private static String half(EmulatedPod pod) {
    try {
      String token = Files.readString(pod.tokenFile());
      return token.substring(0, token.length() / 2);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String expired(EmulatedPod pod) {
    return pod.entra()
        .issuer()
        .serviceAccountToken(
            "shop", "checkout", FederatedCredential.AUDIENCE, Duration.ofHours(-1));
  }

  private static void forbid(EmulatedPod pod) {
    try {
      Files.setPosixFilePermissions(
          pod.tokenFile().toRealPath(), PosixFilePermissions.fromString("---------"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path path) {
    try {
      Files.delete(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void make(Path folder) {
    try {
      Files.createDirectory(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, String content) {
    try {
      Files.writeString(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
