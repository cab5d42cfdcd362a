#!/usr/bin/env bash
# Federated credentials for 3 service account(s). Needs az, logged in, with the role
# "Managed Identity Contributor" on the identities. May be run again: what is there stays.
set -euo pipefail

ISSUER='https://oidc.example.com/cluster/'
AUDIENCE='api://AzureADTokenExchange'
# Another cluster with the same identities needs another prefix.
PREFIX=${PREFIX:-token-broker}

failed=0

# One after another: Entra answers 409 to concurrent writes below one identity.
federate() { # subscription, resource group, identity, credential, subject
  local name=$PREFIX-$4 present row_name row_issuer row_subject
  present=$(az identity federated-credential list --subscription "$1" --resource-group "$2" \
    --identity-name "$3" --query '[].[name, issuer, subject]' --output tsv) || return 1
  while IFS=$'\t' read -r row_name row_issuer row_subject; do
    if [ "$row_issuer" = "$ISSUER" ] && [ "$row_subject" = "$5" ]; then
      echo "there     $3: $5"
      return 0
    fi
    if [ "$row_name" = "$name" ]; then
      echo "FAILED    $3: $name is there with another issuer or subject; set PREFIX" >&2
      return 1
    fi
  done <<<"$present"
  az identity federated-credential create --subscription "$1" --resource-group "$2" \
    --identity-name "$3" --name "$name" --issuer "$ISSUER" --subject "$5" \
    --audiences "$AUDIENCE" --output none || return 1
  echo "created   $3: $5"
}

federate '11111111-1111-4111-8111-111111111111' 'rg-shop' 'orders' 'shop_nightly' 'system:serviceaccount:shop:nightly' || failed=1
federate '11111111-1111-4111-8111-111111111111' 'rg-shop' 'orders' 'shop_orders' 'system:serviceaccount:shop:orders' || failed=1
federate '11111111-1111-4111-8111-111111111111' 'rg-shop' 'orders' 'shop_stock' 'system:serviceaccount:shop:stock' || failed=1
federate '11111111-1111-4111-8111-111111111111' 'rg-shop' 'reports' 'shop_nightly' 'system:serviceaccount:shop:nightly' || failed=1

if [ "$failed" = 0 ]; then
  echo "Done. It can take some minutes until Entra knows a new credential everywhere."
else
  echo "Some credentials could not be created; run this again when the cause is gone." >&2
fi
exit "$failed"
