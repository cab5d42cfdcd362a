package dev.tokenbroker.docs;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The command lines of this program that stand in a text. */
public final class CommandLines {

  /** The program's name where a shell expects one, then what belongs to it. */
  private static final Pattern LINE =
      Pattern.compile(
          "(?m)(?:^ *|[`$(|&]|[`(|&\"] |\\$ |-- |=\\S* )"
              + "(?:(?:java -jar )?token-broker(?:-tools)?(?:\\.jar)?|\\S*/java @/opt/token-broker/run)"
              + "((?:[ \\\\\n]+(?:\"[^\"\n]*\"|[^\\s\"|&#`()\\\\]+))*)");

  private CommandLines() {}

  /** Of each its arguments; something stands for what is quoted or a placeholder. */
  public static List<List<String>> in(String text) {
    return LINE.matcher(text).results().map((MatchResult it) -> arguments(it.group(1))).toList();
  }

  private static List<String> arguments(String line) {
    String plain =
        line.replace("\\\n", " ")
            .lines()
            .findFirst()
            .orElse("")
            .replaceAll("\"[^\"]*\"", "https://quoted.example")
            .replaceAll("<(\\w+)>", "$1.example");
    return plain.isBlank() ? List.of() : List.of(plain.strip().split("\\s+"));
  }
}
