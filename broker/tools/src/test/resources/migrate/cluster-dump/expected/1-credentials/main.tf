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

resource "azurerm_federated_identity_credential" "batch_etl_batch" {
  name                      = "${var.prefix}-etl_batch"
  user_assigned_identity_id = "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/RG-ETL/providers/Microsoft.ManagedIdentity/userAssignedIdentities/batch"
  issuer                    = var.issuer
  subject                   = "system:serviceaccount:etl:batch"
  audience                  = ["api://AzureADTokenExchange"]
}

resource "azurerm_federated_identity_credential" "batch_etl_loader" {
  name                      = "${var.prefix}-etl_loader"
  user_assigned_identity_id = "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/RG-ETL/providers/Microsoft.ManagedIdentity/userAssignedIdentities/batch"
  issuer                    = var.issuer
  subject                   = "system:serviceaccount:etl:loader"
  audience                  = ["api://AzureADTokenExchange"]

  depends_on = [azurerm_federated_identity_credential.batch_etl_batch]
}
