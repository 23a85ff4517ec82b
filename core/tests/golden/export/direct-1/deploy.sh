#!/usr/bin/env bash
# Makes the estate with the Azure command line. It stops at the first error and may be run again.
set -euo pipefail

need() { if [ -z "${!1:-}" ]; then echo "$1 is not set: $2" >&2; exit 64; fi; }
missing() { ! az "$@" --output none 2>/dev/null; }
# workloads (3): hosts are no part of the network: nothing is made for them

SUBSCRIPTION=$(az account show --query id --output tsv)
RESOURCE_GROUP=${RESOURCE_GROUP:-} # resource group
if [ -z "$RESOURCE_GROUP" ]; then RESOURCE_GROUP=rg-network; fi
az group create --name "$RESOURCE_GROUP" --location eastus --output none

if missing network vnet show  --resource-group "$RESOURCE_GROUP" --name vnet-eastus-hub; then
az network vnet create \
  --resource-group "$RESOURCE_GROUP" \
  --name vnet-eastus-hub \
  --location eastus \
  --address-prefixes 10.0.0.0/22 \
  --output none
fi

if missing network vnet show  --resource-group "$RESOURCE_GROUP" --name vnet-eastus-spoke1; then
az network vnet create \
  --resource-group "$RESOURCE_GROUP" \
  --name vnet-eastus-spoke1 \
  --location eastus \
  --address-prefixes 10.0.128.0/24 \
  --output none
fi

az network vnet subnet create \
  --resource-group "$RESOURCE_GROUP" \
  --name snet-app \
  --vnet-name vnet-eastus-spoke1 \
  --address-prefixes 10.0.128.0/25 \
  --private-endpoint-network-policies Disabled \
  --default-outbound-access true \
  --output none

if missing network vnet show  --resource-group "$RESOURCE_GROUP" --name vnet-eastus-spoke2; then
az network vnet create \
  --resource-group "$RESOURCE_GROUP" \
  --name vnet-eastus-spoke2 \
  --location eastus \
  --address-prefixes 10.0.129.0/24 \
  --output none
fi

az network vnet subnet create \
  --resource-group "$RESOURCE_GROUP" \
  --name snet-app \
  --vnet-name vnet-eastus-spoke2 \
  --address-prefixes 10.0.129.0/25 \
  --private-endpoint-network-policies Disabled \
  --default-outbound-access true \
  --output none

if missing network vnet show  --resource-group "$RESOURCE_GROUP" --name vnet-eastus-spoke3; then
az network vnet create \
  --resource-group "$RESOURCE_GROUP" \
  --name vnet-eastus-spoke3 \
  --location eastus \
  --address-prefixes 10.0.130.0/24 \
  --output none
fi

az network vnet subnet create \
  --resource-group "$RESOURCE_GROUP" \
  --name snet-app \
  --vnet-name vnet-eastus-spoke3 \
  --address-prefixes 10.0.130.0/25 \
  --private-endpoint-network-policies Disabled \
  --default-outbound-access true \
  --output none

az network vnet peering create \
  --resource-group "$RESOURCE_GROUP" \
  --name peer-eastus-hub-to-eastus-spoke1 \
  --vnet-name vnet-eastus-hub \
  --remote-vnet /subscriptions/"$SUBSCRIPTION"/resourceGroups/"$RESOURCE_GROUP"/providers/Microsoft.Network/virtualNetworks/vnet-eastus-spoke1 \
  --allow-vnet-access true \
  --allow-forwarded-traffic true \
  --allow-gateway-transit false \
  --use-remote-gateways false \
  --peer-complete-vnets true \
  --output none

az network vnet peering create \
  --resource-group "$RESOURCE_GROUP" \
  --name peer-eastus-spoke1-to-eastus-hub \
  --vnet-name vnet-eastus-spoke1 \
  --remote-vnet /subscriptions/"$SUBSCRIPTION"/resourceGroups/"$RESOURCE_GROUP"/providers/Microsoft.Network/virtualNetworks/vnet-eastus-hub \
  --allow-vnet-access true \
  --allow-forwarded-traffic true \
  --allow-gateway-transit false \
  --use-remote-gateways false \
  --peer-complete-vnets true \
  --output none

az network vnet peering create \
  --resource-group "$RESOURCE_GROUP" \
  --name peer-eastus-hub-to-eastus-spoke2 \
  --vnet-name vnet-eastus-hub \
  --remote-vnet /subscriptions/"$SUBSCRIPTION"/resourceGroups/"$RESOURCE_GROUP"/providers/Microsoft.Network/virtualNetworks/vnet-eastus-spoke2 \
  --allow-vnet-access true \
  --allow-forwarded-traffic true \
  --allow-gateway-transit false \
  --use-remote-gateways false \
  --peer-complete-vnets true \
  --output none

az network vnet peering create \
  --resource-group "$RESOURCE_GROUP" \
  --name peer-eastus-spoke2-to-eastus-hub \
  --vnet-name vnet-eastus-spoke2 \
  --remote-vnet /subscriptions/"$SUBSCRIPTION"/resourceGroups/"$RESOURCE_GROUP"/providers/Microsoft.Network/virtualNetworks/vnet-eastus-hub \
  --allow-vnet-access true \
  --allow-forwarded-traffic true \
  --allow-gateway-transit false \
  --use-remote-gateways false \
  --peer-complete-vnets true \
  --output none

