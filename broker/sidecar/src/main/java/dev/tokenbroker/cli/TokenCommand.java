package dev.tokenbroker.cli;

import dev.tokenbroker.assembly.OneShotExchange;
import dev.tokenbroker.assembly.TokenOrigin;
import dev.tokenbroker.config.BrokerConfig;
import dev.tokenbroker.config.IdentityConfig;
import dev.tokenbroker.logging.Unprintable;
import dev.tokenbroker.token.AccessToken;
import dev.tokenbroker.token.Guid;
import dev.tokenbroker.token.PosixShell;
import dev.tokenbroker.token.TokenFailure;
import dev.tokenbroker.token.TokenFailureException;
import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code token}: one exchange, the token on standard output. */
@Command(
    name = "token",
    header = "Get one token from Entra, without a running broker, and print it.",
    synopsisHeading = "%nUsage:%n",
    customSynopsis =
        "  token-broker token --resource R [--client-id C] [--output json|raw|env|odbc]",
    optionListHeading = "%nOptions:%n",
    sortOptions = false,
    footerHeading = "%nExample:%n",
    footer = {"  eval \"$(token-broker token --resource https://vault.azure.net --output env)\""})
final class TokenCommand implements Subcommand {

  /** How a token is printed. */
  enum Output {
    JSON,
    RAW,
    ENV,
    ODBC;

    /** As the option names it. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Terminal terminal;
  private final TokenOrigin entra;
  private final Clock clock;

  @Option(
      names = "--resource",
      paramLabel = "R",
      description = "What the token is for, such as https://vault.azure.net.")
  private Optional<String> resource = Optional.empty();

  @Option(
      names = "--client-id",
      paramLabel = "C",
      converter = ClientId.class,
      description = "The identity; without it the default identity.")
  private Optional<String> clientId = Optional.empty();

  @Option(
      names = "--output",
      paramLabel = "O",
      description = {
        "json: the body IMDS would give (default); raw: the token alone;",
        "env: lines for eval that set ACCESS_TOKEN and its expiry;",
        "odbc: the bytes of SQL_COPT_SS_ACCESS_TOKEN."
      })
  private Output output = Output.JSON;

  TokenCommand(CliContext context) {
    terminal = context.terminal();
    entra = context.entra();
    clock = context.clock();
  }

  /** A client id, lower case. */
  static final class ClientId implements ITypeConverter<String> {

    @Override
    public String convert(String text) {
      if (!Guid.isGuid(text)) {
        throw new TypeConversionException("must be a GUID, not " + CommandTree.quote(text));
      }
      return Guid.parse(text);
    }
  }

  @Override
  public void validate() {
    if (resource.isEmpty()) {
      throw new MisusedException("--resource is needed");
    }
  }

  @Override
  public Optional<ExitCode> run() {
    return Optional.of(Configuration.load(terminal).map(this::run).orElse(ExitCode.USAGE));
  }

  private ExitCode run(BrokerConfig config) {
    Optional<String> asked =
        clientId.or(() -> config.identities().defaultIdentity().map(IdentityConfig::clientId));
    if (asked.isEmpty()) {
      terminal.err().println("token: there is no default identity, so --client-id is needed");
      return ExitCode.USAGE;
    }
    String wanted = resource.orElseThrow();
    try {
      AccessToken token = new OneShotExchange(config, entra).token(clientId, wanted);
      return print(text(output, asked.get(), wanted, token, clock.instant()));
    } catch (TokenFailureException e) {
      complain(e.failure());
      return ExitCode.FAILED;
    }
  }

  private ExitCode print(byte[] bytes) {
    terminal.out().write(bytes, 0, bytes.length);
    // A full disk or a closed pipe: the caller must not take half a token for one.
    if (terminal.out().checkError()) {
      terminal.err().println("token: cannot write to standard output");
      return ExitCode.FAILED;
    }
    return ExitCode.OK;
  }

  private void complain(TokenFailure failure) {
    complain("token: " + failure.message());
    if (failure instanceof TokenFailure.Rejected rejected) {
      if (!rejected.hint().isEmpty()) {
        complain(rejected.hint());
      }
      complain("Correlation id: " + rejected.correlationId());
    }
  }

  /** What Entra or a file said must not steer the terminal. */
  private void complain(String line) {
    terminal.err().println(Unprintable.escapeAll(line));
  }

  private static byte[] text(
      Output output, String clientId, String resource, AccessToken token, Instant now) {
    return switch (output) {
      case JSON -> line(json(clientId, resource, token, now));
      case RAW -> line(token.value());
      case ENV -> line(env(token));
      case ODBC -> odbc(token);
    };
  }

  private static byte[] line(String text) {
    return (text + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /**
   * The ACCESSTOKEN structure: the number of bytes as four little-endian bytes, then the token in
   * UTF-16, little endian.
   *
   * <p>Source: Microsoft ODBC Driver for SQL Server, "Using Microsoft Entra ID", {@code
   * SQL_COPT_SS_ACCESS_TOKEN}.
   */
  private static byte[] odbc(AccessToken token) {
    byte[] text = token.value().getBytes(StandardCharsets.UTF_16LE);
    return ByteBuffer.allocate(Integer.BYTES + text.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(text.length)
        .put(text)
        .array();
  }

  /** The body that IMDS gives: one line, every value a string, in IMDS's order. */
  private static String json(String clientId, String resource, AccessToken token, Instant now) {
    String expiresIn = Long.toString(token.expiresIn(now.toEpochMilli()));
    return new JsonObject()
        .put("access_token", token.value())
        .put("client_id", clientId)
        .put("expires_in", expiresIn)
        .put("expires_on", Long.toString(token.expiresAt().getEpochSecond()))
        .put("ext_expires_in", expiresIn)
        .put("not_before", Long.toString(token.issuedAt().getEpochSecond()))
        .put("resource", resource)
        .put("token_type", "Bearer")
        .encode();
  }

  /** Lines for a POSIX shell's {@code eval}. */
  private static String env(AccessToken token) {
    return "export ACCESS_TOKEN="
        + PosixShell.quoted(token.value())
        + "\nexport ACCESS_TOKEN_EXPIRES_ON="
        + PosixShell.quoted(Long.toString(token.expiresAt().getEpochSecond()))
        + "\nexport ACCESS_TOKEN_EXPIRES_AT="
        + PosixShell.quoted(token.expiresAt().toString());
  }
}
