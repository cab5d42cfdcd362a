package dev.tokenbroker.laptop;

import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Optional;
import java.util.ServiceLoader;

/** Finds the emulator: on the class path, else in its jar beside the broker's own. */
public final class EmulatorJar {

  /** The name it has where it is built and where it is looked for. */
  public static final String NAME = "token-broker-emulator.jar";

  private EmulatorJar() {}

  /** Where it belongs if it is not on the class path. */
  public static Path expected() {
    return folder().resolve(NAME);
  }

  /** The emulator, not yet started; empty if its jar is not at hand. */
  public static Optional<EmulatedEntra> find() {
    return find(folder().resolve(NAME));
  }

  static Optional<EmulatedEntra> find(Path jar) {
    ClassLoader own = EmulatorJar.class.getClassLoader();
    return first(own).or(() -> Files.isRegularFile(jar) ? first(with(jar, own)) : Optional.empty());
  }

  private static Optional<EmulatedEntra> first(ClassLoader loader) {
    return ServiceLoader.load(EmulatedEntra.class, loader).findFirst();
  }

  /** Never closed: the emulator runs as long as the process. */
  private static ClassLoader with(Path jar, ClassLoader parent) {
    try {
      return new URLClassLoader(new URL[] {jar.toUri().toURL()}, parent);
    } catch (MalformedURLException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path folder() {
    CodeSource source = EmulatorJar.class.getProtectionDomain().getCodeSource();
    try {
      Path own = Path.of(source.getLocation().toURI());
      return Optional.ofNullable(own.getParent()).orElse(own);
    } catch (URISyntaxException e) {
      return Path.of("");
    }
  }
}
