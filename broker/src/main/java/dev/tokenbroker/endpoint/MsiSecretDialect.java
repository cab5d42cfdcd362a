package dev.tokenbroker.endpoint;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Optional;

/**
 * App Service 2017-09-01, by {@code MSI_ENDPOINT} and {@code MSI_SECRET}: MSAL in the Azure ML
 * style and go-autorest (adal, {@code token.go}).
 */
final class MsiSecretDialect implements Dialect {

  private static final CharSequence HEADER = HttpHeaders.createOptimized("secret");

  private final IdentitySecret secret;

  MsiSecretDialect(IdentitySecret secret) {
    this.secret = secret;
  }

  @Override
  public String name() {
    return "msi_secret";
  }

  @Override
  public List<HttpMethod> methods() {
    return List.of(HttpMethod.GET);
  }

  @Override
  public boolean speaks(HttpServerRequest request) {
    return request.headers().contains(HEADER);
  }

  @Override
  public Optional<Refusal> proof(HttpServerRequest request) {
    return secret.check(request.headers().get(HEADER));
  }
}
