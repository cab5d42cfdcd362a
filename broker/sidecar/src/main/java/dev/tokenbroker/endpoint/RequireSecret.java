package dev.tokenbroker.endpoint;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A dialect that has no secret of its own, where the operator wants to see one all the same. It is
 * shown in a header that App Service clients know, so that a script needs one name for it only.
 */
final class RequireSecret implements Dialect {

  private static final CharSequence IDENTITY_HEADER =
      HttpHeaders.createOptimized(AppServiceDialect.HEADER);
  private static final CharSequence SECRET = HttpHeaders.createOptimized(MsiSecretDialect.HEADER);

  private final Dialect dialect;
  private final IdentitySecret secret;

  RequireSecret(Dialect dialect, IdentitySecret secret) {
    this.dialect = dialect;
    this.secret = secret;
  }

  @Override
  public String name() {
    return dialect.name();
  }

  @Override
  public List<HttpMethod> methods() {
    return dialect.methods();
  }

  @Override
  public boolean speaks(HttpServerRequest request) {
    return dialect.speaks(request);
  }

  /** The dialect's own proof comes first: SDK probes lack it and look for that very refusal. */
  @Override
  public Optional<ErrorResponse> proof(HttpServerRequest request) {
    return dialect.proof(request).or(() -> secret.check(shown(request)));
  }

  private static @Nullable String shown(HttpServerRequest request) {
    String shown = request.headers().get(IDENTITY_HEADER);
    return shown != null ? shown : request.headers().get(SECRET);
  }
}
