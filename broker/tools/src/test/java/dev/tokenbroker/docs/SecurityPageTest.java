package dev.tokenbroker.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** SECURITY.md claims nothing that no test holds. */
class SecurityPageTest {

  private static final Path PAGE = Path.of("../..", "SECURITY.md");
  private static final List<Path> TESTS =
      Stream.of("broker/sidecar", "broker/tools", "client-lib")
          .map(module -> Path.of("../..", module, "src/test/java"))
          .toList();
  private static final Pattern TEST = Pattern.compile("`([A-Z]\\w+)#(\\w+)`");
  private static final Pattern SCRIPT = Pattern.compile("`(deploy/test/\\w+)`");

  static Stream<String> claims() throws IOException {
    return Files.readAllLines(PAGE).stream()
        .filter(line -> line.startsWith("| "))
        .filter(line -> !line.startsWith("| ---") && !line.endsWith("| held by |"));
  }

  @ParameterizedTest
  @MethodSource("claims")
  void everyClaimNamesATestThatExists(String claim) throws IOException {
    Matcher test = TEST.matcher(claim);
    int named = 0;
    while (test.find()) {
      named++;
      assertThat(sources(test.group(1)))
          .as("%s#%s", test.group(1), test.group(2))
          .anySatisfy(source -> assertThat(source).containsPattern(declaration(test.group(2))));
    }
    Matcher script = SCRIPT.matcher(claim);
    while (script.find()) {
      named++;
      assertThat(Path.of("../..").resolve(script.group(1))).isExecutable();
    }
    assertThat(named).as("what holds it").isPositive();
  }

  @Test
  void thereAreClaims() throws IOException {
    assertThat(claims()).hasSizeGreaterThan(20);
  }

  /** Tests are declared like this; helpers are private. */
  private static Pattern declaration(String method) {
    return Pattern.compile("(?m)^  void " + method + "\\(");
  }

  private static List<String> sources(String className) throws IOException {
    for (Path root : TESTS) {
      try (Stream<Path> tree = Files.walk(root)) {
        List<Path> found = tree.filter(file -> file.endsWith(className + ".java")).toList();
        if (!found.isEmpty()) {
          return List.of(Files.readString(found.get(0)));
        }
      }
    }
    return List.of();
  }
}
