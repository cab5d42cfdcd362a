package dev.tokenbroker.emulator;

import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsServer;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;

/**
 * The token proxy of AKS identity bindings on this machine, over TLS. Its certificate is of a CA of
 * its own and only for its SNI name; it refuses whoever does not ask for that name, tokens for
 * another audience, and identities that RBAC does not allow. What it says is plain text: the real
 * one's words are not documented.
 */
public final class AksTokenProxy implements AutoCloseable {

  public static final String AUDIENCE = "api://AKSIdentityBinding";
  public static final String SERVER_NAME = "0123456789abcdef.ests.aks";

  private static final String PREFIX = "/identity";
  private static final char[] NO_PASSWORD = new char[0];

  /** A request as it came. */
  public record Seen(List<String> serverNames, String host, String path) {}

  private final EntraTokens tokens = new EntraTokens();
  private final Map<String, ManagedIdentity> allowed = new ConcurrentHashMap<>();
  private final List<Seen> seen = new CopyOnWriteArrayList<>();
  private volatile String caPem = "";
  private HttpsServer server;

  private AksTokenProxy() {
    server = serve(0, SERVER_NAME);
  }

  public static AksTokenProxy start() {
    return new AksTokenProxy();
  }

  /** What AZURE_KUBERNETES_TOKEN_PROXY should say. */
  public URI url() {
    return URI.create("https://localhost:" + server.getAddress().getPort() + PREFIX);
  }

  /** The CA of its certificate: what AZURE_KUBERNETES_CA_DATA should say. */
  public String caPem() {
    return caPem;
  }

  public List<Seen> seen() {
    return List.copyOf(seen);
  }

  /** RBAC lets the pods use this identity. */
  public void allow(ManagedIdentity identity) {
    allowed.put(identity.clientId(), identity);
  }

  /** Another CA, and a certificate of it for this name. */
  public void renewCertificate(String name) {
    int port = server.getAddress().getPort();
    server.stop(0);
    server = serve(port, name);
  }

  private HttpsServer serve(int port, String name) {
    try {
      X509Bundle ca =
          new CertificateBuilder()
              .subject("CN=AKS emulator CA " + Instant.now())
              .setIsCertificateAuthority(true)
              .buildSelfSigned();
      X509Bundle certificate =
          new CertificateBuilder()
              .subject("CN=" + name)
              .addSanDnsName(name)
              .addExtendedKeyUsageServerAuth()
              .buildIssuedBy(ca);
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(certificate.toKeyStore(NO_PASSWORD), NO_PASSWORD);
      SSLContext tls = SSLContext.getInstance("TLS");
      tls.init(keys.getKeyManagers(), null, null);
      caPem = ca.getCertificatePEM();
      HttpsServer made =
          HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 50);
      made.setHttpsConfigurator(new HttpsConfigurator(tls));
      made.createContext("/", this::handle);
      made.start();
      return made;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    ExtendedSSLSession session = (ExtendedSSLSession) ((HttpsExchange) exchange).getSSLSession();
    List<String> names =
        session.getRequestedServerNames().stream()
            .map(SNIServerName::getEncoded)
            .map(name -> new String(name, StandardCharsets.US_ASCII))
            .toList();
    String path = exchange.getRequestURI().toString();
    seen.add(new Seen(names, exchange.getRequestHeaders().getFirst("Host"), path));
    TokenEndpointRequest request =
        TokenEndpointRequest.of(
            path,
            new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
            "none");
    if (!names.equals(List.of(SERVER_NAME)) || !path.startsWith(PREFIX + "/")) {
      answer(exchange, 421, "misdirected request");
    } else if (!audienceOf(request.get("client_assertion")).contains(AUDIENCE)) {
      answer(exchange, 401, "Unauthorized");
    } else if (!allowed.containsKey(request.clientId())) {
      answer(exchange, 403, "Forbidden");
    } else {
      answer(exchange, 200, success(request));
    }
  }

  private String success(TokenEndpointRequest request) {
    ManagedIdentity identity = Objects.requireNonNull(allowed.get(request.clientId()));
    String audience = request.scope().replace("/.default", "");
    return new JsonBody()
        .put("token_type", "Bearer")
        .put("expires_in", identity.tokenLifetime().toSeconds())
        .put("access_token", tokens.issue(identity, audience, false, Instant.now()))
        .encode();
  }

  private static Set<String> audienceOf(String assertion) {
    try {
      return Set.copyOf(SignedJWT.parse(assertion).getJWTClaimsSet().getAudience());
    } catch (ParseException e) {
      return Set.of();
    }
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Connection", "close");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
