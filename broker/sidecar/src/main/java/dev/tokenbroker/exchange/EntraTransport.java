package dev.tokenbroker.exchange;

import dev.tokenbroker.config.EntraConfig;
import dev.tokenbroker.config.HttpProxy;
import dev.tokenbroker.config.Limits;
import dev.tokenbroker.config.OutboundRoute;
import dev.tokenbroker.config.TokenProxy;
import dev.tokenbroker.tls.TrustedRoots;
import dev.tokenbroker.tls.UnusableRootsException;
import dev.tokenbroker.util.BoundedBody;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpConnectOptions;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.ProxyType;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.TrustOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URL;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * HTTPS to Entra on the broker's own HTTP client, with what msal4j's lacks: one deadline for the
 * whole exchange, a bound on the body, the operator's roots and {@code HTTPS_PROXY}.
 */
final class EntraTransport implements AutoCloseable {

  private static final int HTTPS = 443;
  private static final int MAX_BODY_BYTES = 1024 * 1024;

  private final HttpClientAgent client;
  private final NameConnector connector;
  private final Context context;
  private final Duration timeout;
  private final OutboundRoute route;
  private final TrustedRoots roots;

  /**
   * A transport without connections.
   *
   * @param context where requests live and futures complete
   */
  EntraTransport(Vertx vertx, Context context, EntraConfig entra, Limits limits) {
    this.context = context;
    timeout = limits.exchangeTimeout();
    route = entra.route();
    roots = roots(entra);
    HttpClientOptions http =
        new HttpClientOptions()
            .setProtocolVersion(HttpVersion.HTTP_1_1)
            .setSsl(true)
            .setVerifyHost(true)
            .setSslHandshakeTimeout(timeout.toMillis())
            .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
            // Exchanges are rare: a connection that is kept would only go stale under the next one.
            .setKeepAlive(false)
            // Without it a name that has no dot would not be sent.
            .setForceSni(route instanceof TokenProxy);
    // Nothing is pooled, so nothing is to be cleaned up once a second.
    client = vertx.createHttpClient(http, new PoolOptions().setCleanerPeriod(0));
    connector = new NameConnector(vertx, client);
  }

  /** What AKS gives for its token proxy replaces the system's roots. */
  private static TrustedRoots roots(EntraConfig entra) {
    return entra
        .tokenProxy()
        .flatMap(TokenProxy::ca)
        .map(TrustedRoots::only)
        .orElseGet(() -> TrustedRoots.system(entra.caFile()));
  }

  private ProxyOptions tunnel(HttpProxy proxy, InetAddress address) {
    ProxyOptions options =
        new ProxyOptions()
            .setType(ProxyType.HTTP)
            .setHost(address.getHostAddress())
            .setPort(proxy.address().port())
            .setConnectTimeout(timeout);
    proxy
        .credentials()
        .ifPresent(
            credentials ->
                options.setUsername(credentials.user()).setPassword(credentials.password()));
    return options;
  }

  /**
   * Sends one request. The future fails with an {@link IOException} or a {@link
   * java.util.concurrent.TimeoutException}, never later than the timeout. It blocks while it reads
   * the trusted roots.
   */
  Future<Response> send(HttpMethod method, URL url, Map<String, String> headers, String body) {
    RequestOptions request = address(url).setMethod(method);
    try {
      request.setSslOptions(verifying(roots.current()));
    } catch (UnusableRootsException e) {
      return Future.failedFuture(e);
    }
    headers.forEach(request::addHeader);
    Promise<Response> answer = Promise.promise();
    // Begun on another thread, an answer could end before anybody listens to it, and be lost.
    context.runOnContext(
        nothing ->
            Future.succeededFuture()
                // Composed, so that what is thrown (the client is closed) is an answer, too.
                .compose(now -> send(request, body))
                .onComplete(answer));
    return answer.future();
  }

  private RequestOptions address(URL url) {
    return route instanceof TokenProxy proxy
        ? throughTokenProxy(proxy.url(), proxy.tlsName(), url)
        : new RequestOptions()
            .setAbsoluteURI(url)
            .putHeader(HttpHeaders.HOST, authority(url.getHost(), url.getPort()));
  }

  /** A request to the token proxy that stands for one to {@code target}. */
  private static RequestOptions throughTokenProxy(URI proxy, String tlsName, URL target) {
    int port = proxy.getPort() < 0 ? HTTPS : proxy.getPort();
    return new RequestOptions()
        .setSsl(true)
        .setHost(tlsName)
        .setPort(port)
        .putHeader(HttpHeaders.HOST, authority(proxy.getHost(), proxy.getPort()))
        .setURI(proxy.getRawPath() + target.getFile());
  }

  private static String authority(String host, int port) {
    return HostAndPort.authority(host, port).toString();
  }

  /** The host whose addresses are connected to. */
  private String peer(RequestOptions request) {
    if (route instanceof TokenProxy proxy) {
      return proxy.url().getHost();
    }
    return route instanceof HttpProxy proxy ? proxy.address().host() : request.getHost();
  }

  /** TLS names and verifies the request's host, whatever the address. */
  private HttpConnectOptions at(InetAddress address, RequestOptions request) {
    HttpConnectOptions options = new HttpConnectOptions(request);
    return route instanceof HttpProxy proxy
        ? options.setProxyOptions(tunnel(proxy, address))
        : options.setServer(
            SocketAddress.inetSocketAddress(new InetSocketAddress(address, request.getPort())));
  }

  private static ClientSSLOptions verifying(TrustOptions trust) {
    return new ClientSSLOptions().setHostnameVerificationAlgorithm("HTTPS").setTrustOptions(trust);
  }

  private Future<Response> send(RequestOptions request, String body) {
    Future<HttpClientConnection> connected =
        connector.connect(peer(request), timeout, address -> at(address, request));
    return connected
        // From here on nothing is repeated: the request may have arrived.
        .compose(connection -> connection.request(request))
        .compose(sent -> sent.send(Buffer.buffer(body)))
        .compose(EntraTransport::read)
        .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
        .onComplete(done -> connected.onSuccess(HttpClientConnection::close));
  }

  private static Future<Response> read(HttpClientResponse response) {
    MultiMap headers = response.headers();
    return BoundedBody.read(response, MAX_BODY_BYTES)
        .compose(
            body ->
                body.isPresent()
                    ? Future.succeededFuture(
                        new Response(response.statusCode(), headers, body.get().toString()))
                    : Future.failedFuture(new TooLargeException()));
  }

  @Override
  public void close() {
    client.close();
  }

  /**
   * An answer before anybody has interpreted it. The body may hold a token, so {@link #toString()}
   * leaves it out.
   */
  record Response(int status, MultiMap headers, String body) {

    Optional<String> header(String name) {
      return Optional.ofNullable(headers.get(name));
    }

    @Override
    public String toString() {
      return "Response[status=" + status + "]";
    }
  }

  /** The answer goes beyond what the transport takes; no token is nearly as long. */
  static final class TooLargeException extends IOException {

    TooLargeException() {
      super("The answer is larger than 1 MiB");
    }
  }
}
