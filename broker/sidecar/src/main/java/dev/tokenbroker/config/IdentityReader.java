package dev.tokenbroker.config;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads the identities of the file, one by one, and sees to it that no two can be mistaken. */
final class IdentityReader {

  private static final String EVERY_RESOURCE = "*";

  private final SettingsReader given;
  private final List<Problem> problems;
  private final Map<String, String> firstPlaces = new HashMap<>();

  IdentityReader(SettingsReader given, List<Problem> problems) {
    this.given = given;
    this.problems = problems;
  }

  /**
   * The identity at {@code index}, or empty if it has a problem.
   *
   * @param commonTenant the tenant of an identity that names none; empty if it has a problem
   */
  Optional<IdentityConfig> read(int index, Optional<String> commonTenant) {
    int before = problems.size();
    Optional<String> name = given.required(Settings.IDENTITY_NAME.at(index), "");
    Optional<String> clientId = given.required(Settings.IDENTITY_CLIENT_ID.at(index), "");
    Optional<String> tenant = tenant(Settings.IDENTITY_TENANT_ID.at(index), commonTenant);
    Optional<String> objectId = given.one(Settings.IDENTITY_OBJECT_ID.at(index));
    Optional<String> resourceId = given.one(Settings.IDENTITY_RESOURCE_ID.at(index));
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
    if (problems.size() > before || name.isEmpty() || clientId.isEmpty() || tenant.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new IdentityConfig(
            name.get(), clientId.get(), tenant.get(), objectId, resourceId, allowed, prefetch));
  }

  private Optional<String> tenant(Setting<String> key, Optional<String> commonTenant) {
    if (given.isSet(key)) {
      return given.one(key);
    }
    return given.isSet(Settings.TENANT_ID)
        ? commonTenant
        : given.required(key, "; or set AZURE_TENANT_ID for all");
  }

  private Optional<List<String>> allowed(Setting<String> key) {
    if (given.isEmptyList(key)) {
      String expected = "at least one resource, or [\"*\"], or no such key to allow all";
      problems.add(new Problem(given.label(key), "an empty list", expected));
    }
    Optional<List<String>> resources = given.many(key);
    if (resources.filter(all -> all.contains(EVERY_RESOURCE) && all.size() > 1).isPresent()) {
      String expected = "[\"*\"] alone to allow all, or a list without it";
      problems.add(new Problem(given.label(key), "\"*\" beside other resources", expected));
    }
    return resources.filter(all -> !all.contains(EVERY_RESOURCE));
  }

  private List<String> prefetch(Setting<String> key, Optional<List<String>> allowed) {
    List<String> prefetch = given.many(key).orElse(List.of());
    for (String resource : prefetch) {
      if (allowed.isPresent() && !allowed.get().contains(resource)) {
        String found = Redacted.of(resource);
        problems.add(new Problem(given.label(key), found, "one of its allowedResources"));
      }
    }
    return prefetch;
  }

  private void refuseTwice(Setting<String> key, String kind, Optional<String> value) {
    if (value.isEmpty()) {
      return;
    }
    String label = given.label(key);
    String first = firstPlaces.putIfAbsent(kind + "=" + value.get(), label);
    if (first != null) {
      String expected = "one that is not used twice; " + first + " is the same";
      problems.add(new Problem(label, Redacted.of(value.get()), expected));
    }
  }
}
