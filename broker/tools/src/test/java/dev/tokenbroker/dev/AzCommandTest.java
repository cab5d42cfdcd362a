package dev.tokenbroker.dev;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AzCommandTest {

  @TempDir private Path first;
  @TempDir private Path second;

  @Test
  void theFirstOnThePathThatCanBeRunIsTaken() throws IOException {
    Files.writeString(first.resolve("az"), "not executable");
    Path az = executable(second.resolve("az"));

    assertThat(AzCommand.find(Map.of("PATH", path()), false)).contains(az);
  }

  @Test
  void onWindowsItIsTheBatchFileAndThePathIsNamedOtherwise() throws IOException {
    executable(first.resolve("az"));
    Path batch = executable(second.resolve("az.cmd"));

    assertThat(AzCommand.find(Map.of("Path", path()), true)).contains(batch);
  }

  @Test
  void withoutOneThereIsNone() {
    assertThat(AzCommand.find(Map.of("PATH", path()), false)).isEmpty();
    assertThat(AzCommand.find(Map.of(), false)).isEmpty();
  }

  private String path() {
    return first + File.pathSeparator + File.pathSeparator + second;
  }

  private static Path executable(Path file) throws IOException {
    Files.writeString(file, "");
    assertThat(file.toFile().setExecutable(true)).isTrue();
    return file;
  }
}
