package dev.tokenbroker.endpoint;

import dev.tokenbroker.json.JsonText;
import dev.tokenbroker.token.AccessToken;
import dev.tokenbroker.token.TokenKey;
import dev.tokenbroker.util.BoundedMap;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;

/** Keeps the bodies of the tokens asked for most recently, so that serving one renders nothing. */
public final class SuccessBodies implements TokenFormat {

  /** A body is 2 to 4 KB, held about twice: at most half a megabyte. */
  static final int MAX = 64;

  private final Clock clock;
  private final Map<TokenKey, Body> bodies = BoundedMap.leastRecentlyUsed(MAX);

  public SuccessBodies(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Buffer of(TokenKey key, AccessToken token, String resource) {
    Body body = bodies.get(key);
    if (body == null || !body.isFor(token, resource)) {
      body = new Body(token, key.clientId(), resource, clock.instant());
      bodies.put(key, body);
    }
    return body.at(clock.millis());
  }

  /**
   * The one success body that satisfies every client: one line, no spaces, every value a string.
   * mssql-jdbc up to 11 finds {@code "access_token":"} and {@code "expires_in":"} by substring;
   * Rust refuses numbers; MSAL Python refuses dates.
   *
   * <p>All but {@code expires_in} is rendered once; the whole is rendered at most once a second.
   */
  private static final class Body {

    private final AccessToken token;
    private final String resource;
    private final byte[] head;
    private final byte[] middle;
    private final byte[] tail;
    private long secondsLeft;
    private Buffer rendered;

    Body(AccessToken token, String clientId, String resource, Instant now) {
      this.token = token;
      this.resource = resource;
      StringBuilder json = new StringBuilder(token.value().length() + 64);
      JsonText.escape(json.append("{\"access_token\":\""), token.value());
      JsonText.escape(json.append("\",\"client_id\":\""), clientId);
      this.head = bytes(json.append("\",\"expires_in\":\""));
      this.middle =
          bytes(
              "\",\"expires_on\":\""
                  + token.expiresAt().getEpochSecond()
                  + "\",\"ext_expires_in\":\"");
      json.setLength(0);
      json.append("\",\"not_before\":\"").append(token.issuedAt().getEpochSecond());
      JsonText.escape(json.append("\",\"resource\":\""), resource);
      this.tail = bytes(json.append("\",\"token_type\":\"Bearer\"}"));
      this.secondsLeft = token.expiresIn(now.toEpochMilli());
      this.rendered = render(secondsLeft);
    }

    /**
     * Whether this is the body for this token; the same token may be asked for by two spellings.
     */
    boolean isFor(AccessToken other, String otherResource) {
      return token.equals(other) && resource.equals(otherResource);
    }

    /**
     * The body as of now. The buffer is shared: it may be sent any number of times, not changed.
     */
    Buffer at(long nowMillis) {
      long left = token.expiresIn(nowMillis);
      if (left != secondsLeft) {
        secondsLeft = left;
        rendered = render(left);
      }
      return rendered;
    }

    private Buffer render(long seconds) {
      byte[] digits = bytes(Long.toString(seconds));
      return Buffer.buffer(head.length + middle.length + tail.length + 2 * digits.length)
          .appendBytes(head)
          .appendBytes(digits)
          .appendBytes(middle)
          .appendBytes(digits)
          .appendBytes(tail);
    }

    private static byte[] bytes(CharSequence text) {
      return text.toString().getBytes(StandardCharsets.UTF_8);
    }
  }
}
