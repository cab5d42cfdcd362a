package dev.tokenbroker.migrate;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Present;
import org.snakeyaml.engine.v2.api.lowlevel.Serialize;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Converts text to nodes and back. Comments, quotes and the order of keys survive. */
final class YamlText {

  /** Why a text is no usable YAML; never quotes it, because it may hold a secret. */
  static final class NotYaml extends Exception {

    NotYaml(String reason) {
      super(reason, null, false, false);
    }
  }

  private static final String EXPAND =
      "\"kubectl create --dry-run=client -o yaml -f FILE\" writes them out";

  private static final int MAX_CHARACTERS = 256 << 20;

  private static final LoadSettings LOAD =
      LoadSettings.builder().setParseComments(true).setCodePointLimit(MAX_CHARACTERS).build();

  /** Texts that no reader of YAML 1.1 or 1.2 takes for anything else. */
  private static final Pattern PLAIN =
      Pattern.compile("[A-Za-z/][-A-Za-z0-9._/@]*(:[-A-Za-z0-9._/@]+)*");

  /** YAML 1.1, which Kubernetes reads, has more booleans than YAML 1.2, which we read. */
  private static final Pattern WORDS =
      Pattern.compile("y|n|yes|no|on|off|true|false|null", Pattern.CASE_INSENSITIVE);

  private YamlText() {}

  /** The documents that are mappings; empty ones and lone scalars are no manifests. */
  static List<YamlMap> read(String text) throws NotYaml {
    List<YamlMap> documents = new ArrayList<>();
    try {
      for (Node root : new Compose(LOAD).composeAllFromString(text)) {
        check(root);
        YamlMap.mapping(root).map(YamlText::blockIfJson).ifPresent(documents::add);
      }
      return documents;
    } catch (MarkedYamlEngineException e) {
      String line = e.getProblemMark().map(mark -> ", line " + (mark.getLine() + 1)).orElse("");
      throw new NotYaml("not YAML" + line);
    } catch (YamlEngineException e) {
      throw new NotYaml("not YAML: unreadable characters");
    } catch (StackOverflowError e) {
      // The parser calls itself for each level, and has no limit of its own.
      throw new NotYaml("nested too deeply");
    } catch (OutOfMemoryError e) {
      throw new NotYaml("too large for this much memory; split it, or raise -Xmx");
    }
  }

  /** One document, without the line that separates it from others. */
  static String write(YamlMap document) {
    String text = write(document, true);
    // The writer has its troubles with comments in odd places: then better none.
    return isSame(text, document) ? text : write(document, false);
  }

  static ScalarNode scalar(String text) {
    if (text.contains("\n")) {
      return new ScalarNode(Tag.STR, text, ScalarStyle.LITERAL);
    }
    boolean plain = PLAIN.matcher(text).matches() && !WORDS.matcher(text).matches();
    return new ScalarNode(Tag.STR, text, plain ? ScalarStyle.PLAIN : ScalarStyle.DOUBLE_QUOTED);
  }

  private static String write(YamlMap document, boolean comments) {
    DumpSettings settings =
        DumpSettings.builder()
            .setDumpComments(comments)
            .setDefaultFlowStyle(FlowStyle.BLOCK)
            .setIndent(2)
            .setIndicatorIndent(2)
            .setIndentWithIndicator(true)
            .setSplitLines(false)
            .build();
    return new Present(settings)
        .emitToString(new Serialize(settings).serializeOne(document.node()).iterator());
  }

  private static boolean isSame(String text, YamlMap document) {
    try {
      Optional<Node> read = new Compose(LOAD).composeString(text);
      return read.isPresent() && isSame(read.get(), document.node());
    } catch (YamlEngineException e) {
      return false;
    }
  }

  /** What could not be edited in one place alone, or read in one way alone. */
  private static void check(Node node) throws NotYaml {
    String line = node.getStartMark().map(mark -> ", line " + (mark.getLine() + 1)).orElse("");
    if (node.getAnchor().isPresent()) {
      throw new NotYaml("anchors are not supported" + line + "; " + EXPAND);
    }
    if (node instanceof SequenceNode list) {
      for (Node item : list.getValue()) {
        check(item);
      }
    }
    if (node instanceof MappingNode map) {
      Set<String> keys = new HashSet<>();
      for (NodeTuple tuple : map.getValue()) {
        if (!(tuple.getKeyNode() instanceof ScalarNode)) {
          throw new NotYaml("a key must be a word" + line);
        }
        if (!keys.add(YamlMap.key(tuple))) {
          throw new NotYaml("a key is there twice in the mapping" + line);
        }
        check(tuple.getValueNode());
      }
    }
  }

  /**
   * JSON, such as {@code kubectl get -o json} prints, in the style that people write manifests in.
   * A document that begins with a brace is JSON; all others keep their style.
   */
  private static YamlMap blockIfJson(YamlMap document) {
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
        ? scalar(scalar.getValue())
        : node;
  }

  /** Whether two trees mean the same, whatever their style and comments. */
  private static boolean isSame(Node a, Node b) {
    if (a instanceof MappingNode one && b instanceof MappingNode other) {
      List<NodeTuple> ones = one.getValue();
      List<NodeTuple> others = other.getValue();
      boolean same = ones.size() == others.size();
      for (int i = 0; same && i < ones.size(); i++) {
        same =
            YamlMap.key(ones.get(i)).equals(YamlMap.key(others.get(i)))
                && isSame(ones.get(i).getValueNode(), others.get(i).getValueNode());
      }
      return same;
    }
    if (a instanceof SequenceNode one && b instanceof SequenceNode other) {
      boolean same = one.getValue().size() == other.getValue().size();
      for (int i = 0; same && i < one.getValue().size(); i++) {
        same = isSame(one.getValue().get(i), other.getValue().get(i));
      }
      return same;
    }
    return a instanceof ScalarNode one
        && b instanceof ScalarNode other
        && one.getTag().equals(other.getTag())
        && one.getValue().equals(other.getValue());
  }
}
