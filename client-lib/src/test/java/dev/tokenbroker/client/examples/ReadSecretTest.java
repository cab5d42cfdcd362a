package dev.tokenbroker.client.examples;

import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.unauthorized;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.exception.ClientAuthenticationException;
import com.azure.core.http.HttpClient;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.http.policy.FixedDelayOptions;
import com.azure.core.http.policy.RetryOptions;
import com.azure.security.keyvault.secrets.SecretClient;
import com.azure.security.keyvault.secrets.SecretClientBuilder;
import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.tokenbroker.client.BrokerCredential;
import dev.tokenbroker.client.Jwt;
import dev.tokenbroker.client.Reply;
import dev.tokenbroker.client.StubBroker;
import dev.tokenbroker.client.TokenClient;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The Azure SDK's own client and pipeline; only its last hop leads to a stub instead of a vault.
 */
class ReadSecretTest {

  private static final String TENANT = "72f988bf-86f1-41af-91ab-2d7cd011db47";
  private static final String OTHER_TENANT = "11111111-2222-3333-4444-555555555555";

  @RegisterExtension
  static final WireMockExtension VAULT =
      WireMockExtension.newInstance()
          .options(WireMockConfiguration.wireMockConfig().dynamicPort())
          .build();

  private final StubBroker broker = new StubBroker();

  @AfterEach
  void close() {
    broker.close();
  }

  @Test
  void theVaultIsAskedWithTheBrokersToken() {
    String token = Jwt.ofTenant(TENANT);
    broker.answers(Reply.token(token, Instant.now().plusSeconds(3600)));
    VAULT.stubFor(secret().withHeader("Authorization", absent()).willReturn(challenge(TENANT)));
    VAULT.stubFor(
        secret()
            .withHeader("Authorization", equalTo("Bearer " + token))
            .willReturn(
                okJson(
                    "{\"value\":\"s3cret\",\"id\":\"https://one.vault.azure.net/secrets/s/1\"}")));

    assertThat(client("one").getSecret("s").getValue()).isEqualTo("s3cret");
    assertThat(broker.onlySeen().query()).containsEntry("resource", "https://vault.azure.net");
  }

  @Test
  void aVaultOfAnotherTenantIsAClearError() {
    broker.answers(Reply.token(Jwt.ofTenant(TENANT), Instant.now().plusSeconds(3600)));
    VAULT.stubFor(secret().willReturn(challenge(OTHER_TENANT)));

    assertThatThrownBy(() -> client("other").getSecret("s"))
        .isInstanceOf(ClientAuthenticationException.class)
        .hasMessageContainingAll("tenant", TENANT, OTHER_TENANT);
  }

  /** The SDK remembers the challenge of each vault for the life of the process. */
  private SecretClient client(String vault) {
    TokenClient tokens = TokenClient.builder().broker(broker.base()).build();
    return new SecretClientBuilder()
        .vaultUrl("https://" + vault + ".vault.azure.net")
        .credential(new BrokerCredential(tokens))
        .httpClient(toStub())
        .retryOptions(new RetryOptions(new FixedDelayOptions(0, Duration.ofMillis(1))))
        .buildClient();
  }

  private static MappingBuilder secret() {
    return get(urlPathEqualTo("/secrets/s/"));
  }

  private static ResponseDefinitionBuilder challenge(String tenant) {
    return unauthorized()
        .withHeader(
            "WWW-Authenticate",
            "Bearer authorization=\"https://login.microsoftonline.com/"
                + tenant
                + "\", resource=\"https://vault.azure.net\"");
  }

  private static HttpClient toStub() {
    HttpClient http = new JdkHttpClientBuilder().build();
    return request -> {
      try {
        URI stub = URI.create(VAULT.baseUrl());
        URI uri = request.getUrl().toURI();
        String target = uri.getRawPath() + "?" + uri.getRawQuery();
        return http.send(request.copy().setUrl(stub.resolve(target).toURL()));
      } catch (URISyntaxException | MalformedURLException e) {
        throw new IllegalStateException(e);
      }
    };
  }
}
