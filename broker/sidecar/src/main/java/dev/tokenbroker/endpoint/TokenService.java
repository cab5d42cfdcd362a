package dev.tokenbroker.endpoint;

import dev.tokenbroker.identity.Identity;
import dev.tokenbroker.identity.IdentityDirectory;
import dev.tokenbroker.identity.IdentitySelector;
import dev.tokenbroker.identity.Resolution;
import dev.tokenbroker.token.AccessToken;
import dev.tokenbroker.token.TokenKey;
import dev.tokenbroker.token.TokenSource;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;

/**
 * Answers a token request, whatever its dialect: finds the identity, checks its policy, gets the
 * token and writes the response. With a token at hand it answers before it returns.
 */
public final class TokenService {

  private final TokenSource source;
  private final IdentityDirectory directory;
  private final IdentitySearch search;
  private final TokenFormat bodies;
  private final ResponseWriter responses;
  private final PolicyLog log;

  public TokenService(
      TokenSource source,
      IdentityDirectory directory,
      TokenFormat bodies,
      ResponseWriter responses) {
    this(source, directory, bodies, responses, new PolicyLog());
  }

  private TokenService(
      TokenSource source,
      IdentityDirectory directory,
      TokenFormat bodies,
      ResponseWriter responses,
      PolicyLog log) {
    this.source = source;
    this.directory = directory;
    this.search = new IdentitySearch(source, directory);
    this.bodies = bodies;
    this.responses = responses;
    this.log = log;
  }

  /** The same service, for a path that writes its errors in another format. */
  TokenService respondingBy(ResponseWriter others) {
    return new TokenService(source, directory, bodies, others, log);
  }

  public void respond(HttpServerRequest request, String dialect, TokenRequest tokenRequest) {
    Resolution resolution = resolve(tokenRequest);
    if (resolution instanceof Resolution.Unlearned unlearned) {
      search
          .among(unlearned.candidates(), tokenRequest)
          .onSuccess(decided -> respond(request, dialect, tokenRequest, decided))
          .onFailure(failure -> responses.error(request, dialect, ErrorMapper.of(failure)));
    } else {
      respond(request, dialect, tokenRequest, resolution);
    }
  }

  private void respond(
      HttpServerRequest request, String dialect, TokenRequest tokenRequest, Resolution resolution) {
    if (resolution instanceof Resolution.Found found) {
      respond(request, dialect, tokenRequest, found.identity());
    } else {
      log.refused(named(tokenRequest.selector()) + " is refused: no such identity is served");
      responses.error(
          request, dialect, ErrorMapper.notFound(tokenRequest.selector(), directory.names()));
    }
  }

  private Resolution resolve(TokenRequest tokenRequest) {
    if (tokenRequest.unknown().isEmpty()) {
      return directory.resolve(tokenRequest.selector());
    }
    UnknownSelector unknown = tokenRequest.unknown().get();
    responses.unknownSelector(unknown.spelling());
    log.ignored(
        "Parameter "
            + unknown.spelling()
            + " is no selector: use one of client_id, object_id, mi_res_id. Unless it names a"
            + " configured identity, it is ignored and the default identity answers");
    return tokenRequest.selector() instanceof IdentitySelector.None
        ? directory
            .configuredBy(unknown.id())
            .<Resolution>map(Resolution.Found::new)
            .orElseGet(() -> directory.resolve(tokenRequest.selector()))
        : directory.resolve(tokenRequest.selector());
  }

  private static String named(IdentitySelector selector) {
    if (!(selector instanceof IdentitySelector.Named named)) {
      return "A request that names no identity";
    }
    String parameter =
        selector instanceof IdentitySelector.ByClientId
            ? "client_id "
            : selector instanceof IdentitySelector.ByObjectId ? "object_id " : "mi_res_id ";
    return parameter + named.id();
  }

  private void respond(
      HttpServerRequest request, String dialect, TokenRequest tokenRequest, Identity identity) {
    String resource = tokenRequest.resource();
    if (!directory.allows(identity, resource)) {
      log.refused(
          "Identity "
              + identity.name()
              + " is refused "
              + resource
              + ": not in its allowedResources");
      responses.error(request, dialect, ErrorMapper.forbidden(identity, resource));
      return;
    }
    TokenKey plain = directory.keyForScope(identity, tokenRequest.scope());
    TokenKey key = tokenRequest.claimsChallenges() ? plain.handlingClaimsChallenges() : plain;
    Future<AccessToken> token =
        tokenRequest.revoked().isPresent()
            ? source.tokenInsteadOf(key, tokenRequest.revoked().get())
            : source.token(key);
    if (token.succeeded()) {
      responses.token(request, dialect, bodies.of(key, token.result(), resource));
    } else {
      respondLater(request, dialect, resource, key, token);
    }
  }

  private void respondLater(
      HttpServerRequest request,
      String dialect,
      String resource,
      TokenKey key,
      Future<AccessToken> token) {
    token
        .onSuccess(came -> responses.token(request, dialect, bodies.of(key, came, resource)))
        .onFailure(
            failure ->
                responses.error(
                    request,
                    dialect,
                    directory.isConfigured(key.clientId())
                        ? ErrorMapper.of(failure)
                        : ErrorMapper.ofUnconfigured(failure)));
  }
}
