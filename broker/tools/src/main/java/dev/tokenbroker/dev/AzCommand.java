package dev.tokenbroker.dev;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds the Azure CLI: the first on the PATH, looked for anew each time. */
final class AzCommand {

  private AzCommand() {}

  static boolean onWindows() {
    return File.separatorChar == '\\';
  }

  /**
   * Finds it.
   *
   * @param environment of the process that would run it; Windows names the variable {@code Path}
   * @param windows whether az is a batch file, which a process can only start by its full name
   */
  static Optional<Path> find(Map<String, String> environment, boolean windows) {
    List<String> names = windows ? List.of("az.cmd", "az.exe", "az.bat") : List.of("az");
    return environment.entrySet().stream()
        .filter(each -> each.getKey().equalsIgnoreCase("PATH"))
        .flatMap(
            each ->
                Pattern.compile(Pattern.quote(File.pathSeparator)).splitAsStream(each.getValue()))
        .filter(folder -> !folder.isEmpty())
        .flatMap(folder -> names.stream().flatMap(name -> file(folder, name).stream()))
        .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
        .findFirst();
  }

  private static Optional<Path> file(String folder, String name) {
    try {
      return Optional.of(Path.of(folder, name));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }
}
