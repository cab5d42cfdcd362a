package dev.tokenbroker.compat;

import java.util.List;
import java.util.stream.Stream;

/** All of them, in the order of the documentation. */
final class Clients {

  static final List<CompatClient> ALL =
      Stream.of(
              ScriptClients.PYTHON,
              ScriptClients.JAVASCRIPT,
              CompiledClients.GO,
              CompiledClients.JAVA,
              SqlClients.ALL,
              ShellClients.ALL)
          .flatMap(List::stream)
          .toList();

  private Clients() {}
}
