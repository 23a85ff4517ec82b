#!/usr/bin/env bash
# Makes the estate with the Azure command line. It stops at the first error and may be run again.
set -euo pipefail

need() { if [ -z "${!1:-}" ]; then echo "$1 is not set: $2" >&2; exit 64; fi; }
missing() { ! az "$@" --output none 2>/dev/null; }
# workloads (6): hosts are no part of the network: nothing is made for them

SUBSCRIPTION=$(az account show --query id --output tsv)
az extension add --upgrade --name virtual-wan --output none
RESOURCE_GROUP=${RESOURCE_GROUP:-} # resource group
if [ -z "$RESOURCE_GROUP" ]; then RESOURCE_GROUP=rg-network; fi
az group create --name "$RESOURCE_GROUP" --location eastus --output none

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

if missing network vnet show  --resource-group "$RESOURCE_GROUP" --name vnet-westus-spoke1; then
az network vnet create \
  --resource-group "$RESOURCE_GROUP" \
  --name vnet-westus-spoke1 \
  --location westus \
  --address-prefixes 10.1.128.0/24 \
  --output none
fi

az network vnet subnet create \
  --resource-group "$RESOURCE_GROUP" \
  --name snet-app \
  --vnet-name vnet-westus-spoke1 \
  --address-prefixes 10.1.128.0/25 \
  --private-endpoint-network-policies Disabled \
  --default-outbound-access true \
  --output none

if missing network vnet show  --resource-group "$RESOURCE_GROUP" --name vnet-westus-spoke2; then
az network vnet create \
  --resource-group "$RESOURCE_GROUP" \
  --name vnet-westus-spoke2 \
  --location westus \
  --address-prefixes 10.1.129.0/24 \
  --output none
fi

az network vnet subnet create \
  --resource-group "$RESOURCE_GROUP" \
  --name snet-app \
  --vnet-name vnet-westus-spoke2 \
  --address-prefixes 10.1.129.0/25 \
  --private-endpoint-network-policies Disabled \
  --default-outbound-access true \
  --output none

if missing network vnet show  --resource-group "$RESOURCE_GROUP" --name vnet-westus-spoke3; then
az network vnet create \
  --resource-group "$RESOURCE_GROUP" \
  --name vnet-westus-spoke3 \
  --location westus \
  --address-prefixes 10.1.130.0/24 \
  --output none
fi

az network vnet subnet create \
  --resource-group "$RESOURCE_GROUP" \
  --name snet-app \
  --vnet-name vnet-westus-spoke3 \
  --address-prefixes 10.1.130.0/25 \
  --private-endpoint-network-policies Disabled \
  --default-outbound-access true \
  --output none

az network vwan create \
  --resource-group "$RESOURCE_GROUP" \
  --name vwan-estate \
  --location eastus \
  --type Standard \
  --branch-to-branch-traffic true \
  --output none

if missing network vhub show  --resource-group "$RESOURCE_GROUP" --name eastus-vhub; then
az network vhub create \
  --resource-group "$RESOURCE_GROUP" \
  --name eastus-vhub \
  --location eastus \
  --vwan /subscriptions/"$SUBSCRIPTION"/resourceGroups/"$RESOURCE_GROUP"/providers/Microsoft.Network/virtualWans/vwan-estate \
  --sku Standard \
  --address-prefix 10.0.0.0/23 \
  --hub-routing-preference ExpressRoute \
  --output none
fi

if missing network vhub show  --resource-group "$RESOURCE_GROUP" --name westus-vhub; then
az network vhub create \
  --resource-group "$RESOURCE_GROUP" \
  --name westus-vhub \
  --location westus \
  --vwan /subscriptions/"$SUBSCRIPTION"/resourceGroups/"$RESOURCE_GROUP"/providers/Microsoft.Network/virtualWans/vwan-estate \
  --sku Standard \
  --address-prefix 10.1.0.0/23 \
  --hub-routing-preference ExpressRoute \
  --output none
fi

az network vhub connection create \
  --resource-group "$RESOURCE_GROUP" \
  --name eastus-spoke1 \
  --vhub-name eastus-vhub \
  --remote-vnet /subscriptions/"$SUBSCRIPTION"/resourceGroups/"$RESOURCE_GROUP"/providers/Microsoft.Network/virtualNetworks/vnet-eastus-spoke1 \
  --internet-security true \
  --associated-route-table /subscriptions/"$SUBSCRIPTION"/resourceGroups/"$RESOURCE_GROUP"/providers/Microsoft.Network/virtualHubs/eastus-vhub/hubRouteTables/defaultRouteTable \
  --labels default \
  --propagated-route-tables /subscriptions/"$SUBSCRIPTION"/resourceGroups/"$RESOURCE_GROUP"/providers/Microsoft.Network/virtualHubs/eastus-vhub/hubRouteTables/defaultRouteTable \
  --output none

