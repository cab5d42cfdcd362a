package dev.tokenbroker.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenbroker.config.IdentitiesConfig;
import dev.tokenbroker.config.IdentityConfig;
import dev.tokenbroker.token.AccessToken;
import dev.tokenbroker.token.TokenKey;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityDirectoryTest {

  private static final String AUTHORITY = "https://login.microsoftonline.com";
  private static final String ONE = "11111111-1111-1111-1111-11111111111a";
  private static final String TWO = "22222222-2222-2222-2222-22222222222b";
  private static final String OTHER = "99999999-9999-9999-9999-99999999999c";
  private static final String OBJECT = "0b1ec700-0000-0000-0000-00000000000d";
  private static final String RESOURCE_ID =
      "/subscriptions/5/resourcegroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/u";

  private final IdentityConfig one = identity("one", ONE);
  private final IdentityConfig two = identity("two", TWO);

  @Test
  void aRequestThatNamesNobodyMeansTheDefault() {
    assertThat(closed(one, two).resolve(new IdentitySelector.None())).isEqualTo(found("one", ONE));
  }

  @Test
  void withoutADefaultARequestMustNameSomebody() {
    IdentitiesConfig config =
        new IdentitiesConfig(List.of(one), Optional.empty(), Optional.empty());

    assertThat(new IdentityDirectory(config, AUTHORITY).resolve(new IdentitySelector.None()))
        .isEqualTo(new Resolution.NoDefault());
  }

  @Test
  void oneApplicationInTwoTenantsHasAListForEach() {
    IdentityConfig here = inTenant("here", "https://a");
    IdentityConfig there = inTenant("there", "https://b");
    IdentityDirectory directory = closed(here, there);
    Identity asDefault = new Identity("here", ONE, "here");

    assertThat(directory.resolve(new IdentitySelector.None()))
        .isEqualTo(new Resolution.Found(asDefault));
    assertThat(directory.allows(asDefault, "https://a")).isTrue();
    assertThat(directory.allows(asDefault, "https://b")).isFalse();
  }

  private static IdentityConfig inTenant(String tenant, String allowed) {
    return new IdentityConfig(
        tenant,
        ONE,
        tenant,
        Optional.empty(),
        Optional.empty(),
        Optional.of(List.of(allowed)),
        List.of());
  }

  @Test
  void aClientIdIsComparedWithoutCase() {
    assertThat(
            closed(one, two).resolve(new IdentitySelector.ByClientId(TWO.toUpperCase(Locale.ROOT))))
        .isEqualTo(found("two", TWO));
  }

  @Test
  void withIdentitiesConfiguredOnlyThoseAreServed() {
    assertThat(closed(one).resolve(new IdentitySelector.ByClientId(OTHER)))
        .isEqualTo(new Resolution.NotFound());
  }

  @Test
  void withoutConfiguredIdentitiesAnyGuidIsExchangedAsItself() {
    assertThat(open(one).resolve(new IdentitySelector.ByClientId(OTHER.toUpperCase(Locale.ROOT))))
        .isEqualTo(new Resolution.Found(new Identity(OTHER, OTHER, "tenant")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "default",
        "99999999-9999-9999-9999-99999999999",
        "99999999-9999-9999-9999-99999999999g",
        "99999999x9999-9999-9999-99999999999c",
        "{99999999-9999-9999-9999-9999999999}"
      })
  void whatIsNoGuidIsNeverExchanged(String clientId) {
    assertThat(open(one).resolve(new IdentitySelector.ByClientId(clientId)))
        .isEqualTo(new Resolution.NotFound());
  }

  @Test
  void configuredAliasesAreFoundWithoutCase() {
    IdentityConfig aliased =
        new IdentityConfig(
            "two",
            TWO,
            "tenant",
            Optional.of(OBJECT),
            Optional.of(RESOURCE_ID),
            Optional.empty(),
            List.of());
    IdentityDirectory directory = closed(one, aliased);

    assertThat(directory.resolve(new IdentitySelector.ByObjectId(OBJECT.toUpperCase(Locale.ROOT))))
        .isEqualTo(found("two", TWO));
    assertThat(
            directory.resolve(
                new IdentitySelector.ByResourceId(RESOURCE_ID.toUpperCase(Locale.ROOT))))
        .isEqualTo(found("two", TWO));
  }

  @Test
  void onlyIdentitiesWhoseIdIsNotKnownAreCandidates() {
    IdentityConfig aliased =
        new IdentityConfig(
            "two",
            TWO,
            "tenant",
            Optional.of(OBJECT),
            Optional.empty(),
            Optional.empty(),
            List.of());

    assertThat(closed(one, aliased).resolve(new IdentitySelector.ByObjectId(OTHER)))
        .isEqualTo(new Resolution.Unlearned(List.of(new Identity("one", ONE, "tenant"))));
  }

  @Test
  void aTokenTeachesTheObjectIdAndTheResourceId() {
    IdentityDirectory directory = closed(one, two);

    directory.learn(
        key(TWO), Tokens.jwt("{\"oid\":\"" + OBJECT + "\",\"xms_mirid\":\"" + RESOURCE_ID + "\"}"));

    assertThat(directory.resolve(new IdentitySelector.ByObjectId(OBJECT)))
        .isEqualTo(found("two", TWO));
    assertThat(
            directory.resolve(
                new IdentitySelector.ByResourceId(RESOURCE_ID.toLowerCase(Locale.ROOT))))
        .isEqualTo(found("two", TWO));
  }

  @Test
  void onceAllIsLearnedAnUnknownIdIsNotFound() {
    IdentityDirectory directory = closed(one);

    directory.learn(key(ONE), Tokens.of(OBJECT));

    assertThat(directory.resolve(new IdentitySelector.ByObjectId(OTHER)))
        .isEqualTo(new Resolution.NotFound());
    // An application has no resource id: nothing is left to learn about it.
    assertThat(directory.resolve(new IdentitySelector.ByResourceId(RESOURCE_ID)))
        .isEqualTo(new Resolution.NotFound());
  }

  @ParameterizedTest
  @ValueSource(strings = {"opaque", "a.b", "a.!!.c", "..", "a.bm8ganNvbg.c", "a.W10.c", "a.e30.c"})
  void aTokenThatIsNoJwtTeachesNothing(String value) {
    IdentityDirectory directory = closed(one);

    directory.learn(key(ONE), Tokens.opaque(value));

    assertThat(directory.resolve(new IdentitySelector.ByObjectId(OBJECT)))
        .isInstanceOf(Resolution.Unlearned.class);
  }

  @Test
  void claimsOfAnotherTypeTeachNothing() {
    IdentityDirectory directory = closed(one);

    directory.learn(key(ONE), Tokens.jwt("{\"oid\":5,\"xms_mirid\":{}}"));

    assertThat(directory.resolve(new IdentitySelector.ByObjectId("5")))
        .isInstanceOf(Resolution.Unlearned.class);
  }

  @Test
  void whatTheOperatorConfiguredIsNotOverruledByAToken() {
    IdentityConfig aliased =
        new IdentityConfig(
            "one",
            ONE,
            "tenant",
            Optional.of(OBJECT),
            Optional.empty(),
            Optional.empty(),
            List.of());
    IdentityDirectory directory = closed(aliased);

    directory.learn(key(ONE), Tokens.of(OTHER));

    assertThat(directory.resolve(new IdentitySelector.ByObjectId(OBJECT)))
        .isEqualTo(found("one", ONE));
    assertThat(directory.resolve(new IdentitySelector.ByObjectId(OTHER)))
        .isEqualTo(new Resolution.NotFound());
  }

  @Test
  void aLaterTokenMayTeachAnotherObjectId() {
    IdentityDirectory directory = closed(one);
    AccessToken first = Tokens.of(OBJECT);
    AccessToken later =
        new AccessToken(
            Tokens.of(OTHER).value(),
            first.issuedAt().plusSeconds(60),
            first.expiresAt(),
            Optional.empty());

    directory.learn(key(ONE), first);
    directory.learn(key(ONE), later);

    assertThat(directory.resolve(new IdentitySelector.ByObjectId(OTHER)))
        .isEqualTo(found("one", ONE));
    assertThat(directory.resolve(new IdentitySelector.ByObjectId(OBJECT)))
        .isEqualTo(new Resolution.NotFound());
  }

  @Test
  void idsOfOpenClientIdsAreLearnedTooAndTheOldestAreForgotten() {
    IdentityDirectory directory = open();
    for (int i = 0; i <= IdentityDirectory.MAX_OPEN; i++) {
      directory.learn(key(openClientId(i)), Tokens.of("object-" + i));
    }

    assertThat(directory.resolve(new IdentitySelector.ByObjectId("object-1")))
        .isEqualTo(found(openClientId(1), openClientId(1)));
    assertThat(directory.resolve(new IdentitySelector.ByObjectId("object-0")))
        .isEqualTo(new Resolution.NotFound());
  }

  @Test
  void tokensOfForeignClientsTeachNothingWhenIdentitiesAreConfigured() {
    IdentityDirectory directory = closed(one);
    directory.learn(key(ONE), Tokens.of(OBJECT));

    directory.learn(key(OTHER), Tokens.of("foreign"));

    assertThat(directory.resolve(new IdentitySelector.ByObjectId("foreign")))
        .isEqualTo(new Resolution.NotFound());
  }

  @Test
  void anIdentityMayBeAskedForItsAllowedResourcesAndNoOther() {
    IdentityDirectory directory = closed(restricted("https://vault.azure.net"));
    Identity identity = new Identity("one", ONE, "tenant");

    assertThat(directory.allows(identity, "https://vault.azure.net")).isTrue();
    // The same token by its scope, so the same answer.
    assertThat(directory.allows(identity, "https://vault.azure.net/.default")).isTrue();
    assertThat(directory.allows(identity, "https://vault.azure.net/")).isTrue();
    assertThat(directory.allows(identity, "https://vault.azure.net//")).isFalse();
    assertThat(directory.allows(identity, "https://VAULT.azure.net")).isFalse();
    assertThat(directory.allows(identity, "https://management.azure.com")).isFalse();
  }

  @Test
  void aStarAllowsEveryResourceAndAnEmptyListNone() {
    Identity identity = new Identity("one", ONE, "tenant");

    assertThat(closed(restricted("*")).allows(identity, "https://vault.azure.net")).isTrue();
    assertThat(closed(restricted()).allows(identity, "https://vault.azure.net")).isFalse();
    assertThat(closed(one).allows(identity, "https://vault.azure.net")).isTrue();
  }

  @Test
  void theKeyHoldsTheScopeOfTheResource() {
    Identity identity = new Identity("one", ONE, "tenant");

    assertThat(closed(one).keyFor(identity, "https://database.windows.net/"))
        .isEqualTo(
            new TokenKey(AUTHORITY, "tenant", ONE, "https://database.windows.net//.default"));
  }

  private static String openClientId(int i) {
    return String.format("00000000-0000-0000-0000-%012d", i);
  }

  private static TokenKey key(String clientId) {
    return new TokenKey(AUTHORITY, "tenant", clientId, "r/.default");
  }

  private static Resolution found(String name, String clientId) {
    return new Resolution.Found(new Identity(name, clientId, "tenant"));
  }

  private static IdentityConfig identity(String name, String clientId) {
    return new IdentityConfig(
        name, clientId, "tenant", Optional.empty(), Optional.empty(), Optional.empty(), List.of());
  }

  private static IdentityConfig restricted(String... resources) {
    return new IdentityConfig(
        "one",
        ONE,
        "tenant",
        Optional.empty(),
        Optional.empty(),
        Optional.of(List.of(resources)),
        List.of());
  }

  private static IdentityDirectory closed(IdentityConfig... known) {
    return new IdentityDirectory(
        new IdentitiesConfig(List.of(known), Optional.of(known[0]), Optional.empty()), AUTHORITY);
  }

  private static IdentityDirectory open(IdentityConfig... known) {
    return new IdentityDirectory(
        new IdentitiesConfig(
            List.of(known), List.of(known).stream().findFirst(), Optional.of("tenant")),
        AUTHORITY);
  }
}
