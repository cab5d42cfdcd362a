package dev.tokenbroker.cache;

import dev.tokenbroker.token.AccessToken;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * When a kind of app asks for its token, again and again.
 *
 * @param title as in the documentation
 * @param clients the clients of the app; each starts an hour and a bit after the one before
 */
record ClientPattern(String title, List<Client> clients) {

  /** One client in an app: it decides when to ask next by what it was told. */
  @FunctionalInterface
  interface Client {

    /** When it asks next, having asked at {@code requested} and got this token at {@code now}. */
    Instant next(Instant requested, Instant now, AccessToken token);
  }

  /** A client that was given a token inside its own margin asks again with its app's next call. */
  private static final Duration NEXT_CALL = Duration.ofSeconds(1);

  /** MSAL, azure-core and the client library keep a token until five minutes before its end. */
  private static final Client FIVE_MINUTES_BEFORE =
      (requested, now, token) -> later(now, token.expiresAt().minus(Duration.ofMinutes(5)));

  /** MSAL halves what is left of long tokens; pools of connections do likewise. */
  private static final Client HALF_LIFE =
      (requested, now, token) ->
          later(now, now.plusSeconds(token.expiresIn(now.toEpochMilli()) / 2));

  static final List<ClientPattern> ALL =
      List.of(
          one("every second", every(Duration.ofSeconds(1))),
          one("five minutes before `expires_on`", FIVE_MINUTES_BEFORE),
          one("at half of `expires_in`", HALF_LIFE),
          one("at `expires_on`", (requested, now, token) -> later(now, token.expiresAt())),
          one("once in 100 minutes", every(Duration.ofMinutes(100))),
          one("once a day", every(Duration.ofDays(1))),
          new ClientPattern(
              "two clients out of step", List.of(FIVE_MINUTES_BEFORE, FIVE_MINUTES_BEFORE)),
          new ClientPattern("two kinds of client", List.of(FIVE_MINUTES_BEFORE, HALF_LIFE)));

  private static ClientPattern one(String title, Client client) {
    return new ClientPattern(title, List.of(client));
  }

  private static Client every(Duration period) {
    return (requested, now, token) -> later(now, requested.plus(period));
  }

  private static Instant later(Instant now, Instant wanted) {
    return wanted.isAfter(now) ? wanted : now.plus(NEXT_CALL);
  }
}
