package dev.tokenbroker.endpoint;

import dev.tokenbroker.identity.IdentitySelector;
import dev.tokenbroker.token.AccessToken;
import dev.tokenbroker.token.TokenKey;
import dev.tokenbroker.util.Sha256;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Reads a {@link TokenRequest} from a query or a form. The parameters are those of all dialects
 * taken together: clients mix them up. Whatever is not listed here is ignored; a name that can only
 * be meant as a selector is {@linkplain UnknownSelector remembered}.
 */
public final class TokenRequestParser {

  private record SelectorName(String name, Function<String, IdentitySelector.Named> selector) {}

  private static final List<SelectorName> SELECTOR_NAMES =
      List.of(
          new SelectorName("client_id", IdentitySelector.ByClientId::new),
          new SelectorName("clientid", IdentitySelector.ByClientId::new),
          new SelectorName("object_id", IdentitySelector.ByObjectId::new),
          new SelectorName("principal_id", IdentitySelector.ByObjectId::new),
          new SelectorName("mi_res_id", IdentitySelector.ByResourceId::new),
          new SelectorName("msi_res_id", IdentitySelector.ByResourceId::new),
          new SelectorName("msi-res-id", IdentitySelector.ByResourceId::new),
          new SelectorName("resource_id", IdentitySelector.ByResourceId::new));

  /** Longer than any application id URI and any Azure resource id. */
  public static final int MAX_VALUE_CHARS = 512;

  private static final int SHA256_HEX_DIGITS = 64;

  private static final ErrorResponse NO_RESOURCE =
      ErrorResponse.invalid("Required parameter 'resource' is missing");
  private static final ErrorResponse TWO_RESOURCES =
      ErrorResponse.invalid("Parameter 'resource' is given more than once");
  private static final ErrorResponse BAD_RESOURCE =
      ErrorResponse.invalid(
          "Parameter 'resource' must be 1 to 512 printable ASCII characters, no space");
  private static final ErrorResponse BAD_HASH =
      ErrorResponse.invalid("Parameter 'token_sha256_to_refresh' must be 64 hexadecimal digits");
  private static final ErrorResponse BAD_SELECTOR =
      ErrorResponse.invalid("The identity's id is not valid: too long, or broken URL encoding");
  private static final ErrorResponse TWO_SELECTORS =
      ErrorResponse.invalid(
          "More than one identity is named: give one of client_id, object_id, mi_res_id");

  private Optional<String> resource = Optional.empty();
  private IdentitySelector selector = new IdentitySelector.None();
  private Optional<UnknownSelector> unknown = Optional.empty();
  private boolean claimsChallenges;
  private Optional<Predicate<AccessToken>> revoked = Optional.empty();

  private TokenRequestParser() {}

  static ParsedRequest parse(String parameters) {
    TokenRequestParser parser = new TokenRequestParser();
    UrlEncoded pairs = new UrlEncoded(parameters);
    while (pairs.next()) {
      Optional<ErrorResponse> error = parser.take(pairs);
      if (error.isPresent()) {
        return error.get();
      }
    }
    return parser.resource.isPresent()
        ? new TokenRequest(
            parser.resource.get(),
            TokenKey.scopeOf(parser.resource.get()),
            parser.selector,
            parser.unknown,
            parser.claimsChallenges,
            parser.revoked)
        : NO_RESOURCE;
  }

  private Optional<ErrorResponse> take(UrlEncoded pair) {
    if (pair.nameIs("resource")) {
      return takeResource(pair.value());
    }
    if (pair.nameIs("xms_cc")) {
      claimsChallenges = pair.value().filter(TokenRequestParser::namesCp1).isPresent();
      return Optional.empty();
    }
    if (pair.nameIs("token_sha256_to_refresh")) {
      revoked = pair.value().flatMap(TokenRequestParser::hasHash);
      return revoked.isPresent() ? Optional.empty() : Optional.of(BAD_HASH);
    }
    for (SelectorName known : SELECTOR_NAMES) {
      if (pair.nameIs(known.name())) {
        return takeSelector(pair.value(), known.selector());
      }
    }
    unknown = unknown.or(() -> UnknownSelector.of(pair));
    return Optional.empty();
  }

  private Optional<ErrorResponse> takeResource(Optional<String> value) {
    if (resource.isPresent()) {
      return Optional.of(TWO_RESOURCES);
    }
    if (value.isPresent() && value.get().isEmpty()) {
      return Optional.of(NO_RESOURCE);
    }
    resource = value.filter(TokenRequestParser::isResource);
    return resource.isPresent() ? Optional.empty() : Optional.of(BAD_RESOURCE);
  }

  /** The capabilities are a comma-separated list; {@code cp1} is the only one there is so far. */
  private static boolean namesCp1(String capabilities) {
    return List.of(capabilities.split(",", -1)).contains("cp1");
  }

  /**
   * Tells the token that the resource has turned away by its SHA-256, so that the caller need not
   * send it again. Nothing if the text is not 64 hexadecimal digits.
   *
   * <p>Source: MSAL.NET, "Claims challenge in managed identity" ({@code token_sha256_to_refresh}).
   */
  private static Optional<Predicate<AccessToken>> hasHash(String hex) {
    if (hex.length() != SHA256_HEX_DIGITS || !hex.chars().allMatch(HexFormat::isHexDigit)) {
      return Optional.empty();
    }
    byte[] hash = HexFormat.of().parseHex(hex);
    return Optional.of(token -> Arrays.equals(hash, Sha256.of(token.value())));
  }

  public static boolean isResource(String value) {
    return value.length() <= MAX_VALUE_CHARS && value.chars().allMatch(c -> c > ' ' && c < 0x7f);
  }

  /** An empty selector counts as absent: MSAL Go sends {@code clientid=}. */
  private Optional<ErrorResponse> takeSelector(
      Optional<String> value, Function<String, IdentitySelector.Named> selectorOf) {
    if (value.isEmpty() || value.get().length() > MAX_VALUE_CHARS) {
      return Optional.of(BAD_SELECTOR);
    }
    if (value.get().isEmpty()) {
      return Optional.empty();
    }
    IdentitySelector.Named named = selectorOf.apply(value.get());
    if (selector instanceof IdentitySelector.Named earlier && !same(earlier, named)) {
      return Optional.of(TWO_SELECTORS);
    }
    selector = named;
    return Optional.empty();
  }

  private static boolean same(IdentitySelector.Named one, IdentitySelector.Named other) {
    return one.getClass() == other.getClass() && one.id().equalsIgnoreCase(other.id());
  }
}
