package dev.tokenbroker.client;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of a {@link TokenClient}, each with a default. Not for several threads at once.
 *
 * @see TokenClient#builder()
 */
public final class TokenClientBuilder {

  private static final Duration START_DEADLINE = Duration.ofSeconds(30);
  private static final Duration DEADLINE = Duration.ofSeconds(10);

  private Map<String, String> environment = System.getenv();
  private Time time = Time.SYSTEM;
  private Optional<URI> broker = Optional.empty();
  private Optional<Selector> identity = Optional.empty();
  private Duration startDeadline = START_DEADLINE;
  private Duration deadline = DEADLINE;
  private boolean loopbackOnly = true;

  TokenClientBuilder() {}

  /**
   * Where the broker listens, if not where the environment says.
   *
   * @param base such as {@code http://127.0.0.1:16925}; IMDS is spoken there
   * @return this
   */
  public TokenClientBuilder broker(URI base) {
    broker = Optional.of(base);
    return this;
  }

  /**
   * Which identity gets the tokens. Default: the client id in {@code AZURE_CLIENT_ID}, as in {@code
   * DefaultAzureCredential}, else the broker's default identity.
   *
   * @param id the client id (application id) of a managed identity or app registration
   * @return this
   * @throws IllegalArgumentException if it is blank
   */
  public TokenClientBuilder clientId(String id) {
    identity = Optional.of(Selector.clientId(id));
    return this;
  }

  /**
   * As {@link #clientId}, by another id; the last one set counts.
   *
   * @param id the object id (principal id) of the identity
   * @return this
   * @throws IllegalArgumentException if it is blank
   */
  public TokenClientBuilder objectId(String id) {
    identity = Optional.of(Selector.objectId(id));
    return this;
  }

  /**
   * As {@link #clientId}, by another id; the last one set counts.
   *
   * @param id the Azure resource id of the identity, such as {@code /subscriptions/…}
   * @return this
   * @throws IllegalArgumentException if it is blank
   */
  public TokenClientBuilder resourceId(String id) {
    identity = Optional.of(Selector.resourceId(id));
    return this;
  }

  /**
   * How long a caller waits for the very first answer; the app may start before the broker.
   *
   * @param longest default: 30 s
   * @return this
   * @throws IllegalArgumentException if it is not positive
   */
  public TokenClientBuilder startDeadline(Duration longest) {
    startDeadline = positive(longest);
    return this;
  }

  /**
   * How long a caller waits once the broker has answered, retries included.
   *
   * @param longest default: 10 s
   * @return this
   * @throws IllegalArgumentException if it is not positive
   */
  public TokenClientBuilder deadline(Duration longest) {
    deadline = positive(longest);
    return this;
  }

  /**
   * Lets the broker be on another machine. Tokens and the shared secret then cross the network for
   * anybody there to read, unless the address is https; hence not the default.
   *
   * @return this
   */
  public TokenClientBuilder allowNonLoopback() {
    loopbackOnly = false;
    return this;
  }

  /** Instead of the process's own. */
  TokenClientBuilder environment(Map<String, String> variables) {
    environment = Map.copyOf(variables);
    return this;
  }

  TokenClientBuilder time(Time other) {
    time = other;
    return this;
  }

  /**
   * The client.
   *
   * @return a new client; nothing is asked of the broker yet
   * @throws IllegalStateException if the broker's address is not on loopback and {@link
   *     #allowNonLoopback} was not called, or is no valid URL
   */
  public TokenClient build() {
    BrokerEndpoint address =
        broker.map(BrokerEndpoint::imds).orElseGet(() -> BrokerEndpoint.find(environment));
    if (loopbackOnly && !Loopback.is(address.endpoint())) {
      throw new IllegalStateException(
          "The token broker must be on loopback, but its address is "
              + address
              + "; call allowNonLoopback() if that is meant");
    }
    Optional<Selector> meant = identity.or(() -> Selector.fromEnvironment(environment));
    HttpBroker http = new HttpBroker(address, meant, time);
    return new TokenClient(new Exchange(http, startDeadline, deadline, time), time);
  }

  private static Duration positive(Duration length) {
    if (length.isZero() || length.isNegative()) {
      throw new IllegalArgumentException("A deadline must be positive, not " + length);
    }
    return length;
  }
}
