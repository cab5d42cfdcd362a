package dev.tokenbroker.compat;

import dev.tokenbroker.testing.BrokerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where the install script has put the clients. */
final class Installed {

  private static final Path CLIENTS = Path.of(System.getProperty("compat.clients"));
  private static final Path SOURCES = Path.of("src/test/compat").toAbsolutePath();

  private Installed() {}

  /** Why this step of the script has failed, if it has. */
  static Optional<String> whyNot(String step) throws IOException {
    Path failed = CLIENTS.resolve(step + ".failed");
    return step.isEmpty() || !Files.exists(failed)
        ? Optional.empty()
        : Optional.of(Files.readString(failed).strip());
  }

  /** What starts the client. */
  static List<String> command(CompatClient client, Selection selection) {
    List<String> command =
        new ArrayList<>(client.command().stream().map(Installed::place).toList());
    command.add(client.resource());
    command.addAll(selection.arguments());
    return command;
  }

  private static String place(String word) {
    return word.replace("{clients}", CLIENTS.toString())
        .replace("{src}", SOURCES.toString())
        .replace("{java}", BrokerProcess.thisJava().toString())
        .replace("{classpath}", System.getProperty("java.class.path"));
  }
}
