package dev.tokenbroker.config;

import dev.tokenbroker.token.Guid;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The one table of keys. Whatever is not in here cannot be set; whatever is in here must be in
 * {@code docs/configuration.md}.
 */
public final class Settings {

  private static final String GUID = "a GUID";
  private static final String TENANT = "the tenant's id (a GUID) or one of its domains";
  private static final String RESOURCE = "a resource such as https://vault.azure.net";
  private static final String RESOURCE_ID = "an Azure resource id, /subscriptions/...";

  public static final Setting<String> CLIENT_ID =
      Setting.of(
          "AZURE_CLIENT_ID",
          "clientId",
          Optional.empty(),
          GUID,
          "Client id of the identity meant when a request names none.",
          Guid::parse);

  public static final Setting<String> TENANT_ID =
      Setting.of(
          "AZURE_TENANT_ID",
          "tenantId",
          Optional.empty(),
          TENANT,
          "Tenant of every identity that names no other.",
          Values::tenant);

  public static final Setting<Path> FEDERATED_TOKEN_FILE =
      Setting.of(
          "AZURE_FEDERATED_TOKEN_FILE",
          "federatedTokenFile",
          Optional.empty(),
          "the path of the projected token",
          "The projected token; read again at every exchange.",
          Values::tokenFile);

  public static final Setting<URI> AUTHORITY_HOST =
      Setting.of(
          "AZURE_AUTHORITY_HOST",
          "authorityHost",
          Optional.of("https://login.microsoftonline.com/"),
          "an https address without a path, such as https://login.microsoftonline.com/",
          "The Entra authority.",
          Authority::parse);

  public static final Setting<Path> CONFIG =
      Setting.inEnvironment(
          List.of("BROKER_CONFIG"),
          "the path of a readable YAML file",
          "A YAML file with more settings; the environment overrides it.",
          Path::of);

  public static final Setting<HostPort> LISTEN =
      Setting.of(
          "BROKER_LISTEN",
          "listen",
          Optional.of("127.0.0.1:16925"),
          "host:port, such as 127.0.0.1:16925",
          "Where apps ask for tokens.",
          HostPort::parse);

  public static final Setting<HostPort> ADMIN_LISTEN =
      Setting.of(
          "BROKER_ADMIN_LISTEN",
          "adminListen",
          Optional.of("0.0.0.0:16926"),
          "host:port, such as 0.0.0.0:16926",
          "Where probes and metrics answer; never tokens.",
          HostPort::parse);

  public static final Setting<Boolean> ALLOW_REMOTE_PEERS =
      Setting.of(
          "BROKER_ALLOW_REMOTE_PEERS",
          "allowRemotePeers",
          Optional.of("false"),
          "true or false",
          "Whether callers outside the pod may ask for tokens.",
          Values::bool);

  public static final Setting<String> HOSTS =
      Setting.of(
          "BROKER_HOSTS",
          "hosts",
          Optional.empty(),
          "host names without port",
          "More names to accept in the Host header.",
          Values::hostName);

  public static final Setting<String> IDENTITY_HEADER =
      Setting.inEnvironment(
              List.of("BROKER_IDENTITY_HEADER"),
              "8 to 256 printable ASCII characters, no space",
              "The secret that callers by IDENTITY_ENDPOINT or MSI_ENDPOINT must show.",
              Values::secret)
          .hidden();

  public static final Setting<Boolean> REQUIRE_SECRET =
      Setting.of(
          "BROKER_REQUIRE_SECRET",
          "requireSecret",
          Optional.of("false"),
          "true or false",
          "Whether every token request must show the secret, IMDS too.",
          Values::bool);

  public static final Setting<Long> ALLOWED_UIDS =
      Setting.of(
          "BROKER_ALLOWED_UIDS",
          "allowedUids",
          Optional.empty(),
          "user ids from 0 to 4294967294, such as 1000",
          "The only users of the pod whose processes may ask; a list.",
          Values::uid);

  public static final Setting<String> PREFETCH =
      Setting.of(
          "BROKER_PREFETCH",
          "prefetch",
          Optional.empty(),
          RESOURCE,
          "Resources to fetch at start and keep fresh for the default identity.",
          Values::resource);

  public static final Setting<Path> CA_FILE =
      Setting.of(
          "BROKER_CA_FILE",
          "caFile",
          Optional.empty(),
          "a readable file of PEM certificates",
          "Certificates to trust for Entra beside the system's roots.",
          Values::pemFile);

  public static final Setting<HostPort> AUTHORITY_LISTEN =
      Setting.of(
          "BROKER_AUTHORITY_LISTEN",
          "authority.listen",
          Optional.empty(),
          "a loopback host:port, such as 127.0.0.1:16927",
          "Where an Entra authority answers on loopback: docs/az.md.",
          HostPort::parse);

