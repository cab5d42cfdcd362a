package dev.tokenbroker.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tokenbroker.config.HostPort;
import dev.tokenbroker.config.HttpProxy;
import dev.tokenbroker.config.OutboundRoute;
import dev.tokenbroker.config.TokenProxy;
import dev.tokenbroker.listener.OneLoopTransport;
import dev.tokenbroker.tls.PemSource;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpMethod;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the transport connects to when the addresses of a name change or fail. */
class NameConnectorTest {

  private static final String ENTRA = LoopbackEntra.DNS_NAME;
  private static final String ALIVE = "127.0.0.1";

  /** Nothing listens here: the kernel refuses. */
  private static final String DEAD = "127.0.0.2";

  private static final int HOUR = 3600;

  @TempDir Path folder;

  private final NameServer dns;
  private final Vertx vertx;
  private final Vertx servers = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private LoopbackEntra entra;

  NameConnectorTest() throws Exception {
    dns = new NameServer();
    vertx = OneLoopTransport.vertx(List.of(dns.address()));
  }

  @BeforeEach
  void start() throws Exception {
    entra = new LoopbackEntra(servers, folder);
  }

  @AfterEach
  void stop() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    servers.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    dns.close();
  }

  @Test
  void aNameThatMovesIsFollowedAtTheNextExchange() throws Exception {
    try (EntraTransport transport = transport(OutboundRoute.direct(), 20)) {
      dns.answer(ENTRA, 0, ALIVE);
      assertThat(ask(transport)).isEqualTo(LoopbackEntra.SUCCESS);

      dns.answer(ENTRA, 0, DEAD);
      assertThatThrownBy(() -> ask(transport)).hasRootCauseInstanceOf(ConnectException.class);

      dns.answer(ENTRA, 0, ALIVE);
      assertThat(ask(transport)).isEqualTo(LoopbackEntra.SUCCESS);
    }
  }

  @Test
  void aFailedConnectionAsksDnsAgainHoweverLongTheAddressMayBeKept() throws Exception {
    try (EntraTransport transport = transport(OutboundRoute.direct(), 20)) {
      dns.answer(ENTRA, HOUR, DEAD);
      assertThatThrownBy(() -> ask(transport)).hasRootCauseInstanceOf(ConnectException.class);

      dns.answer(ENTRA, HOUR, ALIVE);
      assertThat(ask(transport)).isEqualTo(LoopbackEntra.SUCCESS);
    }
  }

  @Test
  void theNextAddressIsTriedWhenOneRefuses() throws Exception {
    dns.answer(ENTRA, HOUR, DEAD, "127.0.0.3", ALIVE);
    try (EntraTransport transport = transport(OutboundRoute.direct(), 20)) {
      assertThat(ask(transport)).isEqualTo(LoopbackEntra.SUCCESS);
    }
  }

  @Test
  void anAddressThatNeverSpeaksLeavesTimeForTheNext() throws Exception {
    try (ServerSocket silent = new ServerSocket(entra.port(), 50, InetAddress.getByName(DEAD));
        EntraTransport transport = transport(OutboundRoute.direct(), 8)) {
      assertThat(silent.isBound()).isTrue();
      // So that loading TLS is not counted against the second address.
      dns.answer(ENTRA, HOUR, ALIVE);
      assertThat(ask(transport)).isEqualTo(LoopbackEntra.SUCCESS);

      dns.answer(ENTRA, HOUR, DEAD, ALIVE);
      assertThat(ask(transport)).isEqualTo(LoopbackEntra.SUCCESS);
    }
  }

  @Test
  void aRequestThatWasSentIsNotSentToAnotherAddress() throws Exception {
    entra.answers(response -> response.reset());
    dns.answer(ENTRA, HOUR, ALIVE, ALIVE, DEAD);
    try (EntraTransport transport = transport(OutboundRoute.direct(), 20)) {
      assertThatThrownBy(() -> ask(transport)).isInstanceOf(Exception.class);
      assertThat(entra.sent()).hasSize(1);
    }
  }

  @Test
  void aLostQueryIsSentAgain() throws Exception {
    dns.answer(ENTRA, 0, ALIVE);
    dns.lose(1);
    try (EntraTransport transport = transport(OutboundRoute.direct(), 20)) {
      assertThat(ask(transport)).isEqualTo(LoopbackEntra.SUCCESS);
    }
  }

  @Test
  void aNameThatDoesNotExistIsReportedAsOne() {
    try (EntraTransport transport = transport(OutboundRoute.direct(), 20)) {
      assertThatThrownBy(() -> ask(transport)).hasCauseInstanceOf(UnknownHostException.class);
    }
  }

  @Test
  void theNextAddressOfTheHttpProxyIsTriedAndEntrasNameIsLeftToIt() throws Exception {
    try (ConnectProxy proxy = ConnectProxy.leadingTo(entra.port());
        EntraTransport transport =
            transport(
                new HttpProxy(new HostPort("proxy.test", proxy.port()), Optional.empty()), 20)) {
      dns.answer("proxy.test", HOUR, DEAD, ALIVE);
      assertThat(ask(transport)).isEqualTo(LoopbackEntra.SUCCESS);
      assertThat(proxy.requests()).singleElement().asString().startsWith("CONNECT " + ENTRA + ":");

      dns.answer("proxy.test", HOUR, DEAD);
      assertThatThrownBy(() -> ask(transport)).hasRootCauseInstanceOf(ConnectException.class);
    }
  }

  @Test
  void theNextAddressOfTheTokenProxyIsTriedAndTlsVerifiesItsServerName() throws Exception {
    TokenProxy proxy =
        new TokenProxy(
            URI.create("https://token-proxy.test:" + entra.port()),
            Optional.of(ENTRA),
            Optional.of(new PemSource.FromFile(entra.caFile())));
    try (EntraTransport transport = transport(proxy, 20)) {
      dns.answer("token-proxy.test", HOUR, DEAD, ALIVE);
      assertThat(ask(transport)).isEqualTo(LoopbackEntra.SUCCESS);
      assertThat(entra.sent())
          .singleElement()
          .extracting(sent -> sent.headers().get("Host"))
          .isEqualTo("token-proxy.test:" + entra.port());
    }
  }

  private EntraTransport transport(OutboundRoute route, int seconds) {
    return new EntraTransport(
        vertx,
        vertx.getOrCreateContext(),
        ExchangeConfig.entra(Optional.of(entra.caFile()), route),
        ExchangeConfig.limits(Duration.ofSeconds(seconds), 2));
  }

  private String ask(EntraTransport transport) throws Exception {
    URI url = URI.create("https://" + ENTRA + ":" + entra.port() + "/tenant/oauth2/v2.0/token");
    Map<String, String> form = Map.of("Content-Type", "application/x-www-form-urlencoded");
    return transport
        .send(HttpMethod.POST, url.toURL(), form, "a=b")
        .toCompletionStage()
        .toCompletableFuture()
        .get(30, TimeUnit.SECONDS)
        .body();
  }
}
