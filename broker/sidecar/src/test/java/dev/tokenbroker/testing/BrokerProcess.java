package dev.tokenbroker.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The packaged broker as a process of its own. */
public final class BrokerProcess implements AutoCloseable {

  private static final Pattern ADDRESSES =
      Pattern.compile("tokens on 127\\.0\\.0\\.1:(\\d+).*admin on 127\\.0\\.0\\.1:(\\d+)");
  private static final Pattern AUTHORITY =
      Pattern.compile("as authority on https://localhost:(\\d+)");
  private static final long PATIENCE_SECONDS = 30;

  /** 128 and the number of SIGKILL. */
  private static final int KILLED = 137;

  private final Process process;
  private final List<String> log = new CopyOnWriteArrayList<>();
  private final StringBuilder printed = new StringBuilder();
  private int listenPort;
  private int adminPort;
  private int authorityPort;

  private BrokerProcess(Process process) {
    this.process = process;
  }

  /** What a command that ends by itself leaves behind. */
  public record Ended(int exitCode, String out, String err) {}

  /** The Java that runs the tests. */
  public static Path thisJava() {
    return Path.of(System.getProperty("java.home"), "bin", "java");
  }

  /** Starts {@code serve} and waits for the line that says it serves. */
  public static BrokerProcess serve(Path java, Map<String, String> environment) {
    return serve(List.of(), java, environment);
  }

  /** The same, started by a command in front, such as one that enters a network namespace. */
  public static BrokerProcess serve(
      List<String> prefix, Path java, Map<String, String> environment) {
    BrokerProcess broker = new BrokerProcess(start(prefix, java, environment, List.of()));
    broker.awaitStart();
    return broker;
  }

  /** Starts {@code dev} with these options, and waits until it has printed all it has to say. */
  public static BrokerProcess dev(Map<String, String> environment, String... options) {
    List<String> arguments = new ArrayList<>(List.of("dev"));
    arguments.addAll(List.of(options));
    BrokerProcess broker = new BrokerProcess(start(List.of(), thisJava(), environment, arguments));
    broker.awaitStart();
    try {
      BufferedReader out = broker.process.inputReader(StandardCharsets.UTF_8);
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        broker.printed.append(line).append('\n');
        if (line.startsWith("# Ctrl-C")) {
          break;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return broker;
  }

  /** Runs a subcommand to its end. */
  public static Ended run(Path java, Map<String, String> environment, String... arguments) {
    Process process = start(List.of(), java, environment, List.of(arguments));
    try {
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("did not end: " + List.of(arguments));
      }
      return new Ended(process.exitValue(), out, err);
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    } finally {
      process.destroyForcibly();
    }
  }

  private static Process start(
      List<String> prefix, Path java, Map<String, String> environment, List<String> arguments) {
    List<String> command = new ArrayList<>(prefix);
    command.add(java.toString());
    command.add("-jar");
    command.add(System.getProperty(isTool(arguments) ? "tools.jar" : "broker.jar"));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().retainAll(Set.of("PATH"));
    builder.environment().putAll(environment);
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The sidecar's program lacks the subcommands of a person's machine. */
  private static boolean isTool(List<String> arguments) {
    return !arguments.isEmpty() && Set.of("dev", "migrate").contains(arguments.get(0));
  }

  private void awaitStart() {
    BufferedReader reader =
        new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
    try {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        log.add(line);
        Matcher matcher = ADDRESSES.matcher(line);
        if (matcher.find()) {
          listenPort = Integer.parseInt(matcher.group(1));
          adminPort = Integer.parseInt(matcher.group(2));
          Matcher authority = AUTHORITY.matcher(line);
          authorityPort = authority.find() ? Integer.parseInt(authority.group(1)) : 0;
          Thread drain = new Thread(() -> drain(reader), "broker-log");
          drain.setDaemon(true);
          drain.start();
          return;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new AssertionError("the broker did not start: " + log);
  }

  private void drain(BufferedReader reader) {
    try {
      reader.lines().forEach(log::add);
    } catch (UncheckedIOException closed) {
      // The process has ended.
    }
  }

  public int listenPort() {
    return listenPort;
  }

  public int adminPort() {
    return adminPort;
  }

  /** What it has logged so far. */
  public String log() {
    return String.join("\n", log);
  }

  /** What {@code dev} printed to standard output. */
  public String printed() {
    return printed.toString();
  }

  /** The port of the authority on loopback; 0 if there is none. */
  public int authorityPort() {
    return authorityPort;
  }

  public long pid() {
    return process.pid();
  }

  /** What it has logged so far. */
  public List<String> lines() {
    return List.copyOf(log);
  }

  /** SIGTERM, without waiting for the end. */
  public void signal() {
    process.destroy();
  }

  /** SIGKILL: nothing of it is left when this returns. */
  public void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** SIGTERM, as Kubernetes sends it; returns the exit code. */
  public int terminate() {
    process.destroy();
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("did not end: " + log);
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    return process.exitValue();
  }

  /** Where the JVM says why it gives up. */
  private String said() {
    try {
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }

  @Override
  public void close() {
    if (!process.isAlive() && process.exitValue() != 0 && process.exitValue() != KILLED) {
      System.err.println("the broker ended with " + process.exitValue() + ": " + log() + said());
    }
    process.destroyForcibly();
  }
}
