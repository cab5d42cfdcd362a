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
 * The core that all dialects share: which identity, may it, the token, the body. With a token at
 * hand it answers before it returns.
 */
public final class TokenService {

  private final TokenSource source;
  private final IdentityDirectory directory;
  private final IdentitySearch search;
  private final TokenBodies bodies;
  private final ResponseWriter replies;
  private final PolicyLog log;

  public TokenService(
      TokenSource source, IdentityDirectory directory, TokenBodies bodies, ResponseWriter replies) {
    this(source, directory, bodies, replies, new PolicyLog());
  }

  private TokenService(
      TokenSource source,
      IdentityDirectory directory,
      TokenBodies bodies,
      ResponseWriter replies,
      PolicyLog log) {
    this.source = source;
    this.directory = directory;
    this.search = new IdentitySearch(source, directory);
    this.bodies = bodies;
    this.replies = replies;
    this.log = log;
  }

  /** The same desk for a path that replies in another form. */
  TokenService replyingBy(ResponseWriter others) {
    return new TokenService(source, directory, bodies, others, log);
  }

  public void answer(HttpServerRequest request, String dialect, TokenRequest question) {
    Resolution resolution = resolve(question);
    if (resolution instanceof Resolution.Unlearned unlearned) {
      search
          .among(unlearned.candidates(), question)
          .onSuccess(decided -> answer(request, dialect, question, decided))
          .onFailure(failure -> replies.refuse(request, dialect, ErrorMapper.of(failure)));
    } else {
      answer(request, dialect, question, resolution);
    }
  }

  private void answer(
      HttpServerRequest request, String dialect, TokenRequest question, Resolution resolution) {
    if (resolution instanceof Resolution.Found found) {
      answer(request, dialect, question, found.identity());
    } else {
      log.refused(named(question.selector()) + " is refused: no such identity is served");
      replies.refuse(
          request, dialect, PolicyRefusals.notFound(question.selector(), directory.names()));
    }
  }

  private Resolution resolve(TokenRequest question) {
    if (question.stray().isEmpty()) {
      return directory.resolve(question.selector());
    }
    StraySelector stray = question.stray().get();
    replies.tellStray(stray.spelling());
    log.ignored(
        "Parameter "
            + stray.spelling()
            + " is no selector: use one of client_id, object_id, mi_res_id. Unless it names a"
            + " configured identity, it is ignored and the default identity answers");
    return question.selector() instanceof IdentitySelector.None
        ? directory
            .configuredBy(stray.id())
            .<Resolution>map(Resolution.Found::new)
            .orElseGet(() -> directory.resolve(question.selector()))
        : directory.resolve(question.selector());
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

  private void answer(
      HttpServerRequest request, String dialect, TokenRequest question, Identity identity) {
    String resource = question.resource();
    if (!directory.allows(identity, resource)) {
      log.refused(
          "Identity "
              + identity.name()
              + " is refused "
              + resource
              + ": not in its allowedResources");
      replies.refuse(request, dialect, PolicyRefusals.forbidden(identity, resource));
      return;
    }
    TokenKey plain = directory.keyForScope(identity, question.scope());
    TokenKey key = question.claimsChallenges() ? plain.handlingClaimsChallenges() : plain;
    Future<AccessToken> token =
        question.revoked().isPresent()
            ? source.tokenInsteadOf(key, question.revoked().get())
            : source.token(key);
    if (token.succeeded()) {
      replies.token(request, dialect, bodies.of(key, token.result(), resource));
    } else {
      answerLater(request, dialect, resource, key, token);
    }
  }

  private void answerLater(
      HttpServerRequest request,
      String dialect,
      String resource,
      TokenKey key,
      Future<AccessToken> token) {
    token
        .onSuccess(came -> replies.token(request, dialect, bodies.of(key, came, resource)))
        .onFailure(
            failure ->
                replies.refuse(
                    request,
                    dialect,
                    directory.isConfigured(key.clientId())
                        ? ErrorMapper.of(failure)
                        : ErrorMapper.ofUnconfigured(failure)));
  }
}
