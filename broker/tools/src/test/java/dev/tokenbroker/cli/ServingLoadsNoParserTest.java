package dev.tokenbroker.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenbroker.Main;
import dev.tokenbroker.tools.ToolsMain;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every pod pays for the classes that serving loads. Here it ends at once, as nothing is
 * configured; {@code PackagedBrokerIT} looks at a broker that serves.
 */
class ServingLoadsNoParserTest {

  private static final String PARSER = " picocli.";

  @ParameterizedTest
  @ValueSource(classes = {Main.class, ToolsMain.class})
  void withoutArgumentsAndBySubcommand(Class<?> program) throws Exception {
    for (List<String> arguments : List.of(List.<String>of(), List.of("serve"))) {
      assertThat(classesOf(program, arguments))
          .contains(ServeCommand.class.getName() + " ")
          .doesNotContain(PARSER);
    }
  }

  @Test
  void whatElseIsAskedDoes() throws Exception {
    assertThat(classesOf(Main.class, List.of("serve", "--help"))).contains(PARSER);
  }

  private static String classesOf(Class<?> program, List<String> arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
    command.addAll(arguments);
    ProcessBuilder process = new ProcessBuilder(command);
    process.environment().keySet().removeIf(name -> name.matches("(AZURE|BROKER)_.*"));
    process.redirectError(ProcessBuilder.Redirect.DISCARD);
    return new String(process.start().getInputStream().readAllBytes(), UTF_8);
  }
}
