package dev.tokenbroker.endpoint;

import dev.tokenbroker.util.Sha256;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;

/** The page itself, one file without any outside asset; loaded when first asked for. */
final class StatusPage {

  private static final String HTML = load("status.html");

  /**
   * Nothing runs or is loaded but what is in the file (CSP3 §6.6.2: a hash allows an inline block).
   * Every value of the JSON gets onto the page as text.
   */
  static final Map<String, String> HEADERS =
      Map.of(
          "Content-Security-Policy",
          "default-src 'none'; connect-src 'self'; base-uri 'none'; form-action 'none';"
              + " frame-ancestors 'none'; script-src 'sha256-"
              + hashOf("script")
              + "'; style-src 'sha256-"
              + hashOf("style")
              + "'",
          "X-Content-Type-Options",
          "nosniff",
          "Referrer-Policy",
          "no-referrer");

  private StatusPage() {}

  static Buffer body() {
    return Buffer.buffer(HTML);
  }

  private static String load(String name) {
    try (InputStream in = StatusPage.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String hashOf(String element) {
    int start = HTML.indexOf("<" + element + ">") + element.length() + 2;
    String content = HTML.substring(start, HTML.indexOf("</" + element + ">", start));
    return Base64.getEncoder().encodeToString(Sha256.of(content));
  }
}
