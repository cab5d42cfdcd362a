package dev.tokenbroker.endpoint;

import dev.tokenbroker.identity.Selector;
import dev.tokenbroker.token.AccessToken;
import dev.tokenbroker.token.TokenKey;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Reads a {@link Question} from a query or a form. The parameters are those of all dialects taken
 * together: clients mix them up. Whatever is not listed here is ignored; a name that can only be
 * meant as a selector is {@linkplain StraySelector remembered}.
 */
final class QuestionParser {

  private record SelectorName(String name, Function<String, Selector> selector) {}

  private static final List<SelectorName> SELECTOR_NAMES =
      List.of(
          new SelectorName("client_id", Selector.ByClientId::new),
          new SelectorName("clientid", Selector.ByClientId::new),
          new SelectorName("object_id", Selector.ByObjectId::new),
          new SelectorName("principal_id", Selector.ByObjectId::new),
          new SelectorName("mi_res_id", Selector.ByResourceId::new),
          new SelectorName("msi_res_id", Selector.ByResourceId::new),
          new SelectorName("msi-res-id", Selector.ByResourceId::new),
          new SelectorName("resource_id", Selector.ByResourceId::new));

  /** Longer than any application id URI and any Azure resource id. */
  static final int MAX_VALUE_CHARS = 512;

  private static final Refusal NO_RESOURCE =
      Refusal.invalid("Required parameter 'resource' is missing");
  private static final Refusal TWO_RESOURCES =
      Refusal.invalid("Parameter 'resource' is given more than once");
  private static final Refusal BAD_RESOURCE =
      Refusal.invalid("Parameter 'resource' must be 1 to 512 printable ASCII characters, no space");
  private static final Refusal BAD_HASH =
      Refusal.invalid("Parameter 'token_sha256_to_refresh' must be 64 hexadecimal digits");
  private static final Refusal BAD_SELECTOR =
      Refusal.invalid("The identity's id is not valid: too long, or broken URL encoding");
  private static final Refusal TWO_SELECTORS =
      Refusal.invalid(
          "More than one identity is named: give one of client_id, object_id, mi_res_id");

  private Optional<String> resource = Optional.empty();
  private Selector selector = new Selector.None();
  private Optional<StraySelector> stray = Optional.empty();
  private boolean claimsChallenges;
  private Optional<Predicate<AccessToken>> revoked = Optional.empty();

  private QuestionParser() {}

  static Asked parse(String parameters) {
    QuestionParser parser = new QuestionParser();
    UrlEncoded pairs = new UrlEncoded(parameters);
    while (pairs.next()) {
      Optional<Refusal> refused = parser.take(pairs);
      if (refused.isPresent()) {
        return refused.get();
      }
    }
    return parser.resource.isPresent()
        ? new Question(
            parser.resource.get(),
            TokenKey.scopeOf(parser.resource.get()),
            parser.selector,
            parser.stray,
            parser.claimsChallenges,
            parser.revoked)
        : NO_RESOURCE;
  }

  private Optional<Refusal> take(UrlEncoded pair) {
    if (pair.nameIs("resource")) {
      return takeResource(pair.value());
    }
    if (pair.nameIs("xms_cc")) {
      claimsChallenges = pair.value().filter(QuestionParser::namesCp1).isPresent();
      return Optional.empty();
    }
    if (pair.nameIs("token_sha256_to_refresh")) {
      revoked = pair.value().flatMap(TokenHash::parse).map(hash -> hash::isOf);
      return revoked.isPresent() ? Optional.empty() : Optional.of(BAD_HASH);
    }
    for (SelectorName known : SELECTOR_NAMES) {
      if (pair.nameIs(known.name())) {
        return takeSelector(pair.value(), known.selector());
      }
    }
    stray = stray.or(() -> StraySelector.of(pair));
    return Optional.empty();
  }

  private Optional<Refusal> takeResource(Optional<String> value) {
    if (resource.isPresent()) {
      return Optional.of(TWO_RESOURCES);
    }
    if (value.isPresent() && value.get().isEmpty()) {
      return Optional.of(NO_RESOURCE);
    }
    resource = value.filter(QuestionParser::isResource);
    return resource.isPresent() ? Optional.empty() : Optional.of(BAD_RESOURCE);
  }

  /** The capabilities are a comma-separated list; {@code cp1} is the only one there is so far. */
  private static boolean namesCp1(String capabilities) {
    return List.of(capabilities.split(",", -1)).contains("cp1");
  }

  static boolean isResource(String value) {
    return value.length() <= MAX_VALUE_CHARS && value.chars().allMatch(c -> c > ' ' && c < 0x7f);
  }

  /** An empty selector counts as absent: MSAL Go sends {@code clientid=}. */
  private Optional<Refusal> takeSelector(
      Optional<String> value, Function<String, Selector> selectorOf) {
    if (value.isEmpty() || value.get().length() > MAX_VALUE_CHARS) {
      return Optional.of(BAD_SELECTOR);
    }
    if (value.get().isEmpty()) {
      return Optional.empty();
    }
    Selector named = selectorOf.apply(value.get());
    if (!(selector instanceof Selector.None) && !same(selector, named)) {
      return Optional.of(TWO_SELECTORS);
    }
    selector = named;
    return Optional.empty();
  }

  private static boolean same(Selector one, Selector other) {
    return one.getClass() == other.getClass() && one.id().equalsIgnoreCase(other.id());
  }
}
