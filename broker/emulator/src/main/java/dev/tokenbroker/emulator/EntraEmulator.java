package dev.tokenbroker.emulator;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.common.Slf4jNotifier;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/**
 * Entra on this machine, over TLS. It checks an assertion's signature, issuer, subject, audience
 * and times against registered federated credentials, answers with tokens that carry the real
 * claims or with the real AADSTS errors, and misbehaves when told to.
 */
public final class EntraEmulator implements AutoCloseable {

  /** Enough for slow exchanges side by side. */
  private static final int THREADS = 100;

  private final EntraDirectory directory = new EntraDirectory();
  private final Faults faults = new Faults();
  private final OidcIssuer issuer;
  private final TokenEndpoint endpoint;
  private final WireMockServer server;
  private final TemporaryFolder folder = new TemporaryFolder("entra-emulator");

  private EntraEmulator(Clock clock, int port) {
    try {
      issuer = new OidcIssuer("https://oidc.emulator.test/cluster/", clock);
      EntraTokens tokens = new EntraTokens();
      endpoint = new TokenEndpoint(directory, issuer, tokens, faults, clock);
      server =
          new WireMockServer(
              WireMockConfiguration.options()
                  .bindAddress("127.0.0.1")
                  .httpDisabled(true)
                  .httpsPort(port)
                  .keystorePath(EmulatorCertificates.keyStore(folder.path()).toString())
                  .keystorePassword(EmulatorCertificates.PASSWORD)
                  .keyManagerPassword(EmulatorCertificates.PASSWORD)
                  .keystoreType("PKCS12")
                  .containerThreads(THREADS)
                  .disableRequestJournal()
                  .notifier(new Slf4jNotifier(false))
                  .extensions(endpoint));
      server.start();
      documents(tokens);
    } catch (Exception e) {
      throw new IllegalStateException("the emulator does not start", e);
    }
  }

  /** Starts an emulator on a free port. */
  public static EntraEmulator start(Clock clock) {
    return new EntraEmulator(clock, 0);
  }

  /** Starts an emulator on this port, so that it can come back after an outage. */
  public static EntraEmulator start(Clock clock, int port) {
    return new EntraEmulator(clock, port);
  }

  private void documents(EntraTokens tokens) {
    server.stubFor(any(anyUrl()).atPriority(10).willReturn(aResponse().withStatus(404)));
    server.stubFor(
        post(urlPathMatching("/[^/]+/oauth2/v2.0/token"))
            .willReturn(aResponse().withTransformers(TokenEndpoint.NAME)));
    server.stubFor(
        get(urlPathMatching("/[^/]+/discovery/v2.0/keys")).willReturn(okJson(tokens.jwks())));
    server.stubFor(
        get(urlPathMatching("/common/discovery/instance"))
            .willReturn(
                okJson(
                        "{\"tenant_discovery_endpoint\":\"https://{{request.headers.Host}}/common/v2.0"
                            + "/.well-known/openid-configuration\",\"api-version\":\"1.1\","
                            + "\"metadata\":[{\"preferred_network\":\"login.microsoftonline.com\","
                            + "\"preferred_cache\":\"login.windows.net\",\"aliases\":"
                            + "[\"login.microsoftonline.com\",\"login.windows.net\"]}]}")
                    .withTransformers("response-template")));
    for (String tenant : List.of("common", "organizations")) {
      openIdConfiguration(tenant);
    }
  }

  /** ARM's list, which az asks for at each login. */
  private void subscriptions(String tenant) {
    server.stubFor(
        get(urlPathMatching("/subscriptions"))
            .willReturn(
                okJson(
                    "{\"value\":[{\"id\":\"/subscriptions/5\",\"subscriptionId\":\"5\","
                        + "\"displayName\":\"emulated\",\"state\":\"Enabled\",\"tenantId\":\""
                        + tenant
                        + "\",\"authorizationSource\":\"RoleBased\"}]}")));
  }

  private void openIdConfiguration(String tenant) {
    String base = "https://{{request.headers.Host}}/" + tenant;
    server.stubFor(
        get(urlPathMatching("/" + tenant + "/v2.0/.well-known/openid-configuration"))
            .willReturn(
                okJson(
                        "{\"issuer\":\""
                            + base
                            + "/v2.0\",\"authorization_endpoint\":\""
                            + base
                            + "/oauth2/v2.0/authorize\",\"token_endpoint\":\""
                            + base
                            + "/oauth2/v2.0/token\",\"jwks_uri\":\""
                            + base
                            + "/discovery/v2.0/keys\"}")
                    .withTransformers("response-template")));
  }

  /** Its origin, {@code https://localhost:port}: what AZURE_AUTHORITY_HOST should say. */
  public URI authority() {
    return URI.create("https://localhost:" + server.httpsPort());
  }

  public int port() {
    return server.httpsPort();
  }

  /** A PEM file with the CA that signed its certificate. */
  public Path caFile() {
    try {
      return Files.writeString(folder.path().resolve("ca.pem"), EmulatorCertificates.caPem());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The cluster whose tokens it can check. */
  public OidcIssuer issuer() {
    return issuer;
  }

  /** Makes an identity known, and its tenant with it. */
  public void register(ManagedIdentity identity) {
    directory.register(identity);
    openIdConfiguration(identity.tenantId());
    subscriptions(identity.tenantId());
  }

  /** Creates a federated credential. */
  public void trust(String clientId, FederatedCredential credential) {
    directory.trust(clientId, credential);
  }

  /** Deletes all federated credentials of an identity. */
  public void distrust(String clientId) {
    directory.distrust(clientId);
  }

  /** From now on the tenant does not know this resource; it knows all others. */
  public void forget(String resource) {
    directory.forget(resource);
  }

  /** What it should do wrong. */
  public Faults faults() {
    return faults;
  }

  /** Every call of the token endpoint so far, oldest first. */
  public List<RecordedExchange> exchanges() {
    return List.copyOf(endpoint.exchanges());
  }

  @Override
  public void close() {
    server.stop();
    folder.close();
  }
}
