package dev.tokenbroker.migrate;

import dev.tokenbroker.migrate.MigrationOptions.Matching;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Manifests as they are found, and what is made of them: {@code in/} and {@code expected/}. Run
 * with {@code -Dgolden.write=true} to write the latter anew, and read the difference.
 */
record GoldenMigration(Path folder) {

  private static final Path ALL = Path.of("src/test/resources/migrate");

  static final MigrationOptions OPTIONS =
      new MigrationOptions(
          "99999999-0000-4000-8000-000000000009",
          Optional.of("https://oidc.example.com/cluster/"),
          MigrationOptions.DEFAULT_AUDIENCE,
          MigrationOptions.DEFAULT_NAMESPACE,
          Optional.of(Matching.CLUSTER_WIDE),
          false);

  static List<GoldenMigration> all() {
    try (Stream<Path> folders = Files.list(ALL)) {
      return folders.filter(Files::isDirectory).sorted().map(GoldenMigration::new).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static GoldenMigration of(String name) {
    return new GoldenMigration(ALL.resolve(name));
  }

  List<Source> in() {
    return sources(files(folder.resolve("in")));
  }

  SortedMap<String, String> expected() {
    return files(folder.resolve("expected"));
  }

  static List<Source> sources(Map<String, String> files) {
    List<Source> sources = new ArrayList<>();
    files.forEach(
        (name, text) -> {
          if (name.matches(".*\\.(yaml|json)")) {
            sources.add(new Source(name, text));
          }
        });
    return sources;
  }

  static MigrationResult.Done done(List<Source> sources, MigrationOptions options) {
    return (MigrationResult.Done) Migration.of(sources, options);
  }

  void write(Map<String, String> files) {
    Path expected = folder.resolve("expected");
    try {
      if (Files.exists(expected)) {
        try (Stream<Path> tree = Files.walk(expected)) {
          for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
            Files.delete(path);
          }
        }
      }
      for (Map.Entry<String, String> file : files.entrySet()) {
        Path path = expected.resolve(file.getKey());
        Files.createDirectories(path.getParent());
        Files.writeString(path, file.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return folder.getFileName().toString();
  }

  private static SortedMap<String, String> files(Path root) {
    SortedMap<String, String> files = new TreeMap<>();
    try (Stream<Path> tree = Files.walk(root)) {
      for (Path path : tree.filter(Files::isRegularFile).toList()) {
        files.put(root.relativize(path).toString(), Files.readString(path));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }
}
