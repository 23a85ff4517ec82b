#!/usr/bin/env bash
# Makes the estate with the Azure command line. It stops at the first error and may be run again.
set -euo pipefail

need() { if [ -z "${!1:-}" ]; then echo "$1 is not set: $2" >&2; exit 64; fi; }
missing() { ! az "$@" --output none 2>/dev/null; }
# afw-eastus-hub-firewall: Azure chooses its private address; routes of the estate name 10.0.0.4
# estate: as simulated, everything but the named protocols passes: replace it by your own rules
# workloads (3): hosts are no part of the network: nothing is made for them

SUBSCRIPTION=$(az account show --query id --output tsv)
az extension add --upgrade --name azure-firewall --output none
RESOURCE_GROUP=${RESOURCE_GROUP:-} # resource group
if [ -z "$RESOURCE_GROUP" ]; then RESOURCE_GROUP=rg-network; fi
az group create --name "$RESOURCE_GROUP" --location eastus --output none

if missing network route-table show  --resource-group "$RESOURCE_GROUP" --name rt-eastus-spokes; then
az network route-table create \
  --resource-group "$RESOURCE_GROUP" \
  --name rt-eastus-spokes \
  --location eastus \
  --disable-bgp-route-propagation true \
  --output none
fi
az network route-table route create \
  --resource-group "$RESOURCE_GROUP" \
  --route-table-name rt-eastus-spokes \
  --name to-0.0.0.0_0 \
  --address-prefix 0.0.0.0/0 \
  --next-hop-type VirtualAppliance \
  --next-hop-ip-address 10.0.0.4 \
  --output none

if missing network vnet show  --resource-group "$RESOURCE_GROUP" --name vnet-eastus-hub; then
az network vnet create \
  --resource-group "$RESOURCE_GROUP" \
  --name vnet-eastus-hub \
  --location eastus \
  --address-prefixes 10.0.0.0/22 \
  --output none
fi

az network vnet subnet create \
  --resource-group "$RESOURCE_GROUP" \
  --name AzureFirewallSubnet \
  --vnet-name vnet-eastus-hub \
  --address-prefixes 10.0.0.0/26 \
  --private-endpoint-network-policies Disabled \
  --default-outbound-access true \
  --output none

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
  --route-table /subscriptions/"$SUBSCRIPTION"/resourceGroups/"$RESOURCE_GROUP"/providers/Microsoft.Network/routeTables/rt-eastus-spokes \
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
  --route-table /subscriptions/"$SUBSCRIPTION"/resourceGroups/"$RESOURCE_GROUP"/providers/Microsoft.Network/routeTables/rt-eastus-spokes \
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
  --route-table /subscriptions/"$SUBSCRIPTION"/resourceGroups/"$RESOURCE_GROUP"/providers/Microsoft.Network/routeTables/rt-eastus-spokes \
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

az network firewall policy create \
  --resource-group "$RESOURCE_GROUP" \
  --name afwp-eastus-hub-firewall \
  --location eastus \
  --sku Standard \
  --output none

# as simulated, everything but the named protocols passes: replace it by your own rules
az network firewall policy rule-collection-group create \
  --resource-group "$RESOURCE_GROUP" \
  --name estate \
  --policy-name afwp-eastus-hub-firewall \
  --priority 1000 \
  --output none
az network firewall policy rule-collection-group collection add-filter-collection \
  --resource-group "$RESOURCE_GROUP" \
  --policy-name afwp-eastus-hub-firewall \
  --rule-collection-group-name estate \
  --name pass \
  --collection-priority 1000 \
  --action Allow \
  --rule-type NetworkRule \
  --rule-name pass \
  --ip-protocols TCP UDP ICMP \
  --source-addresses '*' \
  --destination-addresses '*' \
  --destination-ports '*' \
  --output none

az network public-ip create \
  --resource-group "$RESOURCE_GROUP" \
  --name pip-eastus-hub-firewall \
  --location eastus \
  --sku Standard \
  --allocation-method Static \
  --output none

# Azure chooses its private address; routes of the estate name 10.0.0.4
if missing network firewall show  --resource-group "$RESOURCE_GROUP" --name afw-eastus-hub-firewall; then
az network firewall create \
  --resource-group "$RESOURCE_GROUP" \
  --name afw-eastus-hub-firewall \
  --location eastus \
  --sku AZFW_VNet \
  --tier Standard \
  --firewall-policy /subscriptions/"$SUBSCRIPTION"/resourceGroups/"$RESOURCE_GROUP"/providers/Microsoft.Network/firewallPolicies/afwp-eastus-hub-firewall \
  --vnet-name vnet-eastus-hub \
  --conf-name address-1 \
  --public-ip pip-eastus-hub-firewall \
  --output none
fi
