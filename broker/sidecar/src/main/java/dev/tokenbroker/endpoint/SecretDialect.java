package dev.tokenbroker.endpoint;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Optional;

/**
 * A dialect whose proof is the identity secret in a header of its own. The documented sample of
 * Azure Automation posts a form.
 */
abstract class SecretDialect implements Dialect {

  private final CharSequence header;
  private final IdentitySecret secret;

  SecretDialect(String header, IdentitySecret secret) {
    this.header = HttpHeaders.createOptimized(header);
    this.secret = secret;
  }

  @Override
  public final List<HttpMethod> methods() {
    return List.of(HttpMethod.GET, HttpMethod.POST);
  }

  @Override
  public final boolean speaks(HttpServerRequest request) {
    return request.headers().contains(header);
  }

  @Override
  public final Optional<ErrorResponse> proof(HttpServerRequest request) {
    return secret.check(request.headers().get(header));
  }
}
