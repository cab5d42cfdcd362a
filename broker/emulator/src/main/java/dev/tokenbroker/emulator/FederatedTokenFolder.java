package dev.tokenbroker.emulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * A projected volume as the kubelet writes it: the file is a symlink into {@code ..data}, which is
 * a symlink to a folder with a time in its name, and a rotation swaps {@code ..data} by one rename
 * (Kubernetes, {@code pkg/volume/util/atomic_writer.go}).
 */
public final class FederatedTokenFolder {

  private static final String FILE = "azure-identity-token";
  private static final String DATA = "..data";

  private final Path folder;
  private int generation;

  public FederatedTokenFolder(Path folder) {
    this.folder = folder;
  }

  /** What AZURE_FEDERATED_TOKEN_FILE should say. */
  public Path file() {
    return folder.resolve(FILE);
  }

  /** Writes a token, or replaces the one that is there. */
  public synchronized void write(String token) {
    try {
      Path payload =
          Files.createDirectory(folder.resolve("..2026_11_24.%06d".formatted(generation++)));
      Files.writeString(payload.resolve(FILE), token);
      Path swap = folder.resolve("..data_tmp");
      Files.createSymbolicLink(swap, payload.getFileName());
      Files.move(
          swap,
          folder.resolve(DATA),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
      if (!Files.isSymbolicLink(file())) {
        Files.createSymbolicLink(file(), Path.of(DATA, FILE));
      }
      removeAllBut(payload);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void removeAllBut(Path current) throws IOException {
    try (Stream<Path> children = Files.list(folder)) {
      List<Path> old =
          children
              .filter(child -> Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS))
              .filter(child -> !child.equals(current))
              .toList();
      for (Path each : old) {
        TemporaryFolder.delete(each);
      }
    }
  }
}
