package dev.tokenbroker.migrate;

import dev.tokenbroker.token.Guid;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An AzureIdentity, as far as it can be used. Its password reference is not read.
 *
 * @param clientId lower case; empty if missing or no GUID
 * @param resourceId of a managed identity; empty if missing or malformed
 * @param tenant of a service principal, if it names one
 * @param namespaced whether it serves pods of its own namespace only
 */
record AzureIdentity(
    String namespace,
    String name,
    Type type,
    Optional<String> clientId,
    Optional<ResourceId> resourceId,
    Optional<String> tenant,
    boolean auxiliaryTenants,
    boolean namespaced) {

  private static final String BEHAVIOR = "aadpodidentity.k8s.io/Behavior";

  /** What {@code spec.type} says; source: aad-pod-identity, docs/concepts/azureidentity. */
  enum Type {
    MANAGED_IDENTITY,
    SERVICE_PRINCIPAL,
    SERVICE_PRINCIPAL_WITH_CERTIFICATE,
    UNKNOWN
  }

  static AzureIdentity of(Manifest manifest) {
    YamlMap spec = manifest.spec();
    return new AzureIdentity(
        manifest.namespace(),
        manifest.name(),
        type(spec.textOfAnyCase("type").orElse("0")),
        guid(spec.textOfAnyCase("clientID")),
        spec.textOfAnyCase("resourceID").flatMap(ResourceId::parse),
        guid(spec.textOfAnyCase("tenantID")),
        spec.sizeOfAnyCase("auxiliaryTenantIDs") > 0,
        isNamespaced(manifest.annotations()));
  }

  String key() {
    return namespace + "/" + name;
  }

  private static Type type(String text) {
    return switch (text) {
      case "0" -> Type.MANAGED_IDENTITY;
      case "1" -> Type.SERVICE_PRINCIPAL;
      case "2" -> Type.SERVICE_PRINCIPAL_WITH_CERTIFICATE;
      default -> Type.UNKNOWN;
    };
  }

  private static Optional<String> guid(Optional<String> text) {
    return text.map(String::strip).filter(Guid::isGuid).map(Guid::parse);
  }

  private static boolean isNamespaced(Map<String, String> annotations) {
    return annotations.entrySet().stream()
        .anyMatch(
            entry ->
                entry.getKey().equalsIgnoreCase(BEHAVIOR)
                    && entry.getValue().equalsIgnoreCase("namespaced"));
  }

  /** The Azure resource id of a user-assigned managed identity, taken apart. */
  record ResourceId(String subscription, String resourceGroup, String name) {

    /** ARM ids are case-insensitive; old templates write {@code resourcegroups}. */
    private static final Pattern FORM =
        Pattern.compile(
            "/subscriptions/([-0-9a-f]{36})/resourceGroups/([-\\w.()]{1,90})"
                + "/providers/Microsoft\\.ManagedIdentity/userAssignedIdentities/([-\\w]{3,128})",
            Pattern.CASE_INSENSITIVE);

    static Optional<ResourceId> parse(String text) {
      Matcher form = FORM.matcher(text.strip());
      return form.matches()
          ? Optional.of(new ResourceId(form.group(1), form.group(2), form.group(3)))
          : Optional.empty();
    }

    /** In the one spelling that Terraform's azurerm provider takes. */
    @Override
    public String toString() {
      return "/subscriptions/"
          + subscription
          + "/resourceGroups/"
          + resourceGroup
          + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/"
          + name;
    }
  }
}
