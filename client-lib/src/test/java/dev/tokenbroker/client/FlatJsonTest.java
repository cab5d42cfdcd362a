package dev.tokenbroker.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlatJsonTest {

  @Test
  void textNumbersAndLiteralsComeAsText() {
    assertThat(
            FlatJson.parse(" {\"a\" : \"x\",\t\"b\":-1.5e+3,\n\"c\":true,\"d\":null,\"e\":0 }\r\n"))
        .isEqualTo(Map.of("a", "x", "b", "-1.5e+3", "c", "true", "d", "null", "e", "0"));
  }

  @Test
  void everyEscapeIsUndone() {
    assertThat(FlatJson.parse("{\"a\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\uD83D\\uDE00\"}"))
        .isEqualTo(Map.of("a", "\"\\/\b\f\n\r\té😀"));
  }

  @Test
  void whatIsNestedIsPassedOver() {
    assertThat(
            FlatJson.parse(
                "{\"a\":[1,[],{\"b\":\"]}\"},\"x\"],\"c\":{\"tid\":\"no\"},\"tid\":\"t\"}"))
        .isEqualTo(Map.of("tid", "t"));
  }

  @Test
  void anEmptyObjectIsEmpty() {
    assertThat(FlatJson.parse("{ }")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "\"a\"",
        "{",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":}",
        "{\"a\":\"x\"",
        "{\"a\":\"x}",
        "{\"a\":\"x\",}",
        "{,}",
        "{a:1}",
        "{'a':1}",
        "{\"a\":01}",
        "{\"a\":1.}",
        "{\"a\":+1}",
        "{\"a\":TRUE}",
        "{\"a\":nul}",
        "{\"a\":[1,]}",
        "{\"a\":[1 2]}",
        "{\"a\":[}",
        "{\"a\":\"\\x\"}",
        "{\"a\":\"\\u12g4\"}",
        "{\"a\":\"\\u12\"}",
        "{\"a\":\"\n\"}",
        "{\"a\":1}x",
        "{\"a\":1}{}"
      })
  void whatIsNotAnObjectIsRefusedWithoutQuotingIt(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FlatJson.parse(text))
        .withMessageMatching("not a JSON object, at character \\d+");
  }

  @Test
  void deepNestingIsRefusedBeforeTheStackEnds() {
    String deep = "{\"a\":" + "[".repeat(100_000);
    assertThatIllegalArgumentException().isThrownBy(() -> FlatJson.parse(deep));
  }
}
