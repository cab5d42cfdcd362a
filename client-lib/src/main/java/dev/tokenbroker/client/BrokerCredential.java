package dev.tokenbroker.client;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.exception.ClientAuthenticationException;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import reactor.core.publisher.Mono;

/**
 * For any Azure SDK client: what {@code new DefaultAzureCredentialBuilder().build()} does, from the
 * broker in this pod and without azure-identity.
 *
 * <pre>{@code
 * new SecretClientBuilder().vaultUrl(url).credential(BrokerCredential.create()).buildClient();
 * }</pre>
 *
 * <p>Make one for all SDK clients of the app. When a resource answers with a claims challenge, the
 * token that it turned away is neither taken from here nor from the broker's cache again.
 *
 * <p>A failure is a {@link ClientAuthenticationException} whose cause is a {@link TokenException}.
 */
@SuppressWarnings("exports") // module-info says why
public final class BrokerCredential implements TokenCredential {

  private final TokenClient client;

  /**
   * Tokens from a client of the app's own making.
   *
   * @param client who asks the broker
   */
  public BrokerCredential(TokenClient client) {
    this.client = client;
  }

  /**
   * A credential with every default of {@link TokenClient#create()}.
   *
   * @return a new credential; nothing is asked of the broker yet
   * @throws IllegalStateException as {@link TokenClient#create()} does
   */
  public static BrokerCredential create() {
    return new BrokerCredential(TokenClient.create());
  }

  /**
   * A token, once somebody subscribes.
   *
   * @param context exactly one scope; a tenant must be the one that the broker's tokens are from
   * @return a token with the time to renew it, or a {@link ClientAuthenticationException}; an
   *     {@link IllegalArgumentException} if there is not exactly one scope
   */
  @Override
  public Mono<AccessToken> getToken(TokenRequestContext context) {
    return Mono.fromFuture(() -> token(context))
        .map(token -> checked(token, context))
        .onErrorMap(TokenException.class, BrokerCredential::unauthenticated);
  }

  /**
   * A token. Waits as {@link TokenClient#token} does.
   *
   * @param context as in {@link #getToken}
   * @return a token with the time to renew it
   * @throws ClientAuthenticationException if there is none, or it is from another tenant
   * @throws IllegalArgumentException if there is not exactly one scope
   */
  @Override
  public AccessToken getTokenSync(TokenRequestContext context) {
    try {
      return checked(Failures.await(token(context)), context);
    } catch (TokenException e) {
      throw unauthenticated(e);
    }
  }

  private CompletableFuture<Token> token(TokenRequestContext context) {
    boolean challenged = context.getClaims() != null && !context.getClaims().isBlank();
    Ask ask = Ask.of(onlyScope(context), challenged || context.isCaeEnabled());
    if (!challenged) {
      return client.get(ask);
    }
    return client.renew(client.held(ask).map(ask::insteadOf).orElse(ask));
  }

  private static String onlyScope(TokenRequestContext context) {
    if (context.getScopes().size() != 1) {
      throw new IllegalArgumentException(
          "The broker gives tokens for exactly one scope, not " + context.getScopes());
    }
    return context.getScopes().get(0);
  }

  private static AccessToken checked(Token token, TokenRequestContext context) {
    Optional<String> asked = Optional.ofNullable(context.getTenantId());
    Optional<String> got = TokenTenant.of(token);
    if (asked.isPresent() && got.isPresent() && TokenTenant.differ(asked.get(), got.get())) {
      throw new ClientAuthenticationException(
          "A token of tenant "
              + asked.get()
              + " was asked for, but the broker's identity is of tenant "
              + got.get(),
          null);
    }
    return new AccessToken(
        token.value(),
        token.expiresAt().atOffset(ZoneOffset.UTC),
        token.refreshAt().atOffset(ZoneOffset.UTC));
  }

  private static ClientAuthenticationException unauthenticated(TokenException failure) {
    return new ClientAuthenticationException(
        Optional.ofNullable(failure.getMessage()).orElse("No token"), null, failure);
  }
}
