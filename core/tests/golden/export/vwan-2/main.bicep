// workloads (6): hosts are no part of the network: nothing is made for them

resource vnetEastusSpoke1 'Microsoft.Network/virtualNetworks@2025-07-01' = {
  name: 'vnet-eastus-spoke1'
  location: 'eastus'
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.0.128.0/24'
      ]
    }
    subnets: [
      {
        name: 'snet-app'
        properties: {
          addressPrefix: '10.0.128.0/25'
          privateEndpointNetworkPolicies: 'Disabled'
          defaultOutboundAccess: true
        }
      }
    ]
  }
}

resource vnetEastusSpoke2 'Microsoft.Network/virtualNetworks@2025-07-01' = {
  name: 'vnet-eastus-spoke2'
  location: 'eastus'
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.0.129.0/24'
      ]
    }
    subnets: [
      {
        name: 'snet-app'
        properties: {
          addressPrefix: '10.0.129.0/25'
          privateEndpointNetworkPolicies: 'Disabled'
          defaultOutboundAccess: true
        }
      }
    ]
  }
}

resource vnetEastusSpoke3 'Microsoft.Network/virtualNetworks@2025-07-01' = {
  name: 'vnet-eastus-spoke3'
  location: 'eastus'
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.0.130.0/24'
      ]
    }
    subnets: [
      {
        name: 'snet-app'
        properties: {
          addressPrefix: '10.0.130.0/25'
          privateEndpointNetworkPolicies: 'Disabled'
          defaultOutboundAccess: true
        }
      }
    ]
  }
}

resource vnetWestusSpoke1 'Microsoft.Network/virtualNetworks@2025-07-01' = {
  name: 'vnet-westus-spoke1'
  location: 'westus'
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.1.128.0/24'
      ]
    }
    subnets: [
      {
        name: 'snet-app'
        properties: {
          addressPrefix: '10.1.128.0/25'
          privateEndpointNetworkPolicies: 'Disabled'
          defaultOutboundAccess: true
        }
      }
    ]
  }
}

resource vnetWestusSpoke2 'Microsoft.Network/virtualNetworks@2025-07-01' = {
  name: 'vnet-westus-spoke2'
  location: 'westus'
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.1.129.0/24'
      ]
    }
    subnets: [
      {
        name: 'snet-app'
        properties: {
          addressPrefix: '10.1.129.0/25'
          privateEndpointNetworkPolicies: 'Disabled'
          defaultOutboundAccess: true
        }
      }
    ]
  }
}

resource vnetWestusSpoke3 'Microsoft.Network/virtualNetworks@2025-07-01' = {
  name: 'vnet-westus-spoke3'
  location: 'westus'
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.1.130.0/24'
      ]
    }
    subnets: [
      {
        name: 'snet-app'
        properties: {
          addressPrefix: '10.1.130.0/25'
          privateEndpointNetworkPolicies: 'Disabled'
          defaultOutboundAccess: true
        }
      }
    ]
  }
}

resource vwanEstate 'Microsoft.Network/virtualWans@2025-01-01' = {
  name: 'vwan-estate'
  location: 'eastus'
  properties: {
    type: 'Standard'
    allowBranchToBranchTraffic: true
  }
}

resource eastusVhub 'Microsoft.Network/virtualHubs@2025-01-01' = {
  name: 'eastus-vhub'
  location: 'eastus'
  properties: {
    virtualWan: {
      id: vwanEstate.id
    }
    sku: 'Standard'
    addressPrefix: '10.0.0.0/23'
    hubRoutingPreference: 'ExpressRoute'
  }
}

resource westusVhub 'Microsoft.Network/virtualHubs@2025-01-01' = {
  name: 'westus-vhub'
  location: 'westus'
  properties: {
    virtualWan: {
      id: vwanEstate.id
    }
    sku: 'Standard'
    addressPrefix: '10.1.0.0/23'
    hubRoutingPreference: 'ExpressRoute'
  }
}

resource eastusVhubEastusSpoke1 'Microsoft.Network/virtualHubs/hubVirtualNetworkConnections@2025-01-01' = {
  parent: eastusVhub
  name: 'eastus-spoke1'
  properties: {
    remoteVirtualNetwork: {
      id: vnetEastusSpoke1.id
    }
    enableInternetSecurity: true
    routingConfiguration: {
      associatedRouteTable: {
        id: '${eastusVhub.id}/hubRouteTables/defaultRouteTable'
      }
      propagatedRouteTables: {
        labels: [
          'default'
        ]
        ids: [
          {
            id: '${eastusVhub.id}/hubRouteTables/defaultRouteTable'
          }
        ]
      }
      vnetRoutes: {
        staticRoutesConfig: {
          vnetLocalRouteOverrideCriteria: 'Contains'
          propagateStaticRoutes: true
        }
      }
    }
  }
}

