package dev.tokenbroker.endpoint;

import dev.tokenbroker.identity.Identity;
import dev.tokenbroker.identity.IdentityDirectory;
import dev.tokenbroker.identity.Resolution;
import dev.tokenbroker.identity.Selector;
import dev.tokenbroker.token.AccessToken;
import dev.tokenbroker.token.TokenKey;
import dev.tokenbroker.token.TokenSource;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;

/**
 * The core that all dialects share: which identity, may it, the token, the body. With a token at
 * hand it answers before it returns.
 */
final class TokenDesk {

  private static final Refusal NOT_FOUND =
      Refusal.of(400, Outcome.IDENTITY_NOT_FOUND, "invalid_request", "Identity not found");
  private static final Refusal NO_DEFAULT =
      Refusal.of(
          400,
          Outcome.IDENTITY_NOT_FOUND,
          "invalid_request",
          "Identity not found: there is no default identity, so name one with client_id");
  private static final Refusal FORBIDDEN =
      Refusal.of(
          403,
          Outcome.FORBIDDEN,
          "access_denied",
          "This identity may not be asked for this resource: it is not in its allowed resources");

  private final TokenSource source;
  private final IdentityDirectory directory;
  private final IdentitySearch search;
  private final TokenBodies bodies;
  private final Replies replies;
  private final PolicyLog log;

  TokenDesk(TokenSource source, IdentityDirectory directory, TokenBodies bodies, Replies replies) {
    this(source, directory, bodies, replies, new PolicyLog());
  }

  private TokenDesk(
      TokenSource source,
      IdentityDirectory directory,
      TokenBodies bodies,
      Replies replies,
      PolicyLog log) {
    this.source = source;
    this.directory = directory;
    this.search = new IdentitySearch(source, directory);
    this.bodies = bodies;
    this.replies = replies;
    this.log = log;
  }

  /** The same desk for a path that replies in another form. */
  TokenDesk replyingBy(Replies others) {
    return new TokenDesk(source, directory, bodies, others, log);
  }

  void answer(HttpServerRequest request, String dialect, Question question) {
    Resolution resolution = directory.resolve(question.selector());
    if (resolution instanceof Resolution.Unlearned unlearned) {
      search
          .among(unlearned.candidates(), question)
          .onSuccess(decided -> answer(request, dialect, question, decided))
          .onFailure(failure -> replies.refuse(request, dialect, FailureReply.of(failure)));
    } else {
      answer(request, dialect, question, resolution);
    }
  }

  private void answer(
      HttpServerRequest request, String dialect, Question question, Resolution resolution) {
    if (resolution instanceof Resolution.Found found) {
      answer(request, dialect, question, found.identity());
    } else {
      log.refused(named(question.selector()) + " is refused: no such identity is served");
      Refusal refusal = resolution instanceof Resolution.NoDefault ? NO_DEFAULT : NOT_FOUND;
      replies.refuse(request, dialect, refusal);
    }
  }

  private static String named(Selector selector) {
    if (selector instanceof Selector.None) {
      return "A request that names no identity";
    }
    String parameter =
        selector instanceof Selector.ByClientId
            ? "client_id "
            : selector instanceof Selector.ByObjectId ? "object_id " : "mi_res_id ";
    return parameter + selector.id();
  }

  private void answer(
      HttpServerRequest request, String dialect, Question question, Identity identity) {
    String resource = question.resource();
    if (!directory.allows(identity, resource)) {
      log.refused(
          "Identity "
              + identity.name()
              + " is refused "
              + resource
              + ": not in its allowedResources");
      replies.refuse(request, dialect, FORBIDDEN);
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
                        ? FailureReply.of(failure)
                        : FailureReply.ofUnconfigured(failure)));
  }
}
