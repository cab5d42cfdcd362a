package dev.tokenbroker.migrate;

import java.util.List;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Whether two trees mean the same, whatever their style and comments. */
final class SameYaml {

  private SameYaml() {}

  static boolean of(Node a, Node b) {
    if (a instanceof MappingNode one && b instanceof MappingNode other) {
      List<NodeTuple> ones = one.getValue();
      List<NodeTuple> others = other.getValue();
      boolean same = ones.size() == others.size();
      for (int i = 0; same && i < ones.size(); i++) {
        same =
            YamlMap.key(ones.get(i)).equals(YamlMap.key(others.get(i)))
                && of(ones.get(i).getValueNode(), others.get(i).getValueNode());
      }
      return same;
    }
    if (a instanceof SequenceNode one && b instanceof SequenceNode other) {
      boolean same = one.getValue().size() == other.getValue().size();
      for (int i = 0; same && i < one.getValue().size(); i++) {
        same = of(one.getValue().get(i), other.getValue().get(i));
      }
      return same;
    }
    return a instanceof ScalarNode one
        && b instanceof ScalarNode other
        && one.getTag().equals(other.getTag())
        && one.getValue().equals(other.getValue());
  }
}
