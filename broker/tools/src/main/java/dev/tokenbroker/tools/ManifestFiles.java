package dev.tokenbroker.tools;

import dev.tokenbroker.migrate.Source;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Reads files, whole folders and standard input, and collects what cannot be read. */
final class ManifestFiles {

  private static final int MAX_BYTES = 256 << 20;

  private final InputStream in;
  private final List<String> problems = new ArrayList<>();

  ManifestFiles(InputStream in) {
    this.in = in;
  }

  List<String> problems() {
    return List.copyOf(problems);
  }

  /** In the order given; the files of a folder by name. */
  List<Source> read(List<String> inputs) {
    List<Source> sources = new ArrayList<>();
    for (String input : inputs) {
      try {
        if (input.equals("-")) {
          sources.add(new Source(input, text(in)));
        } else {
          for (Path file : files(Path.of(input))) {
            read(file, sources);
          }
        }
      } catch (IOException | IllegalArgumentException e) {
        problems.add(input + ": " + reason(e));
      }
    }
    return sources;
  }

  private void read(Path file, List<Source> sources) {
    try (InputStream bytes = Files.newInputStream(file)) {
      sources.add(new Source(file.toString(), text(bytes)));
    } catch (IOException e) {
      problems.add(file + ": " + reason(e));
    }
  }

  /** A file is read whatever its name is; of a folder, what looks like manifests. */
  private static List<Path> files(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    try (Stream<Path> tree = Files.walk(path)) {
      return tree.filter(Files::isRegularFile).filter(ManifestFiles::isManifest).sorted().toList();
    }
  }

  private static boolean isManifest(Path file) {
    return file.getFileName().toString().matches("(?i).+\\.(yaml|yml|json)");
  }

  private static String text(InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(MAX_BYTES + 1);
    if (bytes.length > MAX_BYTES) {
      throw new IOException("larger than 256 MiB");
    }
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }

  private static String reason(Exception e) {
    if (e instanceof NoSuchFileException) {
      return "no such file";
    }
    return e instanceof CharacterCodingException ? "not UTF-8" : String.valueOf(e.getMessage());
  }
}
