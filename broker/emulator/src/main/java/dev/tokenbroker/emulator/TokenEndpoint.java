package dev.tokenbroker.emulator;

import static com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder.responseDefinition;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** {@code POST /{tenant}/oauth2/v2.0/token}: client credentials with a client assertion. */
final class TokenEndpoint implements ResponseDefinitionTransformerV2 {

  static final String NAME = "entra-token-endpoint";

  private static final String JWT_BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
  private static final String DEFAULT = "/.default";
  private static final long GATE_SECONDS = 60;

  private final EntraDirectory directory;
  private final AssertionCheck assertions;
  private final EntraTokens tokens;
  private final Faults faults;
  private final Clock clock;
  private final List<RecordedExchange> exchanges = new CopyOnWriteArrayList<>();

  TokenEndpoint(
      EntraDirectory directory, OidcIssuer issuer, EntraTokens tokens, Faults faults, Clock clock) {
    this.directory = directory;
    this.assertions = new AssertionCheck(issuer);
    this.tokens = tokens;
    this.faults = faults;
    this.clock = clock;
  }

  List<RecordedExchange> exchanges() {
    return exchanges;
  }

  @Override
  public String getName() {
    return NAME;
  }

  @Override
  public boolean applyGlobally() {
    return false;
  }

  @Override
  public ResponseDefinition transform(ServeEvent event) {
    TokenEndpointRequest request = TokenEndpointRequest.of(event.getRequest());
    Optional<Fault> fault = faults.take(request.scope());
    return fault.map(each -> misbehave(each, request)).orElseGet(() -> answer(request)).build();
  }

  private ResponseDefinitionBuilder answer(TokenEndpointRequest request) {
    Instant now = clock.instant();
    Optional<AadstsError> refusal = refuse(request, now);
    record(request, refusal.map(error -> "AADSTS" + error.number()).orElse("token"));
    if (refusal.isPresent()) {
      AadstsError error = refusal.get();
      return json(error.status(), error.json(now, request.correlationId()));
    }
    ManagedIdentity identity = directory.find(request.tenant(), request.clientId()).orElseThrow();
    boolean claimsChallenges = request.get("claims").contains("cp1");
    long life = identity.tokenLifetime().toSeconds();
    JsonBody body =
        new JsonBody()
            .put("token_type", "Bearer")
            .put("expires_in", life)
            .put("ext_expires_in", life);
    identity.refreshIn().ifPresent(refresh -> body.put("refresh_in", refresh.toSeconds()));
    return json(
        200,
        body.put("access_token", tokens.issue(identity, audience(request), claimsChallenges, now))
            .encode());
  }

  private Optional<AadstsError> refuse(TokenEndpointRequest request, Instant now) {
    if (!directory.hasTenant(request.tenant())) {
      return Optional.of(AadstsError.unknownTenant(request.tenant()));
    }
    if (directory.find(request.tenant(), request.clientId()).isEmpty()) {
      return Optional.of(AadstsError.unknownApplication(request.clientId(), request.tenant()));
    }
    if (!request.get("client_assertion_type").equals(JWT_BEARER)
        || request.get("client_assertion").isEmpty()) {
      return Optional.of(AadstsError.noAssertion());
    }
    if (!request.scope().endsWith(DEFAULT) || request.scope().equals(DEFAULT)) {
      return Optional.of(AadstsError.malformedScope(request.scope()));
    }
    return assertions
        .refuse(request.get("client_assertion"), directory.credentialsOf(request.clientId()), now)
        .or(
            () ->
                directory.hasResource(audience(request))
                    ? Optional.empty()
                    : Optional.of(
                        AadstsError.unknownResource(audience(request), request.tenant())));
  }

  /**
   * Entra takes all that stands before the last slash: a doubled slash gives an audience with one.
   */
  private static String audience(TokenEndpointRequest request) {
    return request.scope().substring(0, request.scope().length() - DEFAULT.length());
  }

  private ResponseDefinitionBuilder misbehave(Fault fault, TokenEndpointRequest request) {
    if (fault instanceof Fault.Slow slow) {
      return answer(request).withFixedDelay((int) slow.delay().toMillis());
    }
    if (fault instanceof Fault.Held held) {
      await(held);
      return answer(request);
    }
    if (fault instanceof Fault.Mislabelled mislabelled) {
      return responseDefinition()
          .withStatus(200)
          .withHeader("Content-Type", mislabelled.contentType())
          .withBody(answer(request).build().getBody());
    }
    record(request, "fault");
    if (fault instanceof Fault.Throttled throttled) {
      return throttle(throttled);
    }
    if (fault instanceof Fault.Answer answer) {
      return responseDefinition()
          .withStatus(answer.status())
          .withHeader("Content-Type", answer.contentType())
          .withBody(answer.body());
    }
    return responseDefinition()
        .withFault(com.github.tomakehurst.wiremock.http.Fault.CONNECTION_RESET_BY_PEER);
  }

  private static ResponseDefinitionBuilder throttle(Fault.Throttled throttled) {
    ResponseDefinitionBuilder response =
        throttled.plainText()
            ? responseDefinition()
                .withStatus(429)
                .withHeader("Content-Type", "text/plain")
                .withBody("Too Many Requests")
            : json(
                429,
                "{\"error\":\"temporarily_unavailable\",\"error_description\":\"AADSTS90055: The"
                    + " request has been throttled.\",\"error_codes\":[90055]}");
    throttled
        .retryAfterSeconds()
        .ifPresent(seconds -> response.withHeader("Retry-After", Integer.toString(seconds)));
    return response;
  }

  private static void await(Fault.Held held) {
    try {
      if (!held.gate().await(GATE_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("nobody opened the gate");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void record(TokenEndpointRequest request, String outcome) {
    exchanges.add(
        new RecordedExchange(request.tenant(), request.clientId(), request.scope(), outcome));
  }

  private static ResponseDefinitionBuilder json(int status, String body) {
    return responseDefinition()
        .withStatus(status)
        .withHeader("Content-Type", "application/json; charset=utf-8")
        .withHeader("Cache-Control", "no-store, no-cache")
        .withBody(body);
  }
}