az network vnet peering create \
  --resource-group "$RESOURCE_GROUP" \
  --name peer-eastus-hub-to-eastus-spoke3 \
  --vnet-name vnet-eastus-hub \
  --remote-vnet /subscriptions/"$SUBSCRIPTION"/resourceGroups/"$RESOURCE_GROUP"/providers/Microsoft.Network/virtualNetworks/vnet-eastus-spoke3 \
  --allow-vnet-access true \
  --allow-forwarded-traffic true \
  --allow-gateway-transit false \
  --use-remote-gateways false \
  --peer-complete-vnets true \
  --output none

az network vnet peering create \
  --resource-group "$RESOURCE_GROUP" \
  --name peer-eastus-spoke3-to-eastus-hub \
  --vnet-name vnet-eastus-spoke3 \
  --remote-vnet /subscriptions/"$SUBSCRIPTION"/resourceGroups/"$RESOURCE_GROUP"/providers/Microsoft.Network/virtualNetworks/vnet-eastus-hub \
  --allow-vnet-access true \
  --allow-forwarded-traffic true \
  --allow-gateway-transit false \
  --use-remote-gateways false \
  --peer-complete-vnets true \
  --output none

az network vnet peering create \
  --resource-group "$RESOURCE_GROUP" \
  --name peer-eastus-spoke1-to-eastus-spoke2 \
  --vnet-name vnet-eastus-spoke1 \
  --remote-vnet /subscriptions/"$SUBSCRIPTION"/resourceGroups/"$RESOURCE_GROUP"/providers/Microsoft.Network/virtualNetworks/vnet-eastus-spoke2 \
  --allow-vnet-access true \
  --allow-forwarded-traffic false \
  --allow-gateway-transit false \
  --use-remote-gateways false \
  --peer-complete-vnets true \
  --output none

az network vnet peering create \
  --resource-group "$RESOURCE_GROUP" \
  --name peer-eastus-spoke2-to-eastus-spoke1 \
  --vnet-name vnet-eastus-spoke2 \
  --remote-vnet /subscriptions/"$SUBSCRIPTION"/resourceGroups/"$RESOURCE_GROUP"/providers/Microsoft.Network/virtualNetworks/vnet-eastus-spoke1 \
  --allow-vnet-access true \
  --allow-forwarded-traffic false \
  --allow-gateway-transit false \
  --use-remote-gateways false \
  --peer-complete-vnets true \
  --output none

az network vnet peering create \
  --resource-group "$RESOURCE_GROUP" \
  --name peer-eastus-spoke1-to-eastus-spoke3 \
  --vnet-name vnet-eastus-spoke1 \
  --remote-vnet /subscriptions/"$SUBSCRIPTION"/resourceGroups/"$RESOURCE_GROUP"/providers/Microsoft.Network/virtualNetworks/vnet-eastus-spoke3 \
  --allow-vnet-access true \
  --allow-forwarded-traffic false \
  --allow-gateway-transit false \
  --use-remote-gateways false \
  --peer-complete-vnets true \
  --output none

az network vnet peering create \
  --resource-group "$RESOURCE_GROUP" \
  --name peer-eastus-spoke3-to-eastus-spoke1 \
  --vnet-name vnet-eastus-spoke3 \
  --remote-vnet /subscriptions/"$SUBSCRIPTION"/resourceGroups/"$RESOURCE_GROUP"/providers/Microsoft.Network/virtualNetworks/vnet-eastus-spoke1 \
  --allow-vnet-access true \
  --allow-forwarded-traffic false \
  --allow-gateway-transit false \
  --use-remote-gateways false \
  --peer-complete-vnets true \
  --output none

az network vnet peering create \
  --resource-group "$RESOURCE_GROUP" \
  --name peer-eastus-spoke2-to-eastus-spoke3 \
  --vnet-name vnet-eastus-spoke2 \
  --remote-vnet /subscriptions/"$SUBSCRIPTION"/resourceGroups/"$RESOURCE_GROUP"/providers/Microsoft.Network/virtualNetworks/vnet-eastus-spoke3 \
  --allow-vnet-access true \
  --allow-forwarded-traffic false \
  --allow-gateway-transit false \
  --use-remote-gateways false \
  --peer-complete-vnets true \
  --output none

az network vnet peering create \
  --resource-group "$RESOURCE_GROUP" \
  --name peer-eastus-spoke3-to-eastus-spoke2 \
  --vnet-name vnet-eastus-spoke3 \
  --remote-vnet /subscriptions/"$SUBSCRIPTION"/resourceGroups/"$RESOURCE_GROUP"/providers/Microsoft.Network/virtualNetworks/vnet-eastus-spoke2 \
  --allow-vnet-access true \
  --allow-forwarded-traffic false \
  --allow-gateway-transit false \
  --use-remote-gateways false \
  --peer-complete-vnets true \
  --output none
