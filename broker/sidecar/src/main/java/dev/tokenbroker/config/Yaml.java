package dev.tokenbroker.config;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads a YAML document. It builds a small tree from the parser's events: each node keeps its line,
 * duplicate keys are still there to be reported, and nothing can grow, because aliases, tags and
 * deep nesting are refused.
 */
final class Yaml {

  /** A piece of a YAML document, with the line it starts on (counted from 1). */
  sealed interface Node {

    int line();
  }

  /**
   * A value.
   *
   * @param text as written, without quotes
   * @param blank whether nothing was written, or {@code null} or {@code ~}
   */
  record Scalar(String text, boolean blank, int line) implements Node {}

  /** A list. */
  record Sequence(List<Node> items, int line) implements Node {}

  /** Keys and values in the order of the file, duplicates included. */
  record Mapping(List<Entry> entries, int line) implements Node {}

  /** One key of a mapping. */
  record Entry(String key, int line, Node value) {}

  /** A text is not the YAML that the broker reads; the message says why, and on which line. */
  static final class NotYaml extends Exception {

    NotYaml(String reason, int line) {
      super(reason + " (line " + line + ")", null, false, false);
    }
  }

  private static final int MAX_DEPTH = 8;
  private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");

  private final Iterator<Event> events;

  private Yaml(Iterator<Event> events) {
    this.events = events;
  }

  /** The document's root, or empty if the text holds nothing but comments. */
  static Optional<Node> read(String text) throws NotYaml {
    try {
      Parse parse = new Parse(LoadSettings.builder().build());
      return new Yaml(parse.parseString(text).iterator())
          .document()
          .filter(root -> !(root instanceof Scalar scalar && scalar.blank()));
    } catch (MarkedYamlEngineException e) {
      throw new NotYaml(
          Optional.ofNullable(e.getProblem()).orElse("a syntax error"),
          e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1));
    } catch (YamlEngineException e) {
      throw new NotYaml("unreadable characters", 1);
    }
  }

  private Optional<Node> document() throws NotYaml {
    Optional<Node> root = Optional.empty();
    while (events.hasNext()) {
      Event event = events.next();
      switch (event.getEventId()) {
        case Scalar, SequenceStart, MappingStart, Alias -> {
          if (root.isPresent()) {
            throw new NotYaml("a second document", line(event));
          }
          root = Optional.of(node(event, 0));
        }
        default -> {}
      }
    }
    return root;
  }

  private Node node(Event event, int depth) throws NotYaml {
    if (event instanceof AliasEvent
        || (event instanceof NodeEvent node && node.getAnchor().isPresent())) {
      throw new NotYaml("anchors and aliases are not supported", line(event));
    }
    if (event instanceof ScalarEvent scalar) {
      refuseTag(scalar.getTag(), event);
      boolean plain = scalar.getScalarStyle() == ScalarStyle.PLAIN;
      return new Scalar(scalar.getValue(), plain && NULLS.contains(scalar.getValue()), line(event));
    }
    if (depth == MAX_DEPTH) {
      throw new NotYaml("nested too deeply", line(event));
    }
    if (event instanceof CollectionStartEvent start) {
      refuseTag(start.getTag(), event);
    }
    return event instanceof MappingStartEvent ? mapping(event, depth) : sequence(event, depth);
  }

  private Node sequence(Event start, int depth) throws NotYaml {
    List<Node> items = new ArrayList<>();
    for (Event e = events.next(); e.getEventId() != Event.ID.SequenceEnd; e = events.next()) {
      items.add(node(e, depth + 1));
    }
    return new Sequence(items, line(start));
  }

  private Node mapping(Event start, int depth) throws NotYaml {
    List<Entry> entries = new ArrayList<>();
    for (Event e = events.next(); e.getEventId() != Event.ID.MappingEnd; e = events.next()) {
      if (!(node(e, depth + 1) instanceof Scalar key)) {
        throw new NotYaml("a key must be a word", line(e));
      }
      entries.add(new Entry(key.text(), key.line(), node(events.next(), depth + 1)));
    }
    return new Mapping(entries, line(start));
  }

  private static void refuseTag(Optional<String> tag, Event event) throws NotYaml {
    if (tag.isPresent()) {
      throw new NotYaml("tags are not supported", line(event));
    }
  }

  private static int line(Event event) {
    return event.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
  }
}
