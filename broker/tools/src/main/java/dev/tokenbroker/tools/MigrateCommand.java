package dev.tokenbroker.tools;

import dev.tokenbroker.cli.CliContext;
import dev.tokenbroker.cli.ExitCode;
import dev.tokenbroker.cli.MisusedException;
import dev.tokenbroker.cli.Subcommand;
import dev.tokenbroker.cli.Terminal;
import dev.tokenbroker.migrate.Migration;
import dev.tokenbroker.migrate.MigrationOptions;
import dev.tokenbroker.migrate.MigrationOptions.Matching;
import dev.tokenbroker.migrate.MigrationResult;
import dev.tokenbroker.migrate.Source;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code migrate}: reads manifests, prints the report, and writes files if told where. */
@Command(
    name = "migrate",
    header = {
      "Turn manifests of AAD Pod Identity and its workloads into workload identity's.",
      "It prints what becomes of them and writes what to apply; it never touches a cluster.",
      "See docs/migrate.md."
    },
    synopsisHeading = "%nUsage:%n",
    customSynopsis = "  token-broker migrate --tenant T [options] PATH...",
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    sortOptions = false,
    footerHeading = "%nExample:%n",
    footer = {
      "  kubectl get azureidentities,azureidentitybindings,deploy,sts,ds,cj,sa -A -o yaml |",
      "    token-broker migrate --tenant contoso.onmicrosoft.com --output migration -"
    })
public final class MigrateCommand implements Subcommand {

  private final Terminal terminal;
  private final InputStream in;

  @Parameters(
      arity = "0..*",
      paramLabel = "PATH",
      description = "Files, folders (their *.yaml, *.yml, *.json), - for standard input.")
  private List<String> inputs = List.of();

  @Option(
      names = "--tenant",
      paramLabel = "T",
      description = "The tenant of the managed identities; needed.")
  private Optional<String> tenant = Optional.empty();

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description = "Where to write; without it only the report is printed.")
  private Optional<String> output = Optional.empty();

  @Option(
      names = "--issuer",
      paramLabel = "URL",
      description = "The cluster's OIDC issuer; without it the script asks for it.")
  private Optional<String> issuer = Optional.empty();

  @Option(
      names = "--namespace",
      paramLabel = "N",
      description = "For manifests that name none [default].")
  private Optional<String> namespace = Optional.empty();

  @Option(
      names = "--namespaced",
      description = "Pod identity runs with --forceNamespaced, as AKS's add-on does.")
  private boolean namespaced;

  @Option(
      names = "--cluster-wide",
      description = {
        "It runs without: a workload gets identities of every namespace.",
        "Where the two differ, one of them is required."
      })
  private boolean clusterWide;

  @Option(
      names = "--drop-binding-label",
      description = "The last stage: take the label aadpodidbinding away.")
  private boolean dropBindingLabel;

  @Option(
      names = "--audience",
      paramLabel = "A",
      description = "Of the federated credentials [api://AzureADTokenExchange].")
  private Optional<String> audience = Optional.empty();

  @Option(names = "--force", description = "Replace files in DIR that differ.")
  private boolean force;

  public MigrateCommand(CliContext context, InputStream in) {
    terminal = context.terminal();
    this.in = in;
  }

  @Override
  public void validate() {
    if (namespaced && clusterWide) {
      throw new MisusedException("give --namespaced or --cluster-wide, not both");
    }
    if (inputs.isEmpty()) {
      throw new MisusedException("a file, a folder or - is needed");
    }
    if (tenant.isEmpty()) {
      throw new MisusedException("--tenant is needed");
    }
  }

  @Override
  public Optional<ExitCode> run() {
    try {
      return Optional.of(migrate());
    } catch (OutOfMemoryError | StackOverflowError e) {
      // Whichever step it was, what it worked on is garbage by now.
      return Optional.of(
          complain(
              "the input is too large for this much memory; split it, or raise -Xmx and -Xss",
              ExitCode.FAILED));
    }
  }

  private ExitCode migrate() {
    MigrationOptions options;
    Optional<Path> folder;
    try {
      options = options();
      folder = output.map(Path::of);
    } catch (InvalidPathException e) {
      return complain("--output must be a folder", ExitCode.USAGE);
    } catch (IllegalArgumentException e) {
      return complain(String.valueOf(e.getMessage()), ExitCode.USAGE);
    }
    ManifestFiles files = new ManifestFiles(in);
    List<Source> sources = files.read(inputs);
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
    return result instanceof MigrationResult.Done done ? write(done, folder) : ExitCode.FAILED;
  }

  private ExitCode write(MigrationResult.Done done, Optional<Path> path) {
    if (path.isPresent()) {
      OutputFolder folder = new OutputFolder(path.get());
      try {
        List<String> others = folder.differing(done.files());
        if (!others.isEmpty() && !force) {
          others.forEach(name -> terminal.err().println("  " + name));
          return complain(
              "these are in " + path.get() + " already; --force replaces them", ExitCode.FAILED);
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

  private MigrationOptions options() {
    return new MigrationOptions(
        tenant.orElseThrow(),
        issuer,
        audience.orElse(MigrationOptions.DEFAULT_AUDIENCE),
        namespace.orElse(MigrationOptions.DEFAULT_NAMESPACE),
        matching(),
        dropBindingLabel);
  }

  private Optional<Matching> matching() {
    if (namespaced) {
      return Optional.of(Matching.NAMESPACED);
    }
    return clusterWide ? Optional.of(Matching.CLUSTER_WIDE) : Optional.empty();
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
