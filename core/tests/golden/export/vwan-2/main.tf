# workloads (6): hosts are no part of the network: nothing is made for them

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

resource "azurerm_virtual_network" "vnet_westus_spoke1" {
  name                = "vnet-westus-spoke1"
  resource_group_name = azurerm_resource_group.rg_network.name
  location            = "westus"
  address_space       = ["10.1.128.0/24"]
}

resource "azurerm_subnet" "vnet_westus_spoke1_snet_app" {
  name                              = "snet-app"
  resource_group_name               = azurerm_resource_group.rg_network.name
  virtual_network_name              = azurerm_virtual_network.vnet_westus_spoke1.name
  address_prefixes                  = ["10.1.128.0/25"]
  private_endpoint_network_policies = "Disabled"
  default_outbound_access_enabled   = true
}

resource "azurerm_virtual_network" "vnet_westus_spoke2" {
  name                = "vnet-westus-spoke2"
  resource_group_name = azurerm_resource_group.rg_network.name
  location            = "westus"
  address_space       = ["10.1.129.0/24"]
}

resource "azurerm_subnet" "vnet_westus_spoke2_snet_app" {
  name                              = "snet-app"
  resource_group_name               = azurerm_resource_group.rg_network.name
  virtual_network_name              = azurerm_virtual_network.vnet_westus_spoke2.name
  address_prefixes                  = ["10.1.129.0/25"]
  private_endpoint_network_policies = "Disabled"
  default_outbound_access_enabled   = true
}

resource "azurerm_virtual_network" "vnet_westus_spoke3" {
  name                = "vnet-westus-spoke3"
  resource_group_name = azurerm_resource_group.rg_network.name
  location            = "westus"
  address_space       = ["10.1.130.0/24"]
}

resource "azurerm_subnet" "vnet_westus_spoke3_snet_app" {
  name                              = "snet-app"
  resource_group_name               = azurerm_resource_group.rg_network.name
  virtual_network_name              = azurerm_virtual_network.vnet_westus_spoke3.name
  address_prefixes                  = ["10.1.130.0/25"]
  private_endpoint_network_policies = "Disabled"
  default_outbound_access_enabled   = true
}

resource "azurerm_virtual_wan" "vwan_estate" {
  name                           = "vwan-estate"
  resource_group_name            = azurerm_resource_group.rg_network.name
  location                       = "eastus"
  type                           = "Standard"
  allow_branch_to_branch_traffic = true
}

resource "azurerm_virtual_hub" "eastus_vhub" {
  name                   = "eastus-vhub"
  resource_group_name    = azurerm_resource_group.rg_network.name
  location               = "eastus"
  virtual_wan_id         = azurerm_virtual_wan.vwan_estate.id
  sku                    = "Standard"
  address_prefix         = "10.0.0.0/23"
  hub_routing_preference = "ExpressRoute"
}

resource "azurerm_virtual_hub" "westus_vhub" {
  name                   = "westus-vhub"
  resource_group_name    = azurerm_resource_group.rg_network.name
  location               = "westus"
  virtual_wan_id         = azurerm_virtual_wan.vwan_estate.id
  sku                    = "Standard"
  address_prefix         = "10.1.0.0/23"
  hub_routing_preference = "ExpressRoute"
}

resource "azurerm_virtual_hub_connection" "eastus_vhub_eastus_spoke1" {
  name                      = "eastus-spoke1"
  virtual_hub_id            = azurerm_virtual_hub.eastus_vhub.id
  remote_virtual_network_id = azurerm_virtual_network.vnet_eastus_spoke1.id
  internet_security_enabled = true

  routing {
    associated_route_table_id                   = azurerm_virtual_hub.eastus_vhub.default_route_table_id
    static_vnet_local_route_override_criteria   = "Contains"
    static_vnet_propagate_static_routes_enabled = true

    propagated_route_table {
      labels          = ["default"]
      route_table_ids = [azurerm_virtual_hub.eastus_vhub.default_route_table_id]
    }
  }
}

