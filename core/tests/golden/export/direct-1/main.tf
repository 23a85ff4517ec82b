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

resource "azurerm_virtual_network" "vnet_eastus_hub" {
  name                = "vnet-eastus-hub"
  resource_group_name = azurerm_resource_group.rg_network.name
  location            = "eastus"
  address_space       = ["10.0.0.0/22"]
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

resource "azurerm_virtual_network_peering" "vnet_eastus_spoke1_peer_eastus_spoke1_to_eastus_spoke2" {
  name                                   = "peer-eastus-spoke1-to-eastus-spoke2"
  resource_group_name                    = azurerm_resource_group.rg_network.name
  virtual_network_name                   = azurerm_virtual_network.vnet_eastus_spoke1.name
  remote_virtual_network_id              = azurerm_virtual_network.vnet_eastus_spoke2.id
  allow_virtual_network_access           = true
  allow_forwarded_traffic                = false
  allow_gateway_transit                  = false
  use_remote_gateways                    = false
  peer_complete_virtual_networks_enabled = true
  depends_on                             = [azurerm_virtual_network_peering.vnet_eastus_spoke1_peer_eastus_spoke1_to_eastus_hub, azurerm_virtual_network_peering.vnet_eastus_spoke2_peer_eastus_spoke2_to_eastus_hub]
}

resource "azurerm_virtual_network_peering" "vnet_eastus_spoke2_peer_eastus_spoke2_to_eastus_spoke1" {
  name                                   = "peer-eastus-spoke2-to-eastus-spoke1"
  resource_group_name                    = azurerm_resource_group.rg_network.name
  virtual_network_name                   = azurerm_virtual_network.vnet_eastus_spoke2.name
  remote_virtual_network_id              = azurerm_virtual_network.vnet_eastus_spoke1.id
  allow_virtual_network_access           = true
  allow_forwarded_traffic                = false
  allow_gateway_transit                  = false
  use_remote_gateways                    = false
  peer_complete_virtual_networks_enabled = true
  depends_on                             = [azurerm_virtual_network_peering.vnet_eastus_spoke1_peer_eastus_spoke1_to_eastus_spoke2]
}

resource "azurerm_virtual_network_peering" "vnet_eastus_spoke1_peer_eastus_spoke1_to_eastus_spoke3" {
  name                                   = "peer-eastus-spoke1-to-eastus-spoke3"
  resource_group_name                    = azurerm_resource_group.rg_network.name
  virtual_network_name                   = azurerm_virtual_network.vnet_eastus_spoke1.name
  remote_virtual_network_id              = azurerm_virtual_network.vnet_eastus_spoke3.id
  allow_virtual_network_access           = true
  allow_forwarded_traffic                = false
  allow_gateway_transit                  = false
  use_remote_gateways                    = false
  peer_complete_virtual_networks_enabled = true
  depends_on                             = [azurerm_virtual_network_peering.vnet_eastus_spoke3_peer_eastus_spoke3_to_eastus_hub, azurerm_virtual_network_peering.vnet_eastus_spoke2_peer_eastus_spoke2_to_eastus_spoke1]
}

resource "azurerm_virtual_network_peering" "vnet_eastus_spoke3_peer_eastus_spoke3_to_eastus_spoke1" {
  name                                   = "peer-eastus-spoke3-to-eastus-spoke1"
  resource_group_name                    = azurerm_resource_group.rg_network.name
  virtual_network_name                   = azurerm_virtual_network.vnet_eastus_spoke3.name
  remote_virtual_network_id              = azurerm_virtual_network.vnet_eastus_spoke1.id
  allow_virtual_network_access           = true
  allow_forwarded_traffic                = false
  allow_gateway_transit                  = false
  use_remote_gateways                    = false
  peer_complete_virtual_networks_enabled = true
  depends_on                             = [azurerm_virtual_network_peering.vnet_eastus_spoke1_peer_eastus_spoke1_to_eastus_spoke3]
}

resource "azurerm_virtual_network_peering" "vnet_eastus_spoke2_peer_eastus_spoke2_to_eastus_spoke3" {
  name                                   = "peer-eastus-spoke2-to-eastus-spoke3"
  resource_group_name                    = azurerm_resource_group.rg_network.name
  virtual_network_name                   = azurerm_virtual_network.vnet_eastus_spoke2.name
  remote_virtual_network_id              = azurerm_virtual_network.vnet_eastus_spoke3.id
  allow_virtual_network_access           = true
  allow_forwarded_traffic                = false
  allow_gateway_transit                  = false
  use_remote_gateways                    = false
  peer_complete_virtual_networks_enabled = true
  depends_on                             = [azurerm_virtual_network_peering.vnet_eastus_spoke2_peer_eastus_spoke2_to_eastus_spoke1, azurerm_virtual_network_peering.vnet_eastus_spoke3_peer_eastus_spoke3_to_eastus_spoke1]
}

resource "azurerm_virtual_network_peering" "vnet_eastus_spoke3_peer_eastus_spoke3_to_eastus_spoke2" {
  name                                   = "peer-eastus-spoke3-to-eastus-spoke2"
  resource_group_name                    = azurerm_resource_group.rg_network.name
  virtual_network_name                   = azurerm_virtual_network.vnet_eastus_spoke3.name
  remote_virtual_network_id              = azurerm_virtual_network.vnet_eastus_spoke2.id
  allow_virtual_network_access           = true
  allow_forwarded_traffic                = false
  allow_gateway_transit                  = false
  use_remote_gateways                    = false
  peer_complete_virtual_networks_enabled = true
  depends_on                             = [azurerm_virtual_network_peering.vnet_eastus_spoke2_peer_eastus_spoke2_to_eastus_spoke3]
}
