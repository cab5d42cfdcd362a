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

resource "azurerm_federated_identity_credential" "orders_shop_nightly" {
  name                      = "${var.prefix}-shop_nightly"
  user_assigned_identity_id = "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-shop/providers/Microsoft.ManagedIdentity/userAssignedIdentities/orders"
  issuer                    = var.issuer
  subject                   = "system:serviceaccount:shop:nightly"
  audience                  = ["api://AzureADTokenExchange"]
}

resource "azurerm_federated_identity_credential" "orders_shop_orders" {
  name                      = "${var.prefix}-shop_orders"
  user_assigned_identity_id = "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-shop/providers/Microsoft.ManagedIdentity/userAssignedIdentities/orders"
  issuer                    = var.issuer
  subject                   = "system:serviceaccount:shop:orders"
  audience                  = ["api://AzureADTokenExchange"]

  depends_on = [azurerm_federated_identity_credential.orders_shop_nightly]
}

resource "azurerm_federated_identity_credential" "orders_shop_stock" {
  name                      = "${var.prefix}-shop_stock"
  user_assigned_identity_id = "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-shop/providers/Microsoft.ManagedIdentity/userAssignedIdentities/orders"
  issuer                    = var.issuer
  subject                   = "system:serviceaccount:shop:stock"
  audience                  = ["api://AzureADTokenExchange"]

  depends_on = [azurerm_federated_identity_credential.orders_shop_orders]
}

resource "azurerm_federated_identity_credential" "reports_shop_nightly" {
  name                      = "${var.prefix}-shop_nightly"
  user_assigned_identity_id = "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-shop/providers/Microsoft.ManagedIdentity/userAssignedIdentities/reports"
  issuer                    = var.issuer
  subject                   = "system:serviceaccount:shop:nightly"
  audience                  = ["api://AzureADTokenExchange"]
}