resource "azurerm_virtual_hub_connection" "eastus_vhub_eastus_spoke2" {
  name                      = "eastus-spoke2"
  virtual_hub_id            = azurerm_virtual_hub.eastus_vhub.id
  remote_virtual_network_id = azurerm_virtual_network.vnet_eastus_spoke2.id
  internet_security_enabled = true
  depends_on                = [azurerm_virtual_hub_connection.eastus_vhub_eastus_spoke1]

  routing {
    associated_route_table_id                   = azurerm_virtual_hub.eastus_vhub.default_route_table_id
    static_vnet_local_route_override_criteria   = "Contains"
    static_vnet_propagate_static_routes_enabled = true

    propagated_route_table {
      labels          = ["default"]
      route_table_ids = [azurerm_virtual_hub.eastus_vhub.default_route_table_id]
    }
  }
}

resource "azurerm_virtual_hub_connection" "eastus_vhub_eastus_spoke3" {
  name                      = "eastus-spoke3"
  virtual_hub_id            = azurerm_virtual_hub.eastus_vhub.id
  remote_virtual_network_id = azurerm_virtual_network.vnet_eastus_spoke3.id
  internet_security_enabled = true
  depends_on                = [azurerm_virtual_hub_connection.eastus_vhub_eastus_spoke2]

  routing {
    associated_route_table_id                   = azurerm_virtual_hub.eastus_vhub.default_route_table_id
    static_vnet_local_route_override_criteria   = "Contains"
    static_vnet_propagate_static_routes_enabled = true

    propagated_route_table {
      labels          = ["default"]
      route_table_ids = [azurerm_virtual_hub.eastus_vhub.default_route_table_id]
    }
  }
}

resource "azurerm_virtual_hub_connection" "westus_vhub_westus_spoke1" {
  name                      = "westus-spoke1"
  virtual_hub_id            = azurerm_virtual_hub.westus_vhub.id
  remote_virtual_network_id = azurerm_virtual_network.vnet_westus_spoke1.id
  internet_security_enabled = true

  routing {
    associated_route_table_id                   = azurerm_virtual_hub.westus_vhub.default_route_table_id
    static_vnet_local_route_override_criteria   = "Contains"
    static_vnet_propagate_static_routes_enabled = true

    propagated_route_table {
      labels          = ["default"]
      route_table_ids = [azurerm_virtual_hub.westus_vhub.default_route_table_id]
    }
  }
}

resource "azurerm_virtual_hub_connection" "westus_vhub_westus_spoke2" {
  name                      = "westus-spoke2"
  virtual_hub_id            = azurerm_virtual_hub.westus_vhub.id
  remote_virtual_network_id = azurerm_virtual_network.vnet_westus_spoke2.id
  internet_security_enabled = true
  depends_on                = [azurerm_virtual_hub_connection.westus_vhub_westus_spoke1]

  routing {
    associated_route_table_id                   = azurerm_virtual_hub.westus_vhub.default_route_table_id
    static_vnet_local_route_override_criteria   = "Contains"
    static_vnet_propagate_static_routes_enabled = true

    propagated_route_table {
      labels          = ["default"]
      route_table_ids = [azurerm_virtual_hub.westus_vhub.default_route_table_id]
    }
  }
}

resource "azurerm_virtual_hub_connection" "westus_vhub_westus_spoke3" {
  name                      = "westus-spoke3"
  virtual_hub_id            = azurerm_virtual_hub.westus_vhub.id
  remote_virtual_network_id = azurerm_virtual_network.vnet_westus_spoke3.id
  internet_security_enabled = true
  depends_on                = [azurerm_virtual_hub_connection.westus_vhub_westus_spoke2]

  routing {
    associated_route_table_id                   = azurerm_virtual_hub.westus_vhub.default_route_table_id
    static_vnet_local_route_override_criteria   = "Contains"
    static_vnet_propagate_static_routes_enabled = true

    propagated_route_table {
      labels          = ["default"]
      route_table_ids = [azurerm_virtual_hub.westus_vhub.default_route_table_id]
    }
  }
}
