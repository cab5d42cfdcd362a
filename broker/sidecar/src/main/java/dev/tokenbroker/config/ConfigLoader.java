package dev.tokenbroker.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the environment and the YAML file it names, and checks everything before it gives up, so
 * that the operator sees all problems at once.
 */
public final class ConfigLoader {

  private static final String NO_TOKEN_HINT =
      "; usually the azwi webhook did not inject it: the label azure.workload.identity/use:"
          + " \"true\" must be on the pod template, not on the Deployment";

  private final List<Problem> problems = new ArrayList<>();
  private final SettingsReader given;

  private ConfigLoader(Map<String, String> environment) {
    EnvironmentNames.check(environment, problems);
    FileSettings file =
        new SettingsReader(environment, FileSettings.none(), problems)
            .one(Settings.CONFIG)
            .map(path -> FileSettings.read(path, problems))
            .orElseGet(FileSettings::none);
    this.given = new SettingsReader(environment, file, problems);
  }

  /**
   * Reads the configuration; only the YAML file and the CA files are opened.
   *
   * @param environment the environment variables; an empty one counts as not set
   */
  public static ConfigResult load(Map<String, String> environment) {
    return new ConfigLoader(environment).load();
  }

  private ConfigResult load() {
    IdentitiesConfig identities = new IdentitiesLoader(given).load();
    Optional<Path> tokenFile = given.required(Settings.FEDERATED_TOKEN_FILE, NO_TOKEN_HINT);
    Optional<URI> authority = given.one(Settings.AUTHORITY_HOST);
    Optional<Path> caFile = given.one(Settings.CA_FILE);
    Optional<TokenProxy> tokenProxy = new TokenProxyLoader(given, problems).load();
    OutboundRoute route =
        tokenProxy
            .<OutboundRoute>map(proxy -> proxy)
            .or(() -> authority.flatMap(this::proxy))
            .orElseGet(OutboundRoute::direct);

    Optional<HostPort> listen = given.one(Settings.LISTEN);
    Optional<HostPort> adminListen = given.one(Settings.ADMIN_LISTEN);
    Optional<Boolean> remotePeers = given.one(Settings.ALLOW_REMOTE_PEERS);
    Optional<Boolean> metadata = given.one(Settings.INSTANCE_METADATA);
    Optional<String> identityHeader = given.one(Settings.IDENTITY_HEADER);
    Optional<Boolean> requireSecret = given.one(Settings.REQUIRE_SECRET);
    Optional<Set<Long>> allowedUids = given.many(Settings.ALLOWED_UIDS).map(Set::copyOf);
    List<String> hosts = given.many(Settings.HOSTS).orElse(List.of());
    listen.ifPresent(address -> checkListener(address, adminListen, remotePeers));
    Optional<AuthorityConfig> localAuthority =
        new AuthorityLoader(given).load(List.of(Settings.LISTEN, Settings.ADMIN_LISTEN), authority);
    checkCallers(requireSecret, remotePeers);

    Optional<Integer> keys = given.one(Settings.MAX_KEYS);
    Optional<Integer> exchanges = given.one(Settings.MAX_EXCHANGES);
    Optional<Integer> connections = given.one(Settings.MAX_CONNECTIONS);
    Optional<Duration> exchangeTimeout = given.one(Settings.EXCHANGE_TIMEOUT);
    Optional<Duration> waitTimeout = given.one(Settings.WAIT_TIMEOUT);
    Optional<Duration> startupSpread = given.one(Settings.STARTUP_SPREAD);
    Optional<LogFormat> logFormat = given.one(Settings.LOG_FORMAT);
    Optional<LogLevel> logLevel = given.one(Settings.LOG_LEVEL);

    if (!problems.isEmpty()) {
      return new ConfigResult.Invalid(problems);
    }
    // No problem means that each setting with a default, and each required one, has a value.
    return new ConfigResult.Loaded(
        new BrokerConfig(
            new EndpointConfig(
                listen.orElseThrow(),
                Set.copyOf(hosts),
                identityHeader,
                requireSecret.orElseThrow(),
                allowedUids,
                remotePeers.orElseThrow(),
                metadata.orElseThrow()),
            adminListen.orElseThrow(),
            localAuthority,
            new EntraConfig(authority.orElseThrow(), tokenFile, caFile, route),
            identities,
            new Limits(
                keys.orElseThrow(),
                exchanges.orElseThrow(),
                connections.orElseThrow(),
                exchangeTimeout.orElseThrow(),
                waitTimeout.orElseThrow(),
                startupSpread.orElseThrow()),
            logFormat.orElseThrow(),
            logLevel.orElseThrow()));
  }

  /** The proxy for the authority; one that is not used is not checked either. */
  private Optional<HttpProxy> proxy(URI authority) {
    NoProxy direct = given.one(Settings.NO_PROXY).orElseGet(() -> NoProxy.parse(""));
    return direct.covers(authority) ? Optional.empty() : given.one(Settings.HTTPS_PROXY);
  }

  private void checkListener(
      HostPort listen, Optional<HostPort> adminListen, Optional<Boolean> remotePeers) {
    if (!listen.isLoopback() && remotePeers.equals(Optional.of(false))) {
      String expected =
          "a loopback address such as 127.0.0.1, or BROKER_ALLOW_REMOTE_PEERS=true to let other"
              + " machines ask for tokens";
      refuse(Settings.LISTEN, listen, expected);
    }
    if (adminListen.isPresent()
        && adminListen.get().port() == listen.port()
        && listen.port() != 0) {
      String expected = "another port than that of " + given.label(Settings.LISTEN) + ", " + listen;
      refuse(Settings.ADMIN_LISTEN, adminListen.get(), expected);
    }
  }

  private void checkCallers(Optional<Boolean> requireSecret, Optional<Boolean> remotePeers) {
    if (requireSecret.equals(Optional.of(true)) && !given.isSet(Settings.IDENTITY_HEADER)) {
      String expected = "BROKER_IDENTITY_HEADER to be set as well: it is the secret";
      problems.add(new Problem(given.label(Settings.REQUIRE_SECRET), "\"true\"", expected));
    }
    if (given.isEmptyList(Settings.ALLOWED_UIDS)) {
      String expected = "at least one user id, or no such key to let every user ask";
      problems.add(new Problem(given.label(Settings.ALLOWED_UIDS), "an empty list", expected));
    }
    if (given.isSet(Settings.ALLOWED_UIDS) && remotePeers.equals(Optional.of(true))) {
      String expected =
          "no such setting beside BROKER_ALLOW_REMOTE_PEERS=true: of a caller outside the pod no"
              + " user id is known";
      problems.add(new Problem(given.label(Settings.ALLOWED_UIDS), "user ids", expected));
    }
  }

  private void refuse(Setting<HostPort> setting, HostPort found, String expected) {
    problems.add(new Problem(given.label(setting), Redacted.of(found.toString()), expected));
  }
}
