package dev.tokenbroker.browser;

import dev.tokenbroker.emulator.TemporaryFolder;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Headless Chromium, driven over the Chrome DevTools Protocol. */
final class Browser implements AutoCloseable {

  private static final int PATIENCE_SECONDS = 60;

  private final TemporaryFolder profile = new TemporaryFolder("chromium");
  private final Process process;
  private final WebSocket page;
  private final AtomicInteger lastId = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonObject>> answers = new ConcurrentHashMap<>();
  private final List<String> violations = new CopyOnWriteArrayList<>();

  /** Where Debian and others put it; empty if there is none. */
  static Optional<Path> chromium() {
    return Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst();
  }

  Browser(Path chromium) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
                chromium.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-quic",
                "--hide-scrollbars",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile.path(),
                "about:blank")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("TMPDIR", profile.path().toString());
    process = builder.start();
    URI socket = pageSocket(profile.path().resolve("DevToolsActivePort"));
    page =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(socket, new Listener())
            .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    send("Page.enable", new JsonObject());
    send("Runtime.enable", new JsonObject());
    send("Log.enable", new JsonObject());
  }

  private URI pageSocket(Path portFile) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!Files.exists(portFile) || Files.readAllLines(portFile).size() < 2) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        throw new AssertionError("Chromium did not start");
      }
      Thread.onSpinWait();
    }
    URI list = URI.create("http://127.0.0.1:" + Files.readAllLines(portFile).get(0) + "/json/list");
    String targets =
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(list).build(), BodyHandlers.ofString())
            .body();
    return new JsonArray(targets)
        .stream()
            .map(JsonObject.class::cast)
            .filter(target -> target.getString("type").equals("page"))
            .map(target -> URI.create(target.getString("webSocketDebuggerUrl")))
            .findFirst()
            .orElseThrow();
  }

  void open(String url) {
    send("Page.navigate", new JsonObject().put("url", url));
  }

  void resize(int width, int height) {
    send(
        "Emulation.setDeviceMetricsOverride",
        new JsonObject()
            .put("width", width)
            .put("height", height)
            .put("deviceScaleFactor", 1)
            .put("mobile", false));
  }

  void preferDark(boolean dark) {
    JsonObject feature =
        new JsonObject().put("name", "prefers-color-scheme").put("value", dark ? "dark" : "light");
    send(
        "Emulation.setEmulatedMedia",
        new JsonObject().put("features", new JsonArray().add(feature)));
  }

  void press(String key) {
    JsonObject press = new JsonObject().put("key", key).put("code", key);
    if (key.equals("Tab")) {
      press.put("windowsVirtualKeyCode", 9);
    } else {
      press.put("windowsVirtualKeyCode", 13).put("text", "\r");
    }
    send("Input.dispatchKeyEvent", press.copy().put("type", "keyDown"));
    send("Input.dispatchKeyEvent", press.copy().put("type", "keyUp"));
  }

  /** The value of an expression. */
  String evaluate(String expression) {
    JsonObject result =
        send(
            "Runtime.evaluate",
            new JsonObject().put("expression", expression).put("returnByValue", true));
    if (result.containsKey("exceptionDetails")) {
      throw new AssertionError(expression + ": " + result.getJsonObject("exceptionDetails"));
    }
    return String.valueOf(result.getJsonObject("result").getValue("value"));
  }

  /** Waits until an expression is true; what the page does in the meantime is its own affair. */
  void await(String condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!"true".equals(evaluate(condition))) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError(
            "never true: " + condition + "; the page: " + evaluate("document.body.innerText"));
      }
    }
  }

  byte[] screenshot() {
    JsonObject shot =
        send("Page.captureScreenshot", new JsonObject().put("captureBeyondViewport", true));
    return Base64.getDecoder().decode(shot.getString("data"));
  }

  /** Names and roles that a screen reader is told. */
  List<String> accessibleNames(String role) {
    return send("Accessibility.getFullAXTree", new JsonObject()).getJsonArray("nodes").stream()
        .map(JsonObject.class::cast)
        .filter(node -> !node.getBoolean("ignored"))
        .filter(node -> node.getJsonObject("role").getString("value").equals(role))
        .map(node -> node.getJsonObject("name").getString("value"))
        .toList();
  }

  /** What the page did that its policy forbids, and what went wrong in it. */
  List<String> complaints() {
    return List.copyOf(violations);
  }

  private JsonObject send(String method, JsonObject parameters) {
    int id = lastId.incrementAndGet();
    CompletableFuture<JsonObject> answer = new CompletableFuture<>();
    answers.put(id, answer);
    JsonObject command =
        new JsonObject().put("id", id).put("method", method).put("params", parameters);
    page.sendText(command.encode(), true);
    try {
      JsonObject message = answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (message.containsKey("error")) {
        throw new AssertionError(method + ": " + message);
      }
      return message.getJsonObject("result");
    } catch (Exception e) {
      throw new AssertionError(method, e);
    }
  }

  private final class Listener implements WebSocket.Listener {

    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        received(new JsonObject(text.toString()));
        text.setLength(0);
      }
      socket.request(1);
      return CompletableFuture.completedStage(null);
    }

    private void received(JsonObject message) {
      if (message.containsKey("id")) {
        answers.remove(message.getInteger("id")).complete(message);
      } else if (message.getString("method").equals("Runtime.exceptionThrown")
          || isAboutSecurity(message)) {
        violations.add(message.getJsonObject("params").encode());
      }
    }
  }

  private static boolean isAboutSecurity(JsonObject message) {
    return message.getString("method").equals("Log.entryAdded")
        && message
            .getJsonObject("params")
            .getJsonObject("entry")
            .getString("source")
            .equals("security");
  }

  @Override
  public void close() throws InterruptedException {
    page.abort();
    List<ProcessHandle> children = process.descendants().toList();
    process.destroy();
    process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    // They write into the profile until they end.
    children.forEach(ProcessHandle::destroyForcibly);
    children.forEach(each -> each.onExit().join());
    profile.close();
  }
}
