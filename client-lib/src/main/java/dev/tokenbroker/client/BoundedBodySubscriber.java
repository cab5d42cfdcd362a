package dev.tokenbroker.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/**
 * A body as text, up to a size no token comes near: whatever listens there cannot fill the heap.
 */
final class BoundedBodySubscriber implements BodySubscriber<String> {

  static final int MAX_BYTES = 64 * 1024;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(4096);
  private final CompletableFuture<String> text = new CompletableFuture<>();
  private @Nullable Subscription source;

  @Override
  public CompletionStage<String> getBody() {
    return text;
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    source = subscription;
    subscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(List<ByteBuffer> parts) {
    for (ByteBuffer part : parts) {
      if (bytes.size() + part.remaining() > MAX_BYTES) {
        giveUp();
        return;
      }
      byte[] copy = new byte[part.remaining()];
      part.get(copy);
      bytes.writeBytes(copy);
    }
  }

  private void giveUp() {
    if (source != null) {
      source.cancel();
    }
    text.completeExceptionally(new IOException("the answer is longer than 64 KiB"));
  }

  @Override
  public void onError(Throwable failure) {
    text.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    text.complete(bytes.toString(StandardCharsets.UTF_8));
  }
}
