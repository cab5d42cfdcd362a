package dev.tokenbroker.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tokenbroker.assembly.TokenOrigin;
import dev.tokenbroker.tools.ToolsMain;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.ParameterException;

/** The program with all its subcommands, of which nothing is run but the help. */
public final class TestProgram {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final CommandTree tree;

  TestProgram() {
    CliContext context =
        new CliContext(
            new Terminal(
                Map.of(), new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8)),
            TokenOrigin.entra(),
            task -> {},
            Clock.systemUTC(),
            Duration.ZERO);
    tree = new CommandTree(context, ToolsMain.subcommands(context));
  }

  CommandTree tree() {
    return tree;
  }

  String err() {
    return err.toString(UTF_8);
  }

  /** What is printed for this line. */
  String out(String... line) {
    tree.run(List.of(line));
    return out.toString(UTF_8);
  }

  /** What a program without any settings prints for this line. */
  public static String output(String... line) {
    return new TestProgram().out(line);
  }

  /** Whether the line can be understood. */
  public static boolean takes(List<String> line) {
    try {
      if (!line.isEmpty()) {
        new TestProgram().tree.parse(line);
      }
      return true;
    } catch (ParameterException e) {
      return false;
    }
  }

  /** The help for a topic; that for all of it if the topic is empty. */
  public static String help(String topic) {
    return topic.isEmpty() ? new TestProgram().out("help") : new TestProgram().out("help", topic);
  }

  /** What there is help for. */
  public static List<String> topics() {
    return new ArrayList<>(new TestProgram().tree.topics());
  }
}
