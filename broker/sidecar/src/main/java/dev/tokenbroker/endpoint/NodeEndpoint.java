package dev.tokenbroker.endpoint;

import io.vertx.core.http.HttpServerRequest;

/**
 * The path on which the Secrets Store CSI driver asked NMI for another pod's token. A sidecar
 * cannot answer for another pod, so it says what replaces it.
 */
final class NodeEndpoint implements RequestHandler {

  static final String PATH = "/host/token";

  private static final String DIALECT = "node";
  private static final ErrorResponse USE_WORKLOAD_IDENTITY =
      ErrorResponse.invalid(
          "This endpoint of aad-pod-identity is gone: in the SecretProviderClass set"
              + " usePodIdentity: \"false\" and clientID: <the identity's client id>");

  private final ResponseWriter replies;

  NodeEndpoint(ResponseWriter replies) {
    this.replies = replies;
  }

  @Override
  public void handle(HttpServerRequest request, RequestTarget target, String body) {
    replies.refuse(request, DIALECT, USE_WORKLOAD_IDENTITY);
  }
}
