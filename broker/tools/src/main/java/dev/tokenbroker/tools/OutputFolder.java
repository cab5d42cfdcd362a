package dev.tokenbroker.tools;

import dev.tokenbroker.migrate.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A folder that files are written into, and what is there already. */
final class OutputFolder {

  private final Path root;

  OutputFolder(Path root) {
    this.root = root;
  }

  /** Which of the files are there with another content. */
  List<String> differing(Map<String, String> files) throws IOException {
    List<String> differing = new ArrayList<>();
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path path = root.resolve(file.getKey());
      if (Files.exists(path) && !Files.readString(path).equals(file.getValue())) {
        differing.add(file.getKey());
      }
    }
    return differing;
  }

  void write(Map<String, String> files) throws IOException {
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path path = root.resolve(file.getKey());
      Files.createDirectories(path.resolveSibling("."));
      Files.writeString(path, file.getValue());
    }
  }

  /** What is in our folders, but not of this run: it might be applied by mistake. */
  List<String> leftOver(Map<String, String> files) throws IOException {
    List<String> leftOver = new ArrayList<>();
    for (String folder : Output.FOLDERS) {
      Path path = root.resolve(folder);
      if (Files.isDirectory(path)) {
        try (Stream<Path> tree = Files.walk(path)) {
          tree.filter(Files::isRegularFile)
              .map(file -> root.relativize(file).toString())
              .filter(name -> !files.containsKey(name))
              .sorted()
              .forEach(leftOver::add);
        }
      }
    }
    return leftOver;
  }
}
