package dev.tokenbroker.exchange;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.PemKeyCertOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** An HTTPS server that keeps each request as it came, and answers as a test says. */
final class LoopbackEntra {

  /** A request of the token endpoint. */
  record Sent(String path, MultiMap headers, MultiMap form) {}

  /** A name in its certificate that only a test's own DNS server knows. */
  static final String DNS_NAME = "entra.test";

  static final String SUCCESS =
      "{\"token_type\":\"Bearer\",\"expires_in\":3599,\"access_token\":\"value\"}";

  private final List<Sent> sent = new CopyOnWriteArrayList<>();
  private final HttpServer server;
  private final Path caFile;
  private volatile Consumer<HttpServerResponse> answer = response -> response.end(SUCCESS);

  LoopbackEntra(Vertx vertx, Path folder) throws Exception {
    X509Bundle certificate =
        new CertificateBuilder()
            .subject("CN=localhost")
            .addSanDnsName("localhost")
            .addSanDnsName(DNS_NAME)
            .setIsCertificateAuthority(true)
            .buildSelfSigned();
    caFile = Files.writeString(folder.resolve("ca.pem"), certificate.getCertificatePEM());
    PemKeyCertOptions key =
        new PemKeyCertOptions()
            .setCertValue(Buffer.buffer(certificate.getCertificatePEM()))
            .setKeyValue(Buffer.buffer(certificate.getPrivateKeyPEM()));
    server =
        vertx
            .createHttpServer(new HttpServerOptions().setSsl(true).setKeyCertOptions(key))
            .requestHandler(this::handle)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS);
  }

  private void handle(HttpServerRequest request) {
    request.setExpectMultipart(true);
    request.endHandler(
        end -> {
          sent.add(new Sent(request.path(), request.headers(), request.formAttributes()));
          answer.accept(request.response());
        });
  }

  void answers(Consumer<HttpServerResponse> how) {
    answer = how;
  }

  List<Sent> sent() {
    return sent;
  }

  String authority() {
    return "https://localhost:" + port();
  }

  int port() {
    return server.actualPort();
  }

  Path caFile() {
    return caFile;
  }
}
