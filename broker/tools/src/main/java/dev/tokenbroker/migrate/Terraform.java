package dev.tokenbroker.migrate;

import dev.tokenbroker.migrate.Credentials.CredentialPlan;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The federated credentials as Terraform. */
final class Terraform {

  private static final String START =
      """
      # Federated credentials: the same as az.sh, of which only one is needed.
      # A module: module "credentials" { source = "./1-credentials" }, beside your provider azurerm.
      terraform {
        required_providers {
          azurerm = {
            source  = "hashicorp/azurerm"
            version = ">= 4.66.0"
          }
        }
      }

      variable "issuer" {
        type        = string
        description = "The OIDC issuer of the cluster, to the letter"
      %s}

      variable "prefix" {
        type        = string
        description = "Another cluster with the same identities needs another one"
        default     = "token-broker"
      }
      """;

  private static final String RESOURCE =
      """

      resource "azurerm_federated_identity_credential" "%s" {
        name                      = "${var.prefix}-%s"
        user_assigned_identity_id = "%s"
        issuer                    = var.issuer
        subject                   = "%s"
        audience                  = ["%s"]
      %s}
      """;

  private Terraform() {}

  static String of(
      SortedSet<CredentialPlan> credentials, Optional<String> issuer, String audience) {
    StringBuilder text = new StringBuilder();
    text.append(START.formatted(issuer.map(u -> "  default     = \"" + u + "\"\n").orElse("")));
    Map<CredentialPlan, String> names = names(credentials);
    Optional<CredentialPlan> previous = Optional.empty();
    for (CredentialPlan credential : credentials) {
      text.append(
          RESOURCE.formatted(
              names.get(credential),
              credential.account().credentialName(),
              credential.identity(),
              credential.account().subject(),
              audience,
              previous
                  .filter(p -> p.identityKey().equals(credential.identityKey()))
                  .map(p -> after(names.get(p)))
                  .orElse("")));
      previous = Optional.of(credential);
    }
    return text.toString();
  }

  /** Entra answers 409 to concurrent writes below one identity. */
  private static String after(@Nullable String previous) {
    return "\n  depends_on = [azurerm_federated_identity_credential." + previous + "]\n";
  }

  /** Identities of different resource groups may have the same name. */
  private static Map<CredentialPlan, String> names(SortedSet<CredentialPlan> credentials) {
    Map<CredentialPlan, String> names = new TreeMap<>();
    Set<String> taken = new HashSet<>();
    for (CredentialPlan credential : credentials) {
      String name =
          "_"
              + SafeName.of(credential.identity().name(), 60)
              + "_"
              + credential.account().credentialName();
      String free = name.matches("_[a-z].*") ? name.substring(1) : name;
      for (int i = 2; !taken.add(free); i++) {
        free = name + "_" + i;
      }
      names.put(credential, free);
    }
    return names;
  }
}
