package dev.tokenbroker.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Loads the identities: those of the file, of which no two may be mistaken for each other, or the
 * one of the environment.
 */
final class IdentitiesLoader {

  private static final String FROM_ENVIRONMENT = "default";

  private static final String EVERY_RESOURCE = "*";

  private final SettingsReader settings;

  /** Where a value that must be unique was found first, by kind and value. */
  private final Map<String, String> firstPlaces = new HashMap<>();

  IdentitiesLoader(SettingsReader settings) {
    this.settings = settings;
  }

  /** All identities; some are left out if they have a problem. */
  IdentitiesConfig load() {
    Optional<String> clientId = settings.one(Settings.CLIENT_ID);
    List<String> prefetch = settings.many(Settings.PREFETCH).orElse(List.of());
    Optional<Integer> count = settings.file().size("identities");
    return count.isPresent()
        ? configured(count.get(), clientId, prefetch)
        : single(clientId, prefetch);
  }

  private IdentitiesConfig single(Optional<String> clientId, List<String> prefetch) {
    String hint = "; the azwi webhook sets it, as it sets AZURE_FEDERATED_TOKEN_FILE";
    Optional<String> tenant = settings.required(Settings.TENANT_ID, hint);
    if (!settings.isSet(Settings.CLIENT_ID)) {
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
    Optional<String> tenant = settings.one(Settings.TENANT_ID);
    List<IdentityConfig> known = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      read(i, tenant).ifPresent(known::add);
    }
    if (known.size() < count) {
      // Which one is the default can only be told when all are right.
      return new IdentitiesConfig(known, Optional.empty(), Optional.empty());
    }
    Optional<String> name = knownDefault(known.stream().map(IdentityConfig::name).toList());
    Optional<IdentityConfig> chosen =
        settings.isSet(Settings.DEFAULT_IDENTITY)
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
        settings.refuse(Settings.PREFETCH, Redacted.of(resource), expected);
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
    if (settings.isSet(Settings.PREFETCH) && settings.file().isComplete()) {
      settings.refuse(Settings.PREFETCH, "resources but no default identity", expected);
    }
  }

  /** The name that defaultIdentity gives, a problem if nobody has it. */
  private Optional<String> knownDefault(List<String> names) {
    Optional<String> name = settings.one(Settings.DEFAULT_IDENTITY);
    if (name.isPresent() && !names.contains(name.get()) && settings.file().isComplete()) {
      settings.refuse(
          Settings.DEFAULT_IDENTITY,
          Redacted.of(name.get()),
          "one of " + String.join(", ", names) + Suggestion.didYouMean(name.get(), names));
    }
    return name;
  }

  /**
   * The identity at {@code index}, or empty if it has a problem.
   *
   * @param commonTenant the tenant of an identity that names none; empty if it has a problem
   */
  private Optional<IdentityConfig> read(int index, Optional<String> commonTenant) {
    int before = settings.problems();
    Optional<String> name = settings.required(Settings.IDENTITY_NAME.at(index), "");
    Optional<String> clientId = settings.required(Settings.IDENTITY_CLIENT_ID.at(index), "");
    Optional<String> tenant = tenant(Settings.IDENTITY_TENANT_ID.at(index), commonTenant);
    Optional<String> objectId = settings.one(Settings.IDENTITY_OBJECT_ID.at(index));
    Optional<String> resourceId = settings.one(Settings.IDENTITY_RESOURCE_ID.at(index));
    Optional<List<String>> allowed = allowed(Settings.IDENTITY_ALLOWED_RESOURCES.at(index));
    List<String> prefetch = prefetch(Settings.IDENTITY_PREFETCH.at(index), allowed);

    refuseTwice(Settings.IDENTITY_NAME.at(index), "name", name);
    refuseTwice(
        Settings.IDENTITY_CLIENT_ID.at(index),
        "clientId in " + tenant.orElse("its tenant"),
        clientId);
    refuseTwice(Settings.IDENTITY_OBJECT_ID.at(index), "objectId", objectId);
    refuseTwice(
        Settings.IDENTITY_RESOURCE_ID.at(index),
        "resourceId",
        resourceId.map(id -> id.toLowerCase(Locale.ROOT)));
    if (settings.problems() > before || name.isEmpty() || clientId.isEmpty() || tenant.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new IdentityConfig(
            name.get(), clientId.get(), tenant.get(), objectId, resourceId, allowed, prefetch));
  }

  private Optional<String> tenant(Setting<String> key, Optional<String> commonTenant) {
    if (settings.isSet(key)) {
      return settings.one(key);
    }
    return settings.isSet(Settings.TENANT_ID)
        ? commonTenant
        : settings.required(key, "; or set AZURE_TENANT_ID for all");
  }

  private Optional<List<String>> allowed(Setting<String> key) {
    if (settings.isEmptyList(key)) {
      String expected = "at least one resource, or [\"*\"], or no such key to allow all";
      settings.refuse(key, "an empty list", expected);
    }
    Optional<List<String>> resources = settings.many(key);
    if (resources.filter(all -> all.contains(EVERY_RESOURCE) && all.size() > 1).isPresent()) {
      String expected = "[\"*\"] alone to allow all, or a list without it";
      settings.refuse(key, "\"*\" beside other resources", expected);
    }
    return resources.filter(all -> !all.contains(EVERY_RESOURCE));
  }

  private List<String> prefetch(Setting<String> key, Optional<List<String>> allowed) {
    List<String> prefetch = settings.many(key).orElse(List.of());
    for (String resource : prefetch) {
      if (allowed.isPresent() && !allowed.get().contains(resource)) {
        String found = Redacted.of(resource);
        settings.refuse(key, found, "one of its allowedResources");
      }
    }
    return prefetch;
  }

  private void refuseTwice(Setting<String> key, String kind, Optional<String> value) {
    if (value.isEmpty()) {
      return;
    }
    String label = settings.label(key);
    String first = firstPlaces.putIfAbsent(kind + "=" + value.get(), label);
    if (first != null) {
      String expected = "one that is not used twice; " + first + " is the same";
      settings.refuse(key, Redacted.of(value.get()), expected);
    }
  }
}
