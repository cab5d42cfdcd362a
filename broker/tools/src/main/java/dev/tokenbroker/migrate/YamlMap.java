package dev.tokenbroker.migrate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A mapping of a manifest. It is edited in place: what nobody edits stays as its author wrote it.
 */
record YamlMap(MappingNode node) {

  static YamlMap empty() {
    return new YamlMap(new MappingNode(Tag.MAP, new ArrayList<>(), FlowStyle.BLOCK));
  }

  Optional<String> text(String key) {
    return value(key::equals).flatMap(YamlMap::scalar);
  }

  /** As the API server reads a resource's fields: {@code resourceid} is {@code resourceID}, too. */
  Optional<String> textOfAnyCase(String key) {
    return value(key::equalsIgnoreCase).flatMap(YamlMap::scalar);
  }

  Optional<YamlMap> map(String key) {
    return value(key::equals).flatMap(YamlMap::mapping);
  }

  Optional<YamlMap> mapOfAnyCase(String key) {
    return value(key::equalsIgnoreCase).flatMap(YamlMap::mapping);
  }

  /** The mapping at the end of a path. */
  Optional<YamlMap> map(List<String> path) {
    Optional<YamlMap> at = Optional.of(this);
    for (String key : path) {
      at = at.flatMap(map -> map.map(key));
    }
    return at;
  }

  /** The mapping under a key, made if it is missing or empty. */
  YamlMap mapOrNew(String key) {
    Optional<YamlMap> present = map(key);
    if (present.isPresent()) {
      return present.get();
    }
    YamlMap made = empty();
    put(key, made.node());
    return made;
  }

  /** The items of a list that are mappings; none if there is no list. */
  List<YamlMap> maps(String key) {
    return items(key::equals).stream().map(YamlMap::mapping).flatMap(Optional::stream).toList();
  }

  /** How many items a list has, in whichever case its key is written. */
  int sizeOfAnyCase(String key) {
    return items(key::equalsIgnoreCase).size();
  }

  /** The keys whose values are texts, with these. */
  Map<String, String> texts() {
    Map<String, String> texts = new LinkedHashMap<>();
    for (NodeTuple tuple : node.getValue()) {
      scalar(tuple.getValueNode()).ifPresent(text -> texts.put(key(tuple), text));
    }
    return texts;
  }

  List<String> keys() {
    return node.getValue().stream().map(YamlMap::key).toList();
  }

  /** Sets a text; one that is there already and the same stays as it is written. */
  void put(String key, String text) {
    if (text(key).filter(text::equals).isEmpty() || !isText(key)) {
      put(key, YamlText.scalar(text));
    }
  }

  private void put(String key, Node value) {
    List<NodeTuple> tuples = new ArrayList<>(node.getValue());
    for (int i = 0; i < tuples.size(); i++) {
      if (key(tuples.get(i)).equals(key)) {
        tuples.set(i, new NodeTuple(tuples.get(i).getKeyNode(), value));
        node.setValue(tuples);
        return;
      }
    }
    tuples.add(new NodeTuple(new ScalarNode(Tag.STR, key, ScalarStyle.PLAIN), value));
    node.setValue(tuples);
  }

  void remove(String key) {
    node.setValue(node.getValue().stream().filter(t -> !key(t).equals(key)).toList());
  }

  /** Takes over what another mapping has under a key. */
  void copy(String key, YamlMap from) {
    from.value(key::equals).ifPresent(value -> put(key, value));
  }

  /** Whether any text in here, at any depth, contains another. */
  boolean mentions(String part) {
    return mentions(node, part);
  }

  private static boolean mentions(Node node, String part) {
    if (node instanceof MappingNode map) {
      return map.getValue().stream().anyMatch(tuple -> mentions(tuple.getValueNode(), part));
    }
    if (node instanceof SequenceNode list) {
      return list.getValue().stream().anyMatch(item -> mentions(item, part));
    }
    return node instanceof ScalarNode scalar && scalar.getValue().contains(part);
  }

  /** Removes items of a list, and the list with its last item. */
  void removeFrom(String key, Predicate<YamlMap> unwanted) {
    Optional<SequenceNode> list =
        value(key::equals).filter(SequenceNode.class::isInstance).map(SequenceNode.class::cast);
    if (list.isPresent()) {
      list.get().getValue().removeIf(n -> mapping(n).filter(unwanted).isPresent());
      if (list.get().getValue().isEmpty()) {
        remove(key);
      }
    }
  }

  private List<Node> items(Predicate<String> key) {
    return value(key)
        .filter(SequenceNode.class::isInstance)
        .map(list -> ((SequenceNode) list).getValue())
        .orElse(List.of());
  }

  private Optional<Node> value(Predicate<String> key) {
    return node.getValue().stream()
        .filter(tuple -> key.test(key(tuple)))
        .map(NodeTuple::getValueNode)
        .findFirst();
  }

  /** Whether the value is no number or boolean: labels and parameters must be texts. */
  private boolean isText(String key) {
    return value(key::equals).filter(n -> n.getTag().equals(Tag.STR)).isPresent();
  }

  static Optional<YamlMap> mapping(Node node) {
    return node instanceof MappingNode map ? Optional.of(new YamlMap(map)) : Optional.empty();
  }

  private static Optional<String> scalar(Node node) {
    return node instanceof ScalarNode scalar && !scalar.getTag().equals(Tag.NULL)
        ? Optional.of(scalar.getValue())
        : Optional.empty();
  }

  static String key(NodeTuple tuple) {
    return tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
  }
}
