# afw-eastus-hub-firewall: Azure chooses its private address; routes of the estate name 10.0.0.4
# estate: as simulated, everything but the named protocols passes: replace it by your own rules
# workloads (3): hosts are no part of the network: nothing is made for them

terraform {
  required_version = ">= 1.5"

  required_providers {
    azurerm = {
      source  = "hashicorp/azurerm"
      version = "~> 4.0"
    }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "rg_network" {
  name     = var.rg_network
  location = "eastus"
}

resource "azurerm_route_table" "rt_eastus_spokes" {
  name                          = "rt-eastus-spokes"
  resource_group_name           = azurerm_resource_group.rg_network.name
  location                      = "eastus"
  bgp_route_propagation_enabled = false

  route {
    name                   = "to-0.0.0.0_0"
    address_prefix         = "0.0.0.0/0"
    next_hop_type          = "VirtualAppliance"
    next_hop_in_ip_address = "10.0.0.4"
  }
}

resource "azurerm_virtual_network" "vnet_eastus_hub" {
  name                = "vnet-eastus-hub"
  resource_group_name = azurerm_resource_group.rg_network.name
  location            = "eastus"
  address_space       = ["10.0.0.0/22"]
}

resource "azurerm_subnet" "vnet_eastus_hub_azurefirewallsubnet" {
  name                              = "AzureFirewallSubnet"
  resource_group_name               = azurerm_resource_group.rg_network.name
  virtual_network_name              = azurerm_virtual_network.vnet_eastus_hub.name
  address_prefixes                  = ["10.0.0.0/26"]
  private_endpoint_network_policies = "Disabled"
  default_outbound_access_enabled   = true
}

resource "azurerm_virtual_network" "vnet_eastus_spoke1" {
  name                = "vnet-eastus-spoke1"
  resource_group_name = azurerm_resource_group.rg_network.name
  location            = "eastus"
  address_space       = ["10.0.128.0/24"]
}

resource "azurerm_subnet" "vnet_eastus_spoke1_snet_app" {
  name                              = "snet-app"
  resource_group_name               = azurerm_resource_group.rg_network.name
  virtual_network_name              = azurerm_virtual_network.vnet_eastus_spoke1.name
  address_prefixes                  = ["10.0.128.0/25"]
  private_endpoint_network_policies = "Disabled"
  default_outbound_access_enabled   = true
}

resource "azurerm_subnet_route_table_association" "vnet_eastus_spoke1_snet_app" {
  subnet_id      = azurerm_subnet.vnet_eastus_spoke1_snet_app.id
  route_table_id = azurerm_route_table.rt_eastus_spokes.id
}

resource "azurerm_virtual_network" "vnet_eastus_spoke2" {
  name                = "vnet-eastus-spoke2"
  resource_group_name = azurerm_resource_group.rg_network.name
  location            = "eastus"
  address_space       = ["10.0.129.0/24"]
}

resource "azurerm_subnet" "vnet_eastus_spoke2_snet_app" {
  name                              = "snet-app"
  resource_group_name               = azurerm_resource_group.rg_network.name
  virtual_network_name              = azurerm_virtual_network.vnet_eastus_spoke2.name
  address_prefixes                  = ["10.0.129.0/25"]
  private_endpoint_network_policies = "Disabled"
  default_outbound_access_enabled   = true
}

resource "azurerm_subnet_route_table_association" "vnet_eastus_spoke2_snet_app" {
  subnet_id      = azurerm_subnet.vnet_eastus_spoke2_snet_app.id
  route_table_id = azurerm_route_table.rt_eastus_spokes.id
}

resource "azurerm_virtual_network" "vnet_eastus_spoke3" {
  name                = "vnet-eastus-spoke3"
  resource_group_name = azurerm_resource_group.rg_network.name
  location            = "eastus"
  address_space       = ["10.0.130.0/24"]
}

resource "azurerm_subnet" "vnet_eastus_spoke3_snet_app" {
  name                              = "snet-app"
  resource_group_name               = azurerm_resource_group.rg_network.name
  virtual_network_name              = azurerm_virtual_network.vnet_eastus_spoke3.name
  address_prefixes                  = ["10.0.130.0/25"]
  private_endpoint_network_policies = "Disabled"
  default_outbound_access_enabled   = true
}

resource "azurerm_subnet_route_table_association" "vnet_eastus_spoke3_snet_app" {
  subnet_id      = azurerm_subnet.vnet_eastus_spoke3_snet_app.id
  route_table_id = azurerm_route_table.rt_eastus_spokes.id
}

resource "azurerm_virtual_network_peering" "vnet_eastus_hub_peer_eastus_hub_to_eastus_spoke1" {
  name                                   = "peer-eastus-hub-to-eastus-spoke1"
  resource_group_name                    = azurerm_resource_group.rg_network.name
  virtual_network_name                   = azurerm_virtual_network.vnet_eastus_hub.name
  remote_virtual_network_id              = azurerm_virtual_network.vnet_eastus_spoke1.id
  allow_virtual_network_access           = true
  allow_forwarded_traffic                = true
  allow_gateway_transit                  = false
  use_remote_gateways                    = false
  peer_complete_virtual_networks_enabled = true
}

resource "azurerm_virtual_network_peering" "vnet_eastus_spoke1_peer_eastus_spoke1_to_eastus_hub" {
  name                                   = "peer-eastus-spoke1-to-eastus-hub"
  resource_group_name                    = azurerm_resource_group.rg_network.name
  virtual_network_name                   = azurerm_virtual_network.vnet_eastus_spoke1.name
  remote_virtual_network_id              = azurerm_virtual_network.vnet_eastus_hub.id
  allow_virtual_network_access           = true
  allow_forwarded_traffic                = true
  allow_gateway_transit                  = false
  use_remote_gateways                    = false
  peer_complete_virtual_networks_enabled = true
  depends_on                             = [azurerm_virtual_network_peering.vnet_eastus_hub_peer_eastus_hub_to_eastus_spoke1]
}

resource "azurerm_virtual_network_peering" "vnet_eastus_hub_peer_eastus_hub_to_eastus_spoke2" {
  name                                   = "peer-eastus-hub-to-eastus-spoke2"
  resource_group_name                    = azurerm_resource_group.rg_network.name
  virtual_network_name                   = azurerm_virtual_network.vnet_eastus_hub.name
  remote_virtual_network_id              = azurerm_virtual_network.vnet_eastus_spoke2.id
  allow_virtual_network_access           = true
  allow_forwarded_traffic                = true
  allow_gateway_transit                  = false
  use_remote_gateways                    = false
  peer_complete_virtual_networks_enabled = true
  depends_on                             = [azurerm_virtual_network_peering.vnet_eastus_spoke1_peer_eastus_spoke1_to_eastus_hub]
}

resource "azurerm_virtual_network_peering" "vnet_eastus_spoke2_peer_eastus_spoke2_to_eastus_hub" {
  name                                   = "peer-eastus-spoke2-to-eastus-hub"
  resource_group_name                    = azurerm_resource_group.rg_network.name
  virtual_network_name                   = azurerm_virtual_network.vnet_eastus_spoke2.name
  remote_virtual_network_id              = azurerm_virtual_network.vnet_eastus_hub.id
  allow_virtual_network_access           = true
  allow_forwarded_traffic                = true
  allow_gateway_transit                  = false
  use_remote_gateways                    = false
  peer_complete_virtual_networks_enabled = true
  depends_on                             = [azurerm_virtual_network_peering.vnet_eastus_hub_peer_eastus_hub_to_eastus_spoke2]
}

resource "azurerm_virtual_network_peering" "vnet_eastus_hub_peer_eastus_hub_to_eastus_spoke3" {
  name                                   = "peer-eastus-hub-to-eastus-spoke3"
  resource_group_name                    = azurerm_resource_group.rg_network.name
  virtual_network_name                   = azurerm_virtual_network.vnet_eastus_hub.name
  remote_virtual_network_id              = azurerm_virtual_network.vnet_eastus_spoke3.id
  allow_virtual_network_access           = true
  allow_forwarded_traffic                = true
  allow_gateway_transit                  = false
  use_remote_gateways                    = false
  peer_complete_virtual_networks_enabled = true
  depends_on                             = [azurerm_virtual_network_peering.vnet_eastus_spoke2_peer_eastus_spoke2_to_eastus_hub]
}

resource "azurerm_virtual_network_peering" "vnet_eastus_spoke3_peer_eastus_spoke3_to_eastus_hub" {
  name                                   = "peer-eastus-spoke3-to-eastus-hub"
  resource_group_name                    = azurerm_resource_group.rg_network.name
  virtual_network_name                   = azurerm_virtual_network.vnet_eastus_spoke3.name
  remote_virtual_network_id              = azurerm_virtual_network.vnet_eastus_hub.id
  allow_virtual_network_access           = true
  allow_forwarded_traffic                = true
  allow_gateway_transit                  = false
  use_remote_gateways                    = false
  peer_complete_virtual_networks_enabled = true
  depends_on                             = [azurerm_virtual_network_peering.vnet_eastus_hub_peer_eastus_hub_to_eastus_spoke3]
}

resource "azurerm_firewall_policy" "afwp_eastus_hub_firewall" {
  name                = "afwp-eastus-hub-firewall"
  resource_group_name = azurerm_resource_group.rg_network.name
  location            = "eastus"
  sku                 = "Standard"
}

# as simulated, everything but the named protocols passes: replace it by your own rules
resource "azurerm_firewall_policy_rule_collection_group" "afwp_eastus_hub_firewall_estate" {
  name               = "estate"
  firewall_policy_id = azurerm_firewall_policy.afwp_eastus_hub_firewall.id
  priority           = 1000

  network_rule_collection {
    name     = "pass"
    priority = 1000
    action   = "Allow"

    rule {
      name                  = "pass"
      protocols             = ["TCP", "UDP", "ICMP"]
      source_addresses      = ["*"]
      destination_addresses = ["*"]
      destination_ports     = ["*"]
    }
  }
}

resource "azurerm_public_ip" "pip_eastus_hub_firewall" {
  name                = "pip-eastus-hub-firewall"
  resource_group_name = azurerm_resource_group.rg_network.name
  location            = "eastus"
  sku                 = "Standard"
  allocation_method   = "Static"
}

# Azure chooses its private address; routes of the estate name 10.0.0.4
resource "azurerm_firewall" "afw_eastus_hub_firewall" {
  name                = "afw-eastus-hub-firewall"
  resource_group_name = azurerm_resource_group.rg_network.name
  location            = "eastus"
  sku_name            = "AZFW_VNet"
  sku_tier            = "Standard"
  firewall_policy_id  = azurerm_firewall_policy.afwp_eastus_hub_firewall.id
  depends_on          = [azurerm_firewall_policy_rule_collection_group.afwp_eastus_hub_firewall_estate]

  ip_configuration {
    name                 = "address-1"
    subnet_id            = azurerm_subnet.vnet_eastus_hub_azurefirewallsubnet.id
    public_ip_address_id = azurerm_public_ip.pip_eastus_hub_firewall.id
  }
}
