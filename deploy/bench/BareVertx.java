import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerOptions;
import java.nio.file.Files;
import java.nio.file.Path;

/** Vert.x with ready bytes and nothing else: the floor under the broker. */
public final class BareVertx {

  private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
  private static final CharSequence NO_STORE = HttpHeaders.createOptimized("no-store");

  public static void main(String[] arguments) throws Exception {
    Buffer body = Buffer.buffer(Files.readAllBytes(Path.of(arguments[1])));
    Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1))
        .createHttpServer(new HttpServerOptions().setHttp2ClearTextEnabled(false))
        .requestHandler(
            request ->
                request
                    .response()
                    .putHeader(HttpHeaders.CONTENT_TYPE, JSON)
                    .putHeader(HttpHeaders.CACHE_CONTROL, NO_STORE)
                    .end(body))
        .listen(Integer.parseInt(arguments[0]), "127.0.0.1");
  }
}
