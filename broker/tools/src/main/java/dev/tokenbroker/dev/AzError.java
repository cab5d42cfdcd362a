package dev.tokenbroker.dev;

import dev.tokenbroker.token.Aadsts;
import dev.tokenbroker.token.Remedy;
import dev.tokenbroker.token.TokenFailure;
import dev.tokenbroker.token.TokenFailure.Outlook;
import dev.tokenbroker.token.TokenFailure.Rejected;
import dev.tokenbroker.token.TokenFailure.Throttled;
import dev.tokenbroker.token.TokenFailure.Unavailable;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parses what az wrote to standard error.
 *
 * @param message its first line without {@code ERROR:} and Entra's ids
 * @param aadsts the AADSTS number, or 0
 * @param correlationId Entra's, or {@code none}
 * @param advice the {@code az login} line that it tells to run, if it tells one
 */
record AzError(String message, int aadsts, String correlationId, Optional<String> advice) {

  private static final int MAX_MESSAGE = 600;
  private static final Pattern NUMBER = Pattern.compile("AADSTS(\\d{4,9})");
  private static final Pattern IDS = Pattern.compile("\\s*Trace ID: .*");
  private static final Pattern CORRELATION = Pattern.compile("Correlation ID: ([0-9a-fA-F-]{36})");
  private static final Pattern ADVICE = Pattern.compile("(?m)^\\s*(az login\\b.{0,400})$");
  private static final Pattern LOGGED_OUT =
      Pattern.compile("(?i)az login|no subscription found|msal cache");
  private static final Pattern NO_NETWORK =
      Pattern.compile(
          "(?i)max retries exceeded|failed to establish|failed to resolve|getaddrinfo"
              + "|name resolution|name or service not known|connection (refused|reset|aborted)"
              + "|timed out|unreachable|proxyerror");

  /** No complaint holds a token; should one do so all the same, it goes no further. */
  private static final Pattern JWT =
      Pattern.compile("ey[A-Za-z0-9_-]{10,}(\\.[A-Za-z0-9_-]*){1,2}");

  static AzError of(String printed) {
    String text = JWT.matcher(printed).replaceAll("***");
    Matcher number = NUMBER.matcher(text);
    Matcher correlation = CORRELATION.matcher(text);
    Matcher advice = ADVICE.matcher(text);
    return new AzError(
        message(text),
        number.find() ? Integer.parseInt(number.group(1)) : 0,
        correlation.find() ? correlation.group(1) : "none",
        advice.find() ? Optional.of(advice.group(1).strip()) : Optional.empty());
  }

  private static String message(String text) {
    Optional<String> error = text.lines().filter(each -> each.startsWith("ERROR:")).findFirst();
    String line =
        error
            .or(() -> text.lines().filter(each -> !each.isBlank()).reduce((one, last) -> last))
            .orElse("az failed and did not say why");
    String said = IDS.matcher(line.replaceFirst("^ERROR:\\s*", "")).replaceAll("").strip();
    return said.length() <= MAX_MESSAGE ? said : said.substring(0, MAX_MESSAGE - 1) + "…";
  }

  /**
   * What it comes to.
   *
   * @param login the command that would log in as this broker needs it
   */
  TokenFailure failure(String login) {
    if (aadsts == 0 && NO_NETWORK.matcher(message).find()) {
      return new Unavailable("az cannot reach Entra: " + message, Optional.empty());
    }
    if (aadsts == 0 && (advice.isPresent() || LOGGED_OUT.matcher(message).find())) {
      return rejected(
          "login_required",
          Optional.of(
              Remedy.of("", "az is not logged in. Run:").withCommand(advice.orElse(login))));
    }
    Optional<Aadsts.Kind> kind = Aadsts.of(aadsts).map(Aadsts::kind);
    if (kind.filter(Aadsts.Kind.THROTTLED::equals).isPresent()) {
      return new Throttled("Entra throttles: " + message, Optional.empty());
    }
    if (kind.filter(Aadsts.Kind.TRANSIENT::equals).isPresent()) {
      return new Unavailable("Entra cannot answer now: " + message, Optional.empty());
    }
    return SignInError.of(aadsts)
        .map(known -> rejected(known, login))
        .orElseGet(
            () ->
                rejected(
                    aadsts == 0 ? "az_failed" : "invalid_grant",
                    advice.map(Remedy.of("", "If signing in again can help:")::withCommand)));
  }

  private Rejected rejected(SignInError known, String login) {
    Remedy remedy = known.remedy().withCommand(advice.orElse(login));
    return new Rejected(
        known.error, aadsts, message, correlationId, Optional.of(remedy), known.outlook);
  }

  private Rejected rejected(String error, Optional<Remedy> remedy) {
    return new Rejected(error, aadsts, message, correlationId, remedy, Outlook.PROPAGATING);
  }
}
