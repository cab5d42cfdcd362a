package dev.tokenbroker.authority;

import dev.tokenbroker.endpoint.ErrorMapper;
import dev.tokenbroker.endpoint.ErrorResponse;
import dev.tokenbroker.endpoint.RequestHandler;
import dev.tokenbroker.endpoint.RequestOutcome;
import dev.tokenbroker.endpoint.RequestTarget;
import dev.tokenbroker.endpoint.ResponseWriter;
import dev.tokenbroker.endpoint.TokenRequest;
import dev.tokenbroker.endpoint.TokenService;
import dev.tokenbroker.identity.IdentityDirectory;
import dev.tokenbroker.identity.Resolution;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.function.Function;

/**
 * Answers on the paths of an Entra authority, below a tenant. Tokens are for who presents a
 * federated token of this pod; whose, and for which resource, is decided as on every other path.
 */
final class AuthorityRoute implements RequestHandler {

  private static final String DIALECT = "authority";
  private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");

  private static final String V2 = "/oauth2/v2.0/token";
  private static final String V1 = "/oauth2/token";
  private static final ErrorResponse POST_ONLY = ErrorResponse.methodNotAllowed("POST");
  private static final ErrorResponse GET_ONLY = ErrorResponse.methodNotAllowed("GET");
  private static final ErrorResponse NOT_FOUND =
      ErrorResponse.notFound("Nothing is served here; tokens are at /{tenant}" + V2);

  private final AssertionVerifier assertions;
  private final IdentityDirectory directory;
  private final TokenService version2;
  private final TokenService version1;
  private final ResponseWriter responses;
  private final AuthorityDocuments documents;

  /**
   * @param version2 answers as Entra's v2.0 endpoint does
   * @param version1 answers as Entra's v1 endpoint does
   */
  AuthorityRoute(
      AssertionVerifier assertions,
      IdentityDirectory directory,
      TokenService version2,
      TokenService version1,
      AuthorityDocuments documents,
      ResponseWriter responses) {
    this.assertions = assertions;
    this.directory = directory;
    this.version2 = version2;
    this.version1 = version1;
    this.documents = documents;
    this.responses = responses;
  }

  @Override
  public void handle(HttpServerRequest request, RequestTarget target, String body) {
    String path = target.routePath();
    int tenantEnd = path.indexOf('/', 1);
    String tenant = tenantEnd < 0 ? "" : path.substring(1, tenantEnd);
    String rest = tenantEnd < 0 ? "" : path.substring(tenantEnd);
    switch (rest) {
      case V2 -> grant(request, tenant, body, GrantParser::version2, version2);
      case V1 -> grant(request, tenant, body, GrantParser::version1, version1);
      default -> document(request, tenant, rest);
    }
  }

  private void document(HttpServerRequest request, String tenant, String rest) {
    Optional<Buffer> found =
        documents.find(String.valueOf(request.headers().get(HttpHeaders.HOST)), tenant, rest);
    if (found.isEmpty()) {
      reject(request, NOT_FOUND);
    } else if (!HttpMethod.GET.equals(request.method())) {
      reject(request, GET_ONLY);
    } else {
      responses.ok(request, DIALECT, JSON, found.get());
    }
  }

  private void grant(
      HttpServerRequest request,
      String tenant,
      String form,
      Function<String, ParsedGrant> parser,
      TokenService tokens) {
    if (!HttpMethod.POST.equals(request.method())) {
      reject(request, POST_ONLY);
      return;
    }
    ParsedGrant parsed = parser.apply(form);
    if (parsed instanceof ParsedGrant.Rejected rejected) {
      reject(request, rejected.error());
    } else if (parsed instanceof ParsedGrant.Grant grant) {
      assertions
          .verify(grant.assertion())
          .onSuccess(
              complaint ->
                  complaint
                      .map(AuthorityRoute::notOfThisPod)
                      .or(() -> wrongTenant(tenant, grant.tokenRequest()))
                      .ifPresentOrElse(
                          error -> reject(request, error),
                          () -> tokens.respond(request, DIALECT, grant.tokenRequest())))
          .onFailure(failure -> reject(request, ErrorMapper.of(failure)));
    }
  }

  private static ErrorResponse notOfThisPod(String complaint) {
    return ErrorResponse.of(
        401,
        RequestOutcome.UNPROVEN,
        "invalid_client",
        "The client_assertion "
            + complaint
            + "; present the file that"
            + " AZURE_FEDERATED_TOKEN_FILE names");
  }

  /** A client id that the broker does not serve is for the token service to reject. */
  private Optional<ErrorResponse> wrongTenant(String tenant, TokenRequest tokenRequest) {
    return directory.resolve(tokenRequest.selector()) instanceof Resolution.Found found
            && !found.identity().tenantId().equals(tenant)
        ? Optional.of(
            ErrorResponse.oauth(
                "unauthorized_client",
                "The broker gets tokens for "
                    + found.identity().clientId()
                    + " from the tenant "
                    + found.identity().tenantId()
                    + " only"))
        : Optional.empty();
  }

  private void reject(HttpServerRequest request, ErrorResponse error) {
    responses.error(request, DIALECT, error);
  }
}