  public static final Setting<Path> AUTHORITY_CA_FILE =
      Setting.of(
          "BROKER_AUTHORITY_CA_FILE",
          "authority.caFile",
          Optional.empty(),
          "the path of a file to write, in a folder that the apps can read",
          "Where to write the CA of the authority, for the apps.",
          Path::of);

  public static final Setting<Path> AUTHORITY_STATE_FILE =
      Setting.of(
          "BROKER_AUTHORITY_STATE_FILE",
          "authority.stateFile",
          Optional.empty(),
          "the path of a file to write, in a folder of the broker alone",
          "Where to keep the authority's certificate and key.",
          Path::of);

  public static final Setting<Path> AUTHORITY_CERT_FILE =
      Setting.of(
          "BROKER_AUTHORITY_CERT_FILE",
          "authority.certFile",
          Optional.empty(),
          "the path of a PEM certificate for localhost",
          "A certificate of your own for the authority.",
          Path::of);

  public static final Setting<Path> AUTHORITY_KEY_FILE =
      Setting.of(
          "BROKER_AUTHORITY_KEY_FILE",
          "authority.keyFile",
          Optional.empty(),
          "the path of its PEM key",
          "The key of that certificate.",
          Path::of);

  public static final Setting<Boolean> INSTANCE_METADATA =
      Setting.of(
          "BROKER_INSTANCE_METADATA",
          "instanceMetadata",
          Optional.of("off"),
          "off or pass",
          "pass: hand /metadata/instance on to the real IMDS.",
          text -> Values.choice(text, "off", "pass").equals("pass"));

  public static final Setting<LogFormat> LOG_FORMAT =
      Setting.of(
          "BROKER_LOG_FORMAT",
          "logFormat",
          Optional.of("text"),
          "text or json",
          "How log lines look.",
          text -> Values.constant(LogFormat.class, text));

  public static final Setting<LogLevel> LOG_LEVEL =
      Setting.of(
          "BROKER_LOG_LEVEL",
          "logLevel",
          Optional.of("info"),
          "error, warn, info or debug",
          "How much is logged.",
          text -> Values.constant(LogLevel.class, text));

  public static final Setting<Integer> MAX_KEYS =
      Setting.of(
          "BROKER_MAX_KEYS",
          "limits.keys",
          Optional.of("1000"),
          "a whole number from 1 to 100000",
          "How many tokens are held at once, beside the prefetched ones.",
          text -> Values.count(text, 100_000));

  public static final Setting<Integer> MAX_EXCHANGES =
      Setting.of(
          "BROKER_MAX_EXCHANGES",
          "limits.exchanges",
          Optional.of("16"),
          "a whole number from 1 to 256",
          "How many exchanges with Entra run at once.",
          text -> Values.count(text, 256));

  public static final Setting<Integer> MAX_CONNECTIONS =
      Setting.of(
          "BROKER_MAX_CONNECTIONS",
          "limits.connections",
          Optional.of("1024"),
          "a whole number from 1 to 65535",
          "How many client connections are open at once.",
          text -> Values.count(text, 65_535));

  public static final Setting<Duration> EXCHANGE_TIMEOUT =
      Setting.of(
          "BROKER_EXCHANGE_TIMEOUT",
          "limits.exchangeTimeout",
          Optional.of("10s"),
          "a time from 100ms to 10m, such as 10s",
          "How long one exchange may take.",
          Values::timeout);

  public static final Setting<Duration> WAIT_TIMEOUT =
      Setting.of(
          "BROKER_WAIT_TIMEOUT",
          "limits.waitTimeout",
          Optional.of("20s"),
          "a time from 100ms to 10m, such as 20s",
          "How long a caller waits when no valid token is held.",
          Values::timeout);

  public static final Setting<Duration> STARTUP_SPREAD =
      Setting.of(
          "BROKER_STARTUP_SPREAD",
          "limits.startupSpread",
          Optional.of("0s"),
          "a time from 0s to 10m, such as 30s",
          "Prefetches start at a random moment within this time.",
          Values::spread);

  public static final Setting<ProxyConfig> HTTPS_PROXY =
      Setting.inEnvironment(
              List.of("HTTPS_PROXY", "https_proxy"),
              "an HTTP proxy, such as http://user:password@proxy:3128",
              "The outbound proxy.",
              ProxyUrl::parse)
          .hidden();

