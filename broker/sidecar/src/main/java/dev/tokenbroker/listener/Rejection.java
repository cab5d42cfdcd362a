package dev.tokenbroker.listener;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.http.HttpServerRequest;

/** The reasons for which the server itself rejects a request, with status and text. */
public enum Rejection {
  LINE_TOO_LONG(414, "The request line is larger than 8 KiB"),
  HEADERS_TOO_LARGE(431, "The headers are larger than 16 KiB"),
  TOO_MANY_HEADERS(431, "The request has more than 64 header lines"),
  MALFORMED(400, "This is not a valid HTTP request"),
  TOO_MANY_WAIT(503, "Too many requests wait for their answers; try again in a few seconds");

  private final int status;
  private final String text;

  Rejection(int status, String text) {
    this.status = status;
    this.text = text;
  }

  /** The HTTP status that says so. */
  public int status() {
    return status;
  }

  /** What is wrong, in a sentence without its dot. */
  public String text() {
    return text;
  }

  static Rejection of(HttpServerRequest malformed) {
    Throwable cause = malformed.decoderResult().cause();
    return cause instanceof TooLongHttpLineException
        ? LINE_TOO_LONG
        : cause instanceof TooLongHttpHeaderException ? HEADERS_TOO_LARGE : MALFORMED;
  }

  /**
   * Answers, in the form of an endpoint, what the server cannot take, and closes the connection.
   */
  @FunctionalInterface
  public interface Handler {

    /** Rejects this request. */
    void reject(HttpServerRequest request, Rejection why);
  }
}
