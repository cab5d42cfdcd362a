package dev.tokenbroker.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds out on whose behalf the broker asks: the identities of the file, or the environment's. */
final class IdentitiesLoader {

  private static final String FROM_ENVIRONMENT = "default";

  private final SettingsReader given;
  private final List<Problem> problems;

  IdentitiesLoader(SettingsReader given, List<Problem> problems) {
    this.given = given;
    this.problems = problems;
  }

  /** All identities; some are left out if they have a problem. */
  IdentitiesConfig load() {
    Optional<String> clientId = given.one(Settings.CLIENT_ID);
    List<String> prefetch = given.many(Settings.PREFETCH).orElse(List.of());
    Optional<Integer> count = given.file().size("identities");
    return count.isPresent()
        ? configured(count.get(), clientId, prefetch)
        : single(clientId, prefetch);
  }

  private IdentitiesConfig single(Optional<String> clientId, List<String> prefetch) {
    String hint = "; the azwi webhook sets it, as it sets AZURE_FEDERATED_TOKEN_FILE";
    Optional<String> tenant = given.required(Settings.TENANT_ID, hint);
    if (!given.isSet(Settings.CLIENT_ID)) {
      refusePrefetchOfNobody("AZURE_CLIENT_ID to be set as well, to say whose tokens");
    }
    knownDefault(List.of(FROM_ENVIRONMENT));
    List<IdentityConfig> known = new ArrayList<>();
    if (clientId.isPresent() && tenant.isPresent()) {
      known.add(
          new IdentityConfig(
              FROM_ENVIRONMENT,
              clientId.get(),
              tenant.get(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              prefetch));
    }
    return new IdentitiesConfig(known, known.stream().findFirst(), tenant);
  }

  private IdentitiesConfig configured(int count, Optional<String> clientId, List<String> prefetch) {
    Optional<String> tenant = given.one(Settings.TENANT_ID);
    IdentityReader reader = new IdentityReader(given, problems);
    List<IdentityConfig> known = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      reader.read(i, tenant).ifPresent(known::add);
    }
    if (known.size() < count) {
      // Which one is the default can only be told when all are right.
      return new IdentitiesConfig(known, Optional.empty(), Optional.empty());
    }
    Optional<String> name = knownDefault(known.stream().map(IdentityConfig::name).toList());
    Optional<IdentityConfig> chosen =
        given.isSet(Settings.DEFAULT_IDENTITY)
            ? known.stream().filter(i -> name.equals(Optional.of(i.name()))).findFirst()
            : chosen(known, clientId, tenant);
    if (chosen.isEmpty()) {
      refusePrefetchOfNobody("defaultIdentity to be set as well, to say whose tokens");
      return new IdentitiesConfig(known, Optional.empty(), Optional.empty());
    }
    IdentityConfig fetching = withPrefetch(chosen.get(), prefetch);
    known.replaceAll(identity -> identity.equals(chosen.get()) ? fetching : identity);
    return new IdentitiesConfig(known, Optional.of(fetching), Optional.empty());
  }

  /** The default if none is named: the one of AZURE_CLIENT_ID, else the only one there is. */
  private static Optional<IdentityConfig> chosen(
      List<IdentityConfig> known, Optional<String> clientId, Optional<String> tenant) {
    List<IdentityConfig> same =
        known.stream().filter(i -> clientId.equals(Optional.of(i.clientId()))).toList();
    if (same.size() > 1) {
      // One application in several tenants.
      return same.stream().filter(i -> tenant.equals(Optional.of(i.tenantId()))).findFirst();
    }
    List<IdentityConfig> candidates = same.isEmpty() ? known : same;
    return candidates.size() == 1 ? Optional.of(candidates.get(0)) : Optional.empty();
  }

  private IdentityConfig withPrefetch(IdentityConfig identity, List<String> more) {
    List<String> all = new ArrayList<>(identity.prefetch());
    for (String resource : more) {
      if (identity.allowedResources().filter(allowed -> !allowed.contains(resource)).isPresent()) {
        String expected = "one of the allowedResources of the default identity";
        refuse(given.label(Settings.PREFETCH), Redacted.of(resource), expected);
      }
      if (!all.contains(resource)) {
        all.add(resource);
      }
    }
    return new IdentityConfig(
        identity.name(),
        identity.clientId(),
        identity.tenantId(),
        identity.objectId(),
        identity.resourceId(),
        identity.allowedResources(),
        all);
  }

  private void refusePrefetchOfNobody(String expected) {
    if (given.isSet(Settings.PREFETCH) && given.file().isComplete()) {
      refuse(given.label(Settings.PREFETCH), "resources but no default identity", expected);
    }
  }

  /** The name that defaultIdentity gives, a problem if nobody has it. */
  private Optional<String> knownDefault(List<String> names) {
    Optional<String> name = given.one(Settings.DEFAULT_IDENTITY);
    if (name.isPresent() && !names.contains(name.get()) && given.file().isComplete()) {
      refuse(
          given.label(Settings.DEFAULT_IDENTITY),
          Redacted.of(name.get()),
          "one of " + String.join(", ", names) + Suggestion.didYouMean(name.get(), names));
    }
    return name;
  }

  private void refuse(String label, String found, String expected) {
    problems.add(new Problem(label, found, expected));
  }
}
