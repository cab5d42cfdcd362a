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
  default     = "https://oidc.example.com/cluster/"
}

variable "prefix" {
  type        = string
  description = "Another cluster with the same identities needs another one"
  default     = "token-broker"
}

resource "azurerm_federated_identity_credential" "audit_platform_audit" {
  name                      = "${var.prefix}-platform_audit"
  user_assigned_identity_id = "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-platform/providers/Microsoft.ManagedIdentity/userAssignedIdentities/audit"
  issuer                    = var.issuer
  subject                   = "system:serviceaccount:platform:audit"
  audience                  = ["api://AzureADTokenExchange"]
}

resource "azurerm_federated_identity_credential" "shared_other_shared" {
  name                      = "${var.prefix}-other_shared"
  user_assigned_identity_id = "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-platform/providers/Microsoft.ManagedIdentity/userAssignedIdentities/shared"
  issuer                    = var.issuer
  subject                   = "system:serviceaccount:other:shared"
  audience                  = ["api://AzureADTokenExchange"]
}

resource "azurerm_federated_identity_credential" "shared_platform_shared" {
  name                      = "${var.prefix}-platform_shared"
  user_assigned_identity_id = "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-platform/providers/Microsoft.ManagedIdentity/userAssignedIdentities/shared"
  issuer                    = var.issuer
  subject                   = "system:serviceaccount:platform:shared"
  audience                  = ["api://AzureADTokenExchange"]

  depends_on = [azurerm_federated_identity_credential.shared_other_shared]
}
