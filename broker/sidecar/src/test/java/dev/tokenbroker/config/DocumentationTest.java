package dev.tokenbroker.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/configuration.md says what the table of settings says. */
class DocumentationTest {

  private static final Path PAGE = Path.of("../..", "docs", "configuration.md");

  static List<Setting<?>> settings() {
    return Settings.ALL;
  }

  @ParameterizedTest
  @MethodSource("settings")
  void everySettingHasARowWithItsVariablePathAndDefault(Setting<?> setting) throws IOException {
    List<String> cells =
        List.of(
            String.join(", ", setting.variables().stream().map(DocumentationTest::code).toList()),
            setting.path().map(DocumentationTest::code).orElse(""),
            setting.fallback().map(DocumentationTest::code).orElse(""));

    assertThat(rows()).contains(cells);
  }

  @Test
  void thePageHasNoRowThatIsNotASetting() throws IOException {
    assertThat(rows()).hasSameSizeAs(Settings.ALL);
  }

  @Test
  void theTableHoldsEverySetting() throws IllegalAccessException {
    Set<Object> fields = new LinkedHashSet<>();
    for (Field field : Settings.class.getFields()) {
      if (field.getType() == Setting.class) {
        fields.add(field.get(null));
      }
    }

    assertThat(Settings.ALL).hasSameElementsAs(fields.stream().map(f -> (Setting<?>) f).toList());
  }

  @ParameterizedTest
  @MethodSource("settings")
  void everyDefaultIsValid(Setting<?> setting) {
    Optional<?> value = setting.fallback().map(text -> setting.parser().apply(text));

    assertThat(value.isPresent()).isEqualTo(setting.fallback().isPresent());
  }

  @Test
  void theExampleOfThePageLoads(@TempDir Path folder) throws IOException {
    Matcher example =
        Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(PAGE));
    assertThat(example.find()).isTrue();
    Path file = Files.writeString(folder.resolve("example.yaml"), example.group(1));

    IdentitiesConfig identities =
        TestEnvironment.loaded(TestEnvironment.webhook("BROKER_CONFIG", file.toString()))
            .identities();

    assertThat(identities.defaultIdentity().orElseThrow().name()).isEqualTo("orders");
    assertThat(identities.known()).hasSize(2);
  }

  /** The first three cells of each row of the table of settings. */
  private static List<List<String>> rows() throws IOException {
    List<List<String>> rows = new ArrayList<>();
    boolean inTable = false;
    for (String line : Files.readAllLines(PAGE)) {
      if (line.startsWith("| Variable |")) {
        inTable = true;
      } else if (!line.startsWith("|")) {
        inTable = false;
      } else if (inTable && !line.startsWith("| ---")) {
        String[] cells = line.substring(1).split("\\|", -1);
        rows.add(List.of(cells[0].strip(), cells[1].strip(), cells[2].strip()));
      }
    }
    return rows;
  }

  private static String code(String text) {
    return "`" + text + "`";
  }
}
