package dev.tokenbroker.util;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.util.Optional;
import java.util.function.IntConsumer;

/** Reads the body of a request or a response, up to a limit. */
public final class BoundedBody {

  private BoundedBody() {}

  /**
   * Reads all of a body. What exceeds the limit is read and dropped, so the peer can finish.
   *
   * @return the body, or nothing as soon as it is too large; failed if the stream fails
   */
  public static Future<Optional<Buffer>> read(ReadStream<Buffer> stream, int maxBytes) {
    return read(stream, maxBytes, kept -> {});
  }

  /**
   * Reads all of a body.
   *
   * @param kept called with the size in bytes of each part that is kept, before it is
   * @return the body, or nothing as soon as it is too large; failed if the stream fails
   */
  public static Future<Optional<Buffer>> read(
      ReadStream<Buffer> stream, int maxBytes, IntConsumer kept) {
    Promise<Optional<Buffer>> promise = Promise.promise();
    Buffer body = Buffer.buffer();
    stream.handler(
        chunk -> {
          if (body.length() + chunk.length() <= maxBytes) {
            kept.accept(chunk.length());
            body.appendBuffer(chunk);
          } else {
            promise.tryComplete(Optional.empty());
          }
        });
    stream.exceptionHandler(promise::tryFail);
    stream.endHandler(end -> promise.tryComplete(Optional.of(body)));
    return promise.future();
  }
}
