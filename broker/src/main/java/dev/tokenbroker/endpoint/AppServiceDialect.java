package dev.tokenbroker.endpoint;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Optional;

/**
 * App Service 2019-08-01 and 2025-03-30, by {@code IDENTITY_ENDPOINT} and {@code IDENTITY_HEADER}:
 * what today's SDKs speak, and the way in that needs no privilege. az sends {@code Metadata: true}
 * beside the secret; the secret counts.
 *
 * <p>Source: Azure App Service documentation, "REST endpoint reference" of managed identities.
 */
final class AppServiceDialect implements Dialect {

  private static final CharSequence HEADER = HttpHeaders.createOptimized("X-IDENTITY-HEADER");

  private final IdentitySecret secret;

  AppServiceDialect(IdentitySecret secret) {
    this.secret = secret;
  }

  @Override
  public String name() {
    return "app_service";
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
