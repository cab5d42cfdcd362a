package dev.tokenbroker.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {

  @Test
  void readsAnObject() {
    assertThat(JsonReader.SMALL.object("{\"a\":[1,null,{\"b\":\"ü\"}]}"))
        .contains(
            new JsonObject()
                .put("a", new JsonArray().add(1).addNull().add(new JsonObject().put("b", "ü"))));
    assertThat(JsonReader.SMALL.object("{\"b\":\"ü\"}".getBytes(UTF_8)))
        .contains(new JsonObject().put("b", "ü"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "1",
        "[]",
        "\"{}\"",
        "{",
        "{}}",
        "{} {}",
        "{\"a\":}",
        "{a:1}",
        "{'a':1}",
        "/**/{}",
        "{\"a\":\"\\ud800",
        "\0",
        "\ufeff"
      })
  void whatIsNoObjectIsEmpty(String text) {
    assertThat(JsonReader.SMALL.object(text)).isEmpty();
    assertThat(JsonReader.SMALL.object(text.getBytes(UTF_8))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {33, 900, 100_000})
  void depthIsLimited(int levels) {
    String arrays = "{\"a\":" + "[".repeat(levels - 1) + "]".repeat(levels - 1) + "}";
    String objects = "{\"a\":".repeat(levels) + "1" + "}".repeat(levels);

    assertThat(JsonReader.SMALL.object(arrays)).isEmpty();
    assertThat(JsonReader.SMALL.object(objects)).isEmpty();
    assertThat(JsonReader.SMALL.object(objects.getBytes(UTF_8))).isEmpty();
    assertThat(new JsonReader(levels, 1_000_000).object("{\"a\":1}")).isPresent();
  }

  @Test
  void whatIsAsDeepAsTheLimitIsRead() {
    String text = "{\"a\":".repeat(32) + "1" + "}".repeat(32);

    assertThat(JsonReader.SMALL.object(text)).isPresent();
  }

  @Test
  void theNumberOfValuesIsLimited() {
    String few = "{\"a\":[" + "{},".repeat(4_900) + "{}]}";
    String many = "{\"a\":[" + "{},".repeat(5_000) + "{}]}";

    assertThat(JsonReader.SMALL.object(few)).isPresent();
    assertThat(JsonReader.SMALL.object(many)).isEmpty();
  }
}
