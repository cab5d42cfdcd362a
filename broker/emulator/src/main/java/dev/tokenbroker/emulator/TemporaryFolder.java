package dev.tokenbroker.emulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** A folder among the system's temporary files that goes when closed, at the latest with us. */
public final class TemporaryFolder implements AutoCloseable {

  /** Of those who never close: a demo is ended by Ctrl-C. */
  private static final Set<TemporaryFolder> OPEN = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(TemporaryFolder::closeAll, "temporary-folders"));
  }

  private final Path path;

  /**
   * Makes an empty folder.
   *
   * @param purpose how its name begins
   */
  public TemporaryFolder(String purpose) {
    try {
      path = Files.createTempDirectory(purpose);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    OPEN.add(this);
  }

  /** Deletes those of this process; for one that is killed, and needs its files no longer. */
  public static void closeAll() {
    OPEN.forEach(TemporaryFolder::close);
  }

  public Path path() {
    return path;
  }

  /** Deletes the folder and all in it; a second time does nothing. */
  @Override
  public void close() {
    if (OPEN.remove(this)) {
      try {
        delete(path);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Deletes all of it; of a link the link. */
  static void delete(Path tree) throws IOException {
    try (Stream<Path> all = Files.walk(tree)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