resource eastusVhubEastusSpoke2 'Microsoft.Network/virtualHubs/hubVirtualNetworkConnections@2025-01-01' = {
  parent: eastusVhub
  name: 'eastus-spoke2'
  properties: {
    remoteVirtualNetwork: {
      id: vnetEastusSpoke2.id
    }
    enableInternetSecurity: true
    routingConfiguration: {
      associatedRouteTable: {
        id: '${eastusVhub.id}/hubRouteTables/defaultRouteTable'
      }
      propagatedRouteTables: {
        labels: [
          'default'
        ]
        ids: [
          {
            id: '${eastusVhub.id}/hubRouteTables/defaultRouteTable'
          }
        ]
      }
      vnetRoutes: {
        staticRoutesConfig: {
          vnetLocalRouteOverrideCriteria: 'Contains'
          propagateStaticRoutes: true
        }
      }
    }
  }
  dependsOn: [
    eastusVhubEastusSpoke1
  ]
}

resource eastusVhubEastusSpoke3 'Microsoft.Network/virtualHubs/hubVirtualNetworkConnections@2025-01-01' = {
  parent: eastusVhub
  name: 'eastus-spoke3'
  properties: {
    remoteVirtualNetwork: {
      id: vnetEastusSpoke3.id
    }
    enableInternetSecurity: true
    routingConfiguration: {
      associatedRouteTable: {
        id: '${eastusVhub.id}/hubRouteTables/defaultRouteTable'
      }
      propagatedRouteTables: {
        labels: [
          'default'
        ]
        ids: [
          {
            id: '${eastusVhub.id}/hubRouteTables/defaultRouteTable'
          }
        ]
      }
      vnetRoutes: {
        staticRoutesConfig: {
          vnetLocalRouteOverrideCriteria: 'Contains'
          propagateStaticRoutes: true
        }
      }
    }
  }
  dependsOn: [
    eastusVhubEastusSpoke2
  ]
}

resource westusVhubWestusSpoke1 'Microsoft.Network/virtualHubs/hubVirtualNetworkConnections@2025-01-01' = {
  parent: westusVhub
  name: 'westus-spoke1'
  properties: {
    remoteVirtualNetwork: {
      id: vnetWestusSpoke1.id
    }
    enableInternetSecurity: true
    routingConfiguration: {
      associatedRouteTable: {
        id: '${westusVhub.id}/hubRouteTables/defaultRouteTable'
      }
      propagatedRouteTables: {
        labels: [
          'default'
        ]
        ids: [
          {
            id: '${westusVhub.id}/hubRouteTables/defaultRouteTable'
          }
        ]
      }
      vnetRoutes: {
        staticRoutesConfig: {
          vnetLocalRouteOverrideCriteria: 'Contains'
          propagateStaticRoutes: true
        }
      }
    }
  }
}

resource westusVhubWestusSpoke2 'Microsoft.Network/virtualHubs/hubVirtualNetworkConnections@2025-01-01' = {
  parent: westusVhub
  name: 'westus-spoke2'
  properties: {
    remoteVirtualNetwork: {
      id: vnetWestusSpoke2.id
    }
    enableInternetSecurity: true
    routingConfiguration: {
      associatedRouteTable: {
        id: '${westusVhub.id}/hubRouteTables/defaultRouteTable'
      }
      propagatedRouteTables: {
        labels: [
          'default'
        ]
        ids: [
          {
            id: '${westusVhub.id}/hubRouteTables/defaultRouteTable'
          }
        ]
      }
      vnetRoutes: {
        staticRoutesConfig: {
          vnetLocalRouteOverrideCriteria: 'Contains'
          propagateStaticRoutes: true
        }
      }
    }
  }
  dependsOn: [
    westusVhubWestusSpoke1
  ]
}

resource westusVhubWestusSpoke3 'Microsoft.Network/virtualHubs/hubVirtualNetworkConnections@2025-01-01' = {
  parent: westusVhub
  name: 'westus-spoke3'
  properties: {
    remoteVirtualNetwork: {
      id: vnetWestusSpoke3.id
    }
    enableInternetSecurity: true
    routingConfiguration: {
      associatedRouteTable: {
        id: '${westusVhub.id}/hubRouteTables/defaultRouteTable'
      }
      propagatedRouteTables: {
        labels: [
          'default'
        ]
        ids: [
          {
            id: '${westusVhub.id}/hubRouteTables/defaultRouteTable'
          }
        ]
      }
      vnetRoutes: {
        staticRoutesConfig: {
          vnetLocalRouteOverrideCriteria: 'Contains'
          propagateStaticRoutes: true
        }
      }
    }
  }
  dependsOn: [
    westusVhubWestusSpoke2
  ]
}

