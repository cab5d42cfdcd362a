package dev.tokenbroker.endpoint;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Optional;

/**
 * The dialect of a virtual machine's instance metadata service, which NMI and the azwi proxy speak
 * too.
 *
 * <p>Source: Azure documentation, "How managed identities for Azure resources work with virtual
 * machines".
 */
final class ImdsDialect implements Dialect {

  static final String PATH = "/metadata/identity/oauth2/token";

  private static final CharSequence METADATA = HttpHeaders.createOptimized("Metadata");

  /** SDKs probe without the header and look for just this; some wait 300 ms at most. */
  static final Optional<ErrorResponse> NO_METADATA_HEADER =
      Optional.of(
          ErrorResponse.of(
              400,
              RequestOutcome.UNPROVEN,
              "invalid_request",
              "Required metadata header not specified"));

  @Override
  public String name() {
    return "imds";
  }

  @Override
  public List<HttpMethod> methods() {
    return List.of(HttpMethod.GET);
  }

  @Override
  public Optional<ErrorResponse> proof(HttpServerRequest request) {
    return hasMetadataHeader(request) ? Optional.empty() : NO_METADATA_HEADER;
  }

  static boolean hasMetadataHeader(HttpServerRequest request) {
    return "true".equalsIgnoreCase(request.headers().get(METADATA));
  }
}
