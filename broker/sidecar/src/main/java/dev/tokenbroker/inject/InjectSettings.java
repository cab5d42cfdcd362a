package dev.tokenbroker.inject;

import dev.tokenbroker.config.HostPort;
import dev.tokenbroker.config.LogFormat;
import dev.tokenbroker.config.LogLevel;
import dev.tokenbroker.config.ServiceLink;
import dev.tokenbroker.config.Suggestion;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** Reads the webhook's settings from the environment and collects all that is wrong with them. */
public final class InjectSettings {

  private static final Duration RELOAD_INTERVAL = Duration.ofSeconds(10);

  private static final Set<String> VARIABLES =
      Set.of(
          "INJECT_LISTEN",
          "INJECT_CERT_FILE",
          "INJECT_KEY_FILE",
          "INJECT_IMAGE",
          "INJECT_REDIRECT_IMAGE",
          "INJECT_MODE",
          "INJECT_LOG_FORMAT",
          "INJECT_LOG_LEVEL",
          "INJECT_CPU_REQUEST",
          "INJECT_CPU_LIMIT",
          "INJECT_MEMORY_REQUEST",
          "INJECT_MEMORY_LIMIT");

  private final Map<String, String> environment;
  private final List<String> problems = new ArrayList<>();

  public InjectSettings(Map<String, String> environment) {
    this.environment = environment;
  }

  /** The names of all variables that are read. */
  public static Set<String> variables() {
    return VARIABLES;
  }

  /** What is wrong, one line each; fill it by {@link #read}. */
  public List<String> problems() {
    return List.copyOf(problems);
  }

  /** The options; of no use while there are problems. */
  public InjectServerOptions read() {
    refuseUnknown();
    HostPort listen =
        value("INJECT_LISTEN", "host:port, such as 0.0.0.0:8443", HostPort::parse)
            .orElseGet(() -> new HostPort("0.0.0.0", 8443));
    return new InjectServerOptions(
        listen.host(),
        listen.port(),
        file("INJECT_CERT_FILE", "/etc/token-broker/tls/tls.crt"),
        file("INJECT_KEY_FILE", "/etc/token-broker/tls/tls.key"),
        RELOAD_INTERVAL,
        new InjectionOptions(
            image("INJECT_IMAGE"),
            image("INJECT_REDIRECT_IMAGE"),
            value("INJECT_MODE", "strict or shared", InjectSettings::mode).orElse(Mode.STRICT),
            resources()));
  }

  private void refuseUnknown() {
    new TreeMap<>(environment)
        .forEach(
            (name, value) -> {
              if (name.startsWith("INJECT_")
                  && !VARIABLES.contains(name)
                  && !ServiceLink.is(name, value)) {
                // Its value is not shown: nobody knows what it is.
                problems.add(
                    name + " is an unknown variable" + Suggestion.didYouMean(name, VARIABLES));
              }
            });
  }

  public LogFormat logFormat() {
    return value("INJECT_LOG_FORMAT", "text or json", text -> LogFormat.valueOf(upper(text)))
        .orElse(LogFormat.TEXT);
  }

  public LogLevel logLevel() {
    return value(
            "INJECT_LOG_LEVEL", "error, warn, info or debug", text -> LogLevel.valueOf(upper(text)))
        .orElse(LogLevel.INFO);
  }

  private static String upper(String text) {
    return text.toUpperCase(Locale.ROOT);
  }

  private Resources resources() {
    Resources fallback = Resources.DEFAULT;
    return new Resources(
        quantity("INJECT_CPU_REQUEST").orElse(fallback.cpuRequest()),
        quantity("INJECT_CPU_LIMIT"),
        quantity("INJECT_MEMORY_REQUEST").orElse(fallback.memoryRequest()),
        quantity("INJECT_MEMORY_LIMIT").orElse(fallback.memoryLimit()));
  }

  private Optional<String> quantity(String name) {
    return value(name, "a quantity such as 100m or 128Mi", Resources::quantity);
  }

  private String image(String name) {
    if (environment.getOrDefault(name, "").isBlank()) {
      problems.add(name + " is missing: the image to put into pods");
    }
    return environment.getOrDefault(name, "");
  }

  private Path file(String name, String fallback) {
    return value(name, "the path of a PEM file", Path::of).orElseGet(() -> Path.of(fallback));
  }

  private static Mode mode(String text) {
    return switch (text) {
      case "strict" -> Mode.STRICT;
      case "shared" -> Mode.SHARED;
      default -> throw new IllegalArgumentException(text);
    };
  }

  private <T> Optional<T> value(String name, String expected, Function<String, T> parse) {
    String text = environment.getOrDefault(name, "");
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(parse.apply(text));
    } catch (IllegalArgumentException e) {
      problems.add(name + " is \"" + text + "\" and should be " + expected);
      return Optional.empty();
    }
  }
}
