package dev.tokenbroker.cli;

import dev.tokenbroker.config.Setting;
import dev.tokenbroker.config.Settings;
import dev.tokenbroker.inject.InjectSettings;
import java.util.List;

/** The settings as the help lists them. */
final class SettingsHelp {

  private static final String TEXT =
      """
      Environment variables (default in brackets):
      %s
      The file that BROKER_CONFIG names has the same settings under names like "logLevel",
      and a list of identities: see docs/configuration.md.

      Example:
        BROKER_LOG_FORMAT=json BROKER_LOG_LEVEL=debug token-broker
      """;

  private SettingsHelp() {}

  static String text() {
    return TEXT.formatted(String.join("\n", rows(Settings.ALL)) + "\n");
  }

  /** A row for each of those most often needed. */
  static List<String> common() {
    return rows(
        List.of(
            Settings.CLIENT_ID,
            Settings.TENANT_ID,
            Settings.FEDERATED_TOKEN_FILE,
            Settings.AUTHORITY_HOST,
            Settings.CONFIG,
            Settings.LISTEN,
            Settings.ADMIN_LISTEN,
            Settings.PREFETCH));
  }

  /** A row for each of the webhook's. */
  static List<String> webhook() {
    return rows(InjectSettings.ALL);
  }

  private static List<String> rows(List<Setting<?>> settings) {
    return settings.stream()
        .filter(setting -> !setting.variables().isEmpty())
        .map(SettingsHelp::row)
        .toList();
  }

  private static String row(Setting<?> setting) {
    String name = setting.variables().get(0);
    return "  "
        + name
        + " ".repeat(30 - name.length())
        + setting.description()
        + setting.fallback().map(value -> " [" + value + "]").orElse("");
  }
}
