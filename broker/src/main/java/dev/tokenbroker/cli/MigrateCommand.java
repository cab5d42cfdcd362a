package dev.tokenbroker.cli;

import dev.tokenbroker.migrate.Migration;
import dev.tokenbroker.migrate.MigrationOptions;
import dev.tokenbroker.migrate.MigrationResult;
import dev.tokenbroker.migrate.Source;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** {@code migrate}: reads manifests, prints the report, and writes files if told where. */
final class MigrateCommand {

  private final Terminal terminal;
  private final InputStream in;

  MigrateCommand(Terminal terminal, InputStream in) {
    this.terminal = terminal;
    this.in = in;
  }

  ExitCode run(Command.Migrate command) {
    MigrationOptions options;
    Optional<Path> output;
    try {
      options = options(command);
      output = command.output().map(Path::of);
    } catch (InvalidPathException e) {
      return complain("--output must be a folder", ExitCode.USAGE);
    } catch (IllegalArgumentException e) {
      return complain(String.valueOf(e.getMessage()), ExitCode.USAGE);
    }
    ManifestFiles files = new ManifestFiles(in);
    List<Source> sources = files.read(command.inputs());
    if (!files.problems().isEmpty()) {
      return complain(files.problems());
    }
    if (sources.isEmpty()) {
      return complain(
          "no manifests found: a folder is searched for .yaml, .yml and .json files",
          ExitCode.FAILED);
    }
    MigrationResult result = Migration.of(sources, options);
    if (result instanceof MigrationResult.Unreadable unreadable) {
      return complain(unreadable.problems());
    }
    if (result instanceof MigrationResult.Ambiguous ambiguous) {
      return complain(choice(ambiguous), ExitCode.USAGE);
    }
    return result instanceof MigrationResult.Done done
        ? write(done, output, command.force())
        : ExitCode.FAILED;
  }

  private ExitCode write(MigrationResult.Done done, Optional<Path> output, boolean force) {
    if (output.isPresent()) {
      OutputFolder folder = new OutputFolder(output.get());
      try {
        List<String> others = folder.differing(done.files());
        if (!others.isEmpty() && !force) {
          others.forEach(name -> terminal.err().println("  " + name));
          return complain(
              "these are in " + output.get() + " already; --force replaces them", ExitCode.FAILED);
        }
        folder.write(done.files());
        folder
            .leftOver(done.files())
            .forEach(
                name -> terminal.err().println("migrate: left over from an earlier run: " + name));
      } catch (IOException e) {
        return complain("cannot write: " + e, ExitCode.FAILED);
      }
    }
    terminal.out().print(done.report());
    if (terminal.out().checkError()) {
      return complain("cannot write to standard output", ExitCode.FAILED);
    }
    return ExitCode.OK;
  }

  private static MigrationOptions options(Command.Migrate command) {
    return new MigrationOptions(
        command.tenant(),
        command.issuer(),
        command.audience().orElse(MigrationOptions.DEFAULT_AUDIENCE),
        command.namespace().orElse(MigrationOptions.DEFAULT_NAMESPACE),
        command.matching(),
        command.dropBindingLabel());
  }

  private static String choice(MigrationResult.Ambiguous ambiguous) {
    return """
        the manifests do not say how pod identity runs, and access depends on it. Choose one:
          --namespaced     a workload gets the identities of its own namespace: %,d federated credentials
          --cluster-wide   it gets those of every namespace whose selector matches: %,d
        AKS's add-on runs namespaced. So does any other where this prints a line:
          kubectl get deployments,daemonsets -A -o yaml | grep -i forceNamespaced"""
        .formatted(ambiguous.namespaced(), ambiguous.clusterWide());
  }

  private ExitCode complain(List<String> problems) {
    problems.forEach(problem -> terminal.err().println("  " + problem));
    return complain("nothing was done, because this cannot be read", ExitCode.FAILED);
  }

  private ExitCode complain(String complaint, ExitCode code) {
    terminal.err().println("migrate: " + complaint);
    return code;
  }
}
