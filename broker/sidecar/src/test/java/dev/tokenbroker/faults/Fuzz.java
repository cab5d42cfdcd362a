package dev.tokenbroker.faults;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Requests as no client should send them, the same ones for the same seed. */
final class Fuzz {

  /** What must never come out of a request that carries it inside another one's body. */
  private static final String SMUGGLED = Requests.imds(App.VAULT);

  private static final String TOKEN = "/metadata/identity/oauth2/token?resource=" + App.VAULT;

  private static final List<String> METHODS =
      List.of("GET", "get", "POST", "PUT", "TRACE", "CONNECT", "G\u0000T", "", "PRI", "GET\t");
  private static final List<String> TARGETS =
      List.of(
          TOKEN,
          "//metadata//identity/oauth2/token",
          "/metadata/identity/..%2f../oauth2/token",
          "/metadata\\identity\\oauth2\\token",
          "http://login.microsoftonline.com" + TOKEN,
          "*",
          "/%zz%",
          "/%00",
          "/metadata/identity/oauth2/token?resource=%ff%fe&resource=b&client_id=%",
          "/msi/token?resource=" + App.VAULT + "&api-version=2019-08-01",
          "");
  private static final List<String> VERSIONS =
      List.of("HTTP/1.1", "HTTP/1.0", "HTTP/2.0", "HTTP/9", "http/1.1", "HTTP/1.1 x", "");
  private static final List<String> HEADERS =
      List.of(
          "Metadata: true",
          "Host: 169.254.169.254",
          "Host: evil.example",
          "Host: a\r\nHost: b",
          "X-Forwarded-For: 1.2.3.4",
          "Metadata: tr\u0000ue",
          "Metadata : true",
          " Metadata: true",
          "no colon",
          ": no name",
          "X-\u00e9: \u00ff",
          "Expect: 100-continue",
          "Expect: nonsense",
          "Upgrade: h2c\r\nConnection: Upgrade",
          "Connection: close, keep-alive, \u0001",
          "Transfer-Encoding: gzip");

  /** Each leaves in doubt where the request ends. */
  private static final List<String> LENGTHS =
      List.of(
          "Content-Length: 0\r\nContent-Length: %d",
          "Content-Length: %d\r\nTransfer-Encoding: chunked",
          "Transfer-Encoding: chunked\r\nContent-Length: %d",
          "Content-Length: 0, %d",
          "Content-Length: +%d",
          "Content-Length: -%d",
          "Content-Length: 0x%x",
          "Content-Length: %d\u0000",
          "Transfer-Encoding: identity, chunked\r\nContent-Length: %d",
          "Transfer-Encoding:\u000bchunked\r\nContent-Length: %d",
          "Transfer-Encoding: xchunked\r\nContent-Length: %d");

  private final Random random;

  Fuzz(long seed) {
    random = new Random(seed);
  }

  /** One connection's worth of bytes. */
  record Attack(byte[] bytes, boolean smuggles) {}

  Attack next() {
    return switch (random.nextInt(8)) {
      case 0 -> new Attack(noise(), false);
      case 1 -> new Attack(huge(), false);
      case 2, 3 -> new Attack(bytes(smuggling()), true);
      case 4 -> new Attack(mutated(), false);
      default -> new Attack(bytes(patchwork()), false);
    };
  }

  private byte[] noise() {
    byte[] noise = new byte[1 + random.nextInt(300)];
    random.nextBytes(noise);
    return noise;
  }

  private byte[] huge() {
    String filler = "x".repeat(4096 + random.nextInt(40_000));
    return bytes(
        random.nextBoolean()
            ? "GET /" + filler + " HTTP/1.1\r\n\r\n"
            : "GET / HTTP/1.1\r\nX-" + filler + ": " + filler + "\r\n\r\n");
  }

  /** No {@code Metadata} header on the outside: only the request inside would get a token. */
  private String smuggling() {
    String end = random.nextBoolean() ? "0\r\n\r\n" : "";
    return "POST /metadata/identity/oauth2/token HTTP/1.1\r\nHost: localhost\r\n"
        + pick(LENGTHS).formatted(end.length() + random.nextInt(SMUGGLED.length()))
        + "\r\n\r\n"
        + end
        + SMUGGLED;
  }

  /** A good request with some bytes changed, so that many are good still. */
  private byte[] mutated() {
    byte[] request = bytes(SMUGGLED);
    for (int i = random.nextInt(8); i >= 0; i--) {
      request[random.nextInt(request.length)] = (byte) random.nextInt(256);
    }
    return request;
  }

  private String patchwork() {
    StringBuilder request = new StringBuilder();
    request.append(pick(METHODS)).append(' ').append(pick(TARGETS)).append(' ');
    request.append(pick(VERSIONS)).append(random.nextInt(10) == 0 ? "\n" : "\r\n");
    for (int i = random.nextInt(8); i > 0; i--) {
      request.append(pick(HEADERS)).append("\r\n");
    }
    return request.append(random.nextInt(6) == 0 ? "" : "\r\n").toString();
  }

  private String pick(List<String> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
