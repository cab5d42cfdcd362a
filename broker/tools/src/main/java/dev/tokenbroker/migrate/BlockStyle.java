package dev.tokenbroker.migrate;

import java.util.ArrayList;
import java.util.List;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * JSON, such as {@code kubectl get -o json} prints, in the style that people write manifests in.
 */
final class BlockStyle {

  private BlockStyle() {}

  /** A document that begins with a brace is JSON; all others keep their style. */
  static YamlMap ifJson(YamlMap document) {
    return document.node().getFlowStyle() == FlowStyle.FLOW
        ? YamlMap.mapping(block(document.node())).orElseThrow()
        : document;
  }

  private static Node block(Node node) {
    if (node instanceof MappingNode map) {
      List<NodeTuple> tuples = new ArrayList<>();
      for (NodeTuple tuple : map.getValue()) {
        tuples.add(new NodeTuple(block(tuple.getKeyNode()), block(tuple.getValueNode())));
      }
      return new MappingNode(map.getTag(), tuples, FlowStyle.BLOCK);
    }
    if (node instanceof SequenceNode list) {
      List<Node> items = new ArrayList<>();
      list.getValue().forEach(item -> items.add(block(item)));
      return new SequenceNode(list.getTag(), items, FlowStyle.BLOCK);
    }
    return node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.STR)
        ? YamlText.scalar(scalar.getValue())
        : node;
  }
}
