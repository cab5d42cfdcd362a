package dev.tokenbroker.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.jackson.JacksonCodec;
import java.io.IOException;
import java.util.Optional;

/**
 * The one reader of JSON from outside. A parser descends once for each level, so a few hundred
 * levels overflow a thread's stack, and a StackOverflowError passes every handler of exceptions;
 * and it makes objects of some 100 bytes from the three bytes {@code {},}. So depth and number of
 * values are limited before anything is built. The limit of bytes is whoever's who takes them in.
 */
public final class JsonReader {

  /**
   * For claims, Entra's answers and what az prints: none is deeper than five levels, and a token
   * with the most groups and roles that Entra puts into one has some 500 values.
   */
  public static final JsonReader SMALL = new JsonReader(32, 10_000);

  private final JsonFactory factory;

  /**
   * A reader with limits of its own.
   *
   * @param maxDepth so many objects and arrays may lie in each other
   * @param maxTokens so many names, values, starts and ends may be in a text; each can cost 100
   *     bytes of heap
   */
  public JsonReader(int maxDepth, int maxTokens) {
    factory =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(maxDepth)
                    .maxTokenCount(maxTokens)
                    .build())
            // Else names from outside stay in tables of the JVM and of this factory.
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .build();
  }

  /** The object that the text is; empty if it is none, is malformed, or exceeds the limits. */
  public Optional<JsonObject> object(String text) {
    return object(() -> factory.createParser(text));
  }

  /** The same from text in UTF-8. */
  public Optional<JsonObject> object(byte[] text) {
    return object(() -> factory.createParser(text));
  }

  private static Optional<JsonObject> object(Opening opening) {
    try (JsonParser parser = opening.open()) {
      return JacksonCodec.fromParser(parser, Object.class) instanceof JsonObject object
          ? Optional.of(object)
          : Optional.empty();
    } catch (IOException | DecodeException e) {
      return Optional.empty();
    }
  }

  @FunctionalInterface
  private interface Opening {
    JsonParser open() throws IOException;
  }
}
