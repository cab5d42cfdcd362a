package dev.tokenbroker.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenbroker.config.IdentitiesConfig;
import dev.tokenbroker.endpoint.RawClient.Response;
import dev.tokenbroker.identity.IdentityDirectory;
import dev.tokenbroker.identity.Tokens;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the shared core does for a dialect that posts forms. */
class TokenRouteTest {

  private static final String FORM =
      "resource=https%3A%2F%2Fvault.azure.net&client_id=" + ListenerRig.ONE;

  private final Vertx vertx = Vertx.vertx();
  private final int port = start();

  /** GET or POST, and a header of its own as proof. */
  private static final class FormDialect implements Dialect {

    @Override
    public String name() {
      return "form";
    }

    @Override
    public List<HttpMethod> methods() {
      return List.of(HttpMethod.GET, HttpMethod.POST);
    }

    @Override
    public Optional<ErrorResponse> authenticate(HttpServerRequest request) {
      return request.headers().contains("X-Proof")
          ? Optional.empty()
          : Optional.of(ErrorResponse.of(401, RequestOutcome.UNPROVEN, "unauthorized", "No proof"));
    }
  }

  private int start() {
    FakeSource source = new FakeSource();
    source.give(ListenerRig.ONE, Tokens.opaque("posted"));
    IdentityDirectory directory =
        new IdentityDirectory(
            new IdentitiesConfig(List.of(), Optional.empty(), Optional.of("t")), "https://a");
    ResponseWriter responses = new ResponseWriter((dialect, outcome, status) -> {});
    Clock clock = Clock.fixed(Tokens.ISSUED, ZoneOffset.UTC);
    TokenService tokens = new TokenService(source, directory, new SuccessBodies(clock), responses);
    Router router =
        new Router(new Guard(false, new HostNames(Set.of())), responses)
            .on("/form", new TokenRoute(List.of(new FormDialect()), tokens, responses));
    return ListenerRig.await(
        vertx
            .createHttpServer()
            .requestHandler(router::handle)
            .listen(0, "127.0.0.1")
            .map(HttpServer::actualPort));
  }

  @AfterEach
  void stop() {
    ListenerRig.await(vertx.close());
  }

  private Response send(String text) throws IOException {
    try (RawClient client = new RawClient(port)) {
      return client.send(text).read();
    }
  }

  @Test
  void aPostedFormIsRead() throws IOException {
    Response response =
        send(
            ListenerRig.request(
                    "POST /form?resource=ignored HTTP/1.1",
                    "X-Proof: 1",
                    "Content-Length: " + FORM.length())
                + FORM);

    assertThat(response.status()).isEqualTo(200);
    assertThat(ListenerRig.json(response).getString("resource"))
        .isEqualTo("https://vault.azure.net");
  }

  @Test
  void aFormInChunksIsRead() throws IOException {
    String chunks =
        "8\r\nresource\r\n"
            + Integer.toHexString(FORM.length() - 8)
            + "\r\n"
            + FORM.substring(8)
            + "\r\n0\r\n\r\n";

    Response response =
        send(
            ListenerRig.request("POST /form HTTP/1.1", "X-Proof: 1", "Transfer-Encoding: chunked")
                + chunks);

    assertThat(response.status()).isEqualTo(200);
  }

  @Test
  void theSameDialectMayTakeAQuery() throws IOException {
    assertThat(send(ListenerRig.request("GET /form?" + FORM + " HTTP/1.1", "X-Proof: 1")).status())
        .isEqualTo(200);
  }

  @Test
  void theDialectsOwnProofDecides() throws IOException {
    assertThat(send(ListenerRig.request("GET /form?" + FORM + " HTTP/1.1")).status())
        .isEqualTo(401);
  }

  @Test
  void eachMethodThatWorksIsNamed() throws IOException {
    assertThat(send(ListenerRig.request("PUT /form HTTP/1.1", "X-Proof: 1")).headers())
        .containsEntry("allow", "GET, POST");
  }
}