az network vhub connection create \
  --resource-group "$RESOURCE_GROUP" \
  --name eastus-spoke2 \
  --vhub-name eastus-vhub \
  --remote-vnet /subscriptions/"$SUBSCRIPTION"/resourceGroups/"$RESOURCE_GROUP"/providers/Microsoft.Network/virtualNetworks/vnet-eastus-spoke2 \
  --internet-security true \
  --associated-route-table /subscriptions/"$SUBSCRIPTION"/resourceGroups/"$RESOURCE_GROUP"/providers/Microsoft.Network/virtualHubs/eastus-vhub/hubRouteTables/defaultRouteTable \
  --labels default \
  --propagated-route-tables /subscriptions/"$SUBSCRIPTION"/resourceGroups/"$RESOURCE_GROUP"/providers/Microsoft.Network/virtualHubs/eastus-vhub/hubRouteTables/defaultRouteTable \
  --output none

az network vhub connection create \
  --resource-group "$RESOURCE_GROUP" \
  --name eastus-spoke3 \
  --vhub-name eastus-vhub \
  --remote-vnet /subscriptions/"$SUBSCRIPTION"/resourceGroups/"$RESOURCE_GROUP"/providers/Microsoft.Network/virtualNetworks/vnet-eastus-spoke3 \
  --internet-security true \
  --associated-route-table /subscriptions/"$SUBSCRIPTION"/resourceGroups/"$RESOURCE_GROUP"/providers/Microsoft.Network/virtualHubs/eastus-vhub/hubRouteTables/defaultRouteTable \
  --labels default \
  --propagated-route-tables /subscriptions/"$SUBSCRIPTION"/resourceGroups/"$RESOURCE_GROUP"/providers/Microsoft.Network/virtualHubs/eastus-vhub/hubRouteTables/defaultRouteTable \
  --output none

az network vhub connection create \
  --resource-group "$RESOURCE_GROUP" \
  --name westus-spoke1 \
  --vhub-name westus-vhub \
  --remote-vnet /subscriptions/"$SUBSCRIPTION"/resourceGroups/"$RESOURCE_GROUP"/providers/Microsoft.Network/virtualNetworks/vnet-westus-spoke1 \
  --internet-security true \
  --associated-route-table /subscriptions/"$SUBSCRIPTION"/resourceGroups/"$RESOURCE_GROUP"/providers/Microsoft.Network/virtualHubs/westus-vhub/hubRouteTables/defaultRouteTable \
  --labels default \
  --propagated-route-tables /subscriptions/"$SUBSCRIPTION"/resourceGroups/"$RESOURCE_GROUP"/providers/Microsoft.Network/virtualHubs/westus-vhub/hubRouteTables/defaultRouteTable \
  --output none

az network vhub connection create \
  --resource-group "$RESOURCE_GROUP" \
  --name westus-spoke2 \
  --vhub-name westus-vhub \
  --remote-vnet /subscriptions/"$SUBSCRIPTION"/resourceGroups/"$RESOURCE_GROUP"/providers/Microsoft.Network/virtualNetworks/vnet-westus-spoke2 \
  --internet-security true \
  --associated-route-table /subscriptions/"$SUBSCRIPTION"/resourceGroups/"$RESOURCE_GROUP"/providers/Microsoft.Network/virtualHubs/westus-vhub/hubRouteTables/defaultRouteTable \
  --labels default \
  --propagated-route-tables /subscriptions/"$SUBSCRIPTION"/resourceGroups/"$RESOURCE_GROUP"/providers/Microsoft.Network/virtualHubs/westus-vhub/hubRouteTables/defaultRouteTable \
  --output none

az network vhub connection create \
  --resource-group "$RESOURCE_GROUP" \
  --name westus-spoke3 \
  --vhub-name westus-vhub \
  --remote-vnet /subscriptions/"$SUBSCRIPTION"/resourceGroups/"$RESOURCE_GROUP"/providers/Microsoft.Network/virtualNetworks/vnet-westus-spoke3 \
  --internet-security true \
  --associated-route-table /subscriptions/"$SUBSCRIPTION"/resourceGroups/"$RESOURCE_GROUP"/providers/Microsoft.Network/virtualHubs/westus-vhub/hubRouteTables/defaultRouteTable \
  --labels default \
  --propagated-route-tables /subscriptions/"$SUBSCRIPTION"/resourceGroups/"$RESOURCE_GROUP"/providers/Microsoft.Network/virtualHubs/westus-vhub/hubRouteTables/defaultRouteTable \
  --output none
