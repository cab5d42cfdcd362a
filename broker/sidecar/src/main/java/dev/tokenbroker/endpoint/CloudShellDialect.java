package dev.tokenbroker.endpoint;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Optional;

/**
 * Cloud Shell, by {@code MSI_ENDPOINT} alone: a form is posted with {@code Metadata: true} and no
 * secret. msal4j and recent terraform ask the same by GET.
 *
 * <p>Source: azure-identity, {@code CloudShellCredential}; hashicorp/go-azure-sdk, {@code
 * managed_identity_authorizer.go}.
 */
final class CloudShellDialect implements Dialect {

  @Override
  public String name() {
    return "cloud_shell";
  }

  @Override
  public List<HttpMethod> methods() {
    return List.of(HttpMethod.GET, HttpMethod.POST);
  }

  @Override
  public boolean speaks(HttpServerRequest request) {
    return ImdsDialect.hasMetadataHeader(request);
  }

  @Override
  public Optional<ErrorResponse> proof(HttpServerRequest request) {
    return Optional.empty();
  }
}
