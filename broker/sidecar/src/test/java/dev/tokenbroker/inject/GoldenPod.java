package dev.tokenbroker.inject;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/** A pod that goes in, and what comes out by every mechanism; see deploy/test/pods/README.md. */
record GoldenPod(Path folder) {

  private static final Path ALL = Path.of("../../deploy/test/pods");

  static final InjectionOptions OPTIONS =
      new InjectionOptions(
          "ghcr.io/token-broker/token-broker:0.1.0",
          "ghcr.io/token-broker/token-broker-redirect:0.1.0",
          InjectionMode.STRICT,
          ResourceRequirements.DEFAULT);

  static List<GoldenPod> all() {
    try (Stream<Path> folders = Files.list(ALL)) {
      return folders.filter(Files::isDirectory).sorted().map(GoldenPod::new).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static GoldenPod of(String name) {
    return new GoldenPod(ALL.resolve(name));
  }

  JsonObject in() {
    return yaml("in.yaml");
  }

  /** What comes out; the pod itself if it is let in unchanged. */
  JsonObject out() {
    return Files.exists(file("out.yaml")) ? yaml("out.yaml") : in();
  }

  /** Why it is not let in; empty if it is. */
  Optional<String> refusal() {
    return Files.exists(file("refused.txt"))
        ? Optional.of(read("refused.txt").strip())
        : Optional.empty();
  }

  void writeOut(JsonObject pod) {
    DumpSettings settings =
        DumpSettings.builder()
            .setDefaultFlowStyle(FlowStyle.BLOCK)
            .setIndicatorIndent(2)
            .setIndentWithIndicator(true)
            .setWidth(200)
            .build();
    try {
      Files.writeString(file("out.yaml"), new Dump(settings).dumpToString(load(pod.encode())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return folder.getFileName().toString();
  }

  @SuppressWarnings("unchecked")
  private JsonObject yaml(String name) {
    Object document = load(read(name));
    // Through text: only then are the inner maps JsonObjects.
    return new JsonObject(new JsonObject((Map<String, Object>) document).encode());
  }

  /** JSON is YAML, too. */
  private static Object load(String text) {
    return new Load(LoadSettings.builder().build()).loadFromString(text);
  }

  private String read(String name) {
    try {
      return Files.readString(file(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path file(String name) {
    return folder.resolve(name);
  }
}
