package dev.tokenbroker.inject;

import dev.tokenbroker.config.EnvironmentNames;
import dev.tokenbroker.config.HostPort;
import dev.tokenbroker.config.LogFormat;
import dev.tokenbroker.config.LogLevel;
import dev.tokenbroker.config.Setting;
import dev.tokenbroker.config.Suggestion;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The table of the webhook's settings; reads them from the environment and collects all problems.
 */
public final class InjectSettings {

  private static final Duration RELOAD_INTERVAL = Duration.ofSeconds(10);
  private static final String IMAGE_EXPECTED = "the image to put into pods";
  private static final String FILE_EXPECTED = "the path of a PEM file";

  static final Setting<String> IMAGE =
      Setting.inEnvironment(
          "INJECT_IMAGE", IMAGE_EXPECTED, "The broker's image. Required.", image -> image);

  static final Setting<String> REDIRECT_IMAGE =
      Setting.inEnvironment(
          "INJECT_REDIRECT_IMAGE",
          IMAGE_EXPECTED,
          "The image with nft for redirection. Required.",
          image -> image);

  static final Setting<HostPort> LISTEN =
      Setting.inEnvironment(
              "INJECT_LISTEN",
              "host:port, such as 0.0.0.0:8443",
              "Where the API server calls the webhook.",
              HostPort::parse)
          .withDefault("0.0.0.0:8443");

  static final Setting<Path> CERT_FILE =
      Setting.inEnvironment("INJECT_CERT_FILE", FILE_EXPECTED, "Certificate, PEM.", Path::of)
          .withDefault("/etc/token-broker/tls/tls.crt");

  static final Setting<Path> KEY_FILE =
      Setting.inEnvironment("INJECT_KEY_FILE", FILE_EXPECTED, "Its key, PEM.", Path::of)
          .withDefault("/etc/token-broker/tls/tls.key");

  static final Setting<InjectionMode> MODE =
      Setting.choice(
          "INJECT_MODE",
          InjectionMode.class,
          InjectionMode.STRICT,
          "strict or shared, for pods that name none.");

  static final Setting<String> CPU_REQUEST =
      quantity("INJECT_CPU_REQUEST", "CPU request of a broker.")
          .withDefault(ResourceRequirements.DEFAULT.cpuRequest());

  static final Setting<String> CPU_LIMIT =
      quantity("INJECT_CPU_LIMIT", "CPU limit of a broker; none if not set.");

  static final Setting<String> MEMORY_REQUEST =
      quantity("INJECT_MEMORY_REQUEST", "Memory request of a broker.")
          .withDefault(ResourceRequirements.DEFAULT.memoryRequest());

  static final Setting<String> MEMORY_LIMIT =
      quantity("INJECT_MEMORY_LIMIT", "Memory limit of a broker.")
          .withDefault(ResourceRequirements.DEFAULT.memoryLimit());

  static final Setting<LogFormat> LOG_FORMAT =
      Setting.choice("INJECT_LOG_FORMAT", LogFormat.class, LogFormat.TEXT, "text or json.")
          .inAnyCase();

  static final Setting<LogLevel> LOG_LEVEL =
      Setting.choice(
              "INJECT_LOG_LEVEL", LogLevel.class, LogLevel.INFO, "error, warn, info or debug.")
          .inAnyCase();

  /** Every row, in the order of the help. */
  public static final List<Setting<?>> ALL =
      List.of(
          IMAGE,
          REDIRECT_IMAGE,
          LISTEN,
          CERT_FILE,
          KEY_FILE,
          MODE,
          CPU_REQUEST,
          CPU_LIMIT,
          MEMORY_REQUEST,
          MEMORY_LIMIT,
          LOG_FORMAT,
          LOG_LEVEL);

  private final Map<String, String> environment;
  private final List<String> problems = new ArrayList<>();

  /** Reads nothing yet; an empty variable counts as not set. */
  public InjectSettings(Map<String, String> environment) {
    this.environment = environment;
  }

  private static Setting<String> quantity(String variable, String description) {
    return Setting.inEnvironment(
        variable, "a quantity such as 100m or 128Mi", description, ResourceRequirements::quantity);
  }

  /** The names of all variables that are read. */
  public static Set<String> variables() {
    return ALL.stream().map(InjectSettings::name).collect(Collectors.toUnmodifiableSet());
  }

  /** Returns the problems found so far, one line each. */
  public List<String> problems() {
    return List.copyOf(problems);
  }

  /** The options; of no use while there are problems. */
  public InjectServerOptions read() {
    refuseUnknown();
    HostPort listen = valueOrDefault(LISTEN);
    return new InjectServerOptions(
        listen.host(),
        listen.port(),
        valueOrDefault(CERT_FILE),
        valueOrDefault(KEY_FILE),
        RELOAD_INTERVAL,
        new InjectionOptions(
            required(IMAGE), required(REDIRECT_IMAGE), valueOrDefault(MODE), resources()));
  }

  public LogFormat logFormat() {
    return valueOrDefault(LOG_FORMAT);
  }

  public LogLevel logLevel() {
    return valueOrDefault(LOG_LEVEL);
  }

  private ResourceRequirements resources() {
    return new ResourceRequirements(
        valueOrDefault(CPU_REQUEST),
        value(CPU_LIMIT),
        valueOrDefault(MEMORY_REQUEST),
        valueOrDefault(MEMORY_LIMIT));
  }

  private void refuseUnknown() {
    Set<String> known = variables();
    for (String name : EnvironmentNames.unknown(environment, "INJECT_", known)) {
      // Its value is not shown: nobody knows what it is.
      problems.add(name + " is an unknown variable" + Suggestion.didYouMean(name, known));
    }
  }

  private String required(Setting<String> setting) {
    String text = text(setting);
    if (text.isBlank()) {
      problems.add(name(setting) + " is missing: " + setting.expected());
    }
    return text;
  }

  /** The value, or the default, also in place of a value that is a problem. */
  private <T> T valueOrDefault(Setting<T> setting) {
    return value(setting).orElseGet(() -> setting.parser().apply(setting.fallback().orElseThrow()));
  }

  private <T> Optional<T> value(Setting<T> setting) {
    String text = text(setting);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(setting.parser().apply(text));
    } catch (IllegalArgumentException e) {
      problems.add(name(setting) + " is \"" + text + "\" and should be " + setting.expected());
      return Optional.empty();
    }
  }

  private String text(Setting<?> setting) {
    return environment.getOrDefault(name(setting), "");
  }

  private static String name(Setting<?> setting) {
    return setting.variables().get(0);
  }
}