  public static final Setting<NoProxy> NO_PROXY =
      Setting.inEnvironment(
          List.of("NO_PROXY", "no_proxy"),
          "a comma-separated list of hosts",
          "Hosts to reach without the proxy.",
          NoProxy::parse);

  public static final Setting<URI> TOKEN_PROXY =
      Setting.inEnvironment(
          List.of("AZURE_KUBERNETES_TOKEN_PROXY"),
          "an https address without user name, query or fragment",
          "The token proxy of AKS identity bindings; set by AKS.",
          HttpsUrl::parse);

  public static final Setting<String> TOKEN_PROXY_SNI_NAME =
      Setting.inEnvironment(
          List.of("AZURE_KUBERNETES_SNI_NAME"),
          "a host name",
          "The name to ask the token proxy for in TLS, and to verify.",
          Values::hostName);

  public static final Setting<Path> TOKEN_PROXY_CA_FILE =
      Setting.inEnvironment(
          List.of("AZURE_KUBERNETES_CA_FILE"),
          "a readable file of PEM certificates",
          "The only certificates to trust for the token proxy.",
          Values::pemFile);

  public static final Setting<String> TOKEN_PROXY_CA_DATA =
      Setting.inEnvironment(
          List.of("AZURE_KUBERNETES_CA_DATA"),
          "PEM certificates",
          "The same certificates, given directly.",
          Values::pemText);

  public static final Setting<String> DEFAULT_IDENTITY =
      Setting.inFile(
          "defaultIdentity",
          "the name of one of the identities",
          "The identity meant when a request names none.",
          Values::name);

  public static final Setting<String> IDENTITY_NAME =
      Setting.inFile(
          "identities[].name",
          "a name of letters, digits, '.', '_' and '-', at most 63",
          "What you call it.",
          Values::name);

  public static final Setting<String> IDENTITY_CLIENT_ID =
      Setting.inFile("identities[].clientId", GUID, "Its client id.", Guid::parse);

  public static final Setting<String> IDENTITY_TENANT_ID =
      Setting.inFile(
          "identities[].tenantId", TENANT, "Its tenant, if not AZURE_TENANT_ID.", Values::tenant);

  public static final Setting<String> IDENTITY_OBJECT_ID =
      Setting.inFile(
          "identities[].objectId", GUID, "Its object id, for callers that ask by it.", Guid::parse);

  public static final Setting<String> IDENTITY_RESOURCE_ID =
      Setting.inFile(
          "identities[].resourceId",
          RESOURCE_ID,
          "Its Azure resource id, for callers that ask by it.",
          Values::resourceId);

  public static final Setting<String> IDENTITY_ALLOWED_RESOURCES =
      Setting.inFile(
          "identities[].allowedResources",
          RESOURCE + ", or \"*\"",
          "The only resources it may be asked for; every one if left out.",
          Values::resource);

  public static final Setting<String> IDENTITY_PREFETCH =
      Setting.inFile(
          "identities[].prefetch",
          RESOURCE,
          "Resources to fetch at start and keep fresh.",
          Values::resource);

  /** Every row, in the order of the documentation. */
  public static final List<Setting<?>> ALL =
      List.of(
          CLIENT_ID,
          TENANT_ID,
          FEDERATED_TOKEN_FILE,
          AUTHORITY_HOST,
          CONFIG,
          LISTEN,
          ADMIN_LISTEN,
          ALLOW_REMOTE_PEERS,
          HOSTS,
          IDENTITY_HEADER,
          REQUIRE_SECRET,
          ALLOWED_UIDS,
          PREFETCH,
          CA_FILE,
          AUTHORITY_LISTEN,
          AUTHORITY_CA_FILE,
          AUTHORITY_STATE_FILE,
          AUTHORITY_CERT_FILE,
          AUTHORITY_KEY_FILE,
          INSTANCE_METADATA,
          LOG_FORMAT,
          LOG_LEVEL,
          MAX_KEYS,
          MAX_EXCHANGES,
          MAX_CONNECTIONS,
          EXCHANGE_TIMEOUT,
          WAIT_TIMEOUT,
          STARTUP_SPREAD,
          HTTPS_PROXY,
          NO_PROXY,
          TOKEN_PROXY,
          TOKEN_PROXY_SNI_NAME,
          TOKEN_PROXY_CA_FILE,
          TOKEN_PROXY_CA_DATA,
          DEFAULT_IDENTITY,
          IDENTITY_NAME,
          IDENTITY_CLIENT_ID,
          IDENTITY_TENANT_ID,
          IDENTITY_OBJECT_ID,
          IDENTITY_RESOURCE_ID,
          IDENTITY_ALLOWED_RESOURCES,
          IDENTITY_PREFETCH);

  private Settings() {}
}
