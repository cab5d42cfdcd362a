package dev.tokenbroker.migrate;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
