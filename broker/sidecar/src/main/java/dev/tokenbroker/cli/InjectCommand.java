package dev.tokenbroker.cli;

import dev.tokenbroker.assembly.Version;
import dev.tokenbroker.config.LogFormat;
import dev.tokenbroker.config.LogLevel;
import dev.tokenbroker.inject.InjectServer;
import dev.tokenbroker.inject.InjectServerOptions;
import dev.tokenbroker.inject.InjectSettings;
import dev.tokenbroker.listener.OneLoopTransport;
import dev.tokenbroker.logging.Logging;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine.Command;

/** {@code inject}: runs the admission webhook until a signal ends it. */
@Command(
    name = "inject",
    header = {
      "Put the broker into pods, as a mutating admission webhook, until SIGTERM.",
      "It takes pods labelled token-broker.dev/inject=true; the chart token-broker-injector runs it."
    },
    synopsisHeading = "%nUsage:%n",
    customSynopsis = "  token-broker inject",
    descriptionHeading = "%nEnvironment variables (default in brackets):%n",
    footerHeading = "%nExample:%n",
    footer = "  INJECT_IMAGE=broker:1 INJECT_REDIRECT_IMAGE=redirect:1 token-broker inject")
final class InjectCommand implements Subcommand {

  private static final Logger LOG = Logger.getLogger("dev.tokenbroker.cli");

  private final Terminal terminal;
  private final Shutdown shutdown;

  InjectCommand(CliContext context) {
    terminal = context.terminal();
    shutdown = context.shutdown();
  }

  @Override
  public Optional<ExitCode> run() {
    InjectSettings settings = new InjectSettings(terminal.environment());
    InjectServerOptions options = settings.read();
    LogFormat format = settings.logFormat();
    LogLevel level = settings.logLevel();
    if (!settings.problems().isEmpty()) {
      terminal.err().println("The configuration is wrong:");
      settings.problems().forEach(problem -> terminal.err().println("  " + problem));
      terminal.err().println("See \"token-broker help inject\".");
      return Optional.of(ExitCode.USAGE);
    }
    Logging.install(format, level, terminal.err());
    return start(options);
  }

  private Optional<ExitCode> start(InjectServerOptions options) {
    Vertx vertx = OneLoopTransport.vertx();
    InjectServer server;
    try {
      server = InjectServer.start(vertx, options).toCompletionStage().toCompletableFuture().join();
    } catch (CompletionException e) {
      LOG.severe("cannot start: " + explain(Optional.ofNullable(e.getCause()).orElse(e), options));
      LOG.log(Level.FINE, "cannot start", e);
      return Optional.of(ExitCode.FAILED);
    }
    shutdown.onSignal(() -> server.drain().toCompletionStage().toCompletableFuture().join());
    LOG.info(
        "token-broker "
            + Version.number()
            + " puts "
            + options.injection().image()
            + " into pods; listening on "
            + options.host()
            + ":"
            + server.port());
    return Optional.empty();
  }

  private static String explain(Throwable failure, InjectServerOptions options) {
    if (failure instanceof NoSuchFileException missing) {
      return "there is no file "
          + missing.getFile()
          + "; set INJECT_CERT_FILE and INJECT_KEY_FILE, or mount the certificate's Secret there";
    }
    if (failure instanceof IOException) {
      return "cannot use "
          + options.certificateFile()
          + " and "
          + options.keyFile()
          + " (INJECT_CERT_FILE, INJECT_KEY_FILE) or listen on INJECT_LISTEN: "
          + failure.getMessage();
    }
    return failure.toString();
  }
}
