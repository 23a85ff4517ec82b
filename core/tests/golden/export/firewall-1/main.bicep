// afw-eastus-hub-firewall: Azure chooses its private address; routes of the estate name 10.0.0.4
// estate: as simulated, everything but the named protocols passes: replace it by your own rules
// workloads (3): hosts are no part of the network: nothing is made for them

resource rtEastusSpokes 'Microsoft.Network/routeTables@2025-01-01' = {
  name: 'rt-eastus-spokes'
  location: 'eastus'
  properties: {
    disableBgpRoutePropagation: true
    routes: [
      {
        name: 'to-0.0.0.0_0'
        properties: {
          addressPrefix: '0.0.0.0/0'
          nextHopType: 'VirtualAppliance'
          nextHopIpAddress: '10.0.0.4'
        }
      }
    ]
  }
}

resource vnetEastusHub 'Microsoft.Network/virtualNetworks@2025-07-01' = {
  name: 'vnet-eastus-hub'
  location: 'eastus'
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.0.0.0/22'
      ]
    }
    subnets: [
      {
        name: 'AzureFirewallSubnet'
        properties: {
          addressPrefix: '10.0.0.0/26'
          privateEndpointNetworkPolicies: 'Disabled'
          defaultOutboundAccess: true
        }
      }
    ]
  }
}

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
          routeTable: {
            id: rtEastusSpokes.id
          }
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
          routeTable: {
            id: rtEastusSpokes.id
          }
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
          routeTable: {
            id: rtEastusSpokes.id
          }
          privateEndpointNetworkPolicies: 'Disabled'
          defaultOutboundAccess: true
        }
      }
    ]
  }
}

resource vnetEastusHubPeerEastusHubToEastusSpoke1 'Microsoft.Network/virtualNetworks/virtualNetworkPeerings@2025-01-01' = {
  parent: vnetEastusHub
  name: 'peer-eastus-hub-to-eastus-spoke1'
  properties: {
    remoteVirtualNetwork: {
      id: vnetEastusSpoke1.id
    }
    allowVirtualNetworkAccess: true
    allowForwardedTraffic: true
    allowGatewayTransit: false
    useRemoteGateways: false
    peerCompleteVnets: true
  }
}

resource vnetEastusSpoke1PeerEastusSpoke1ToEastusHub 'Microsoft.Network/virtualNetworks/virtualNetworkPeerings@2025-01-01' = {
  parent: vnetEastusSpoke1
  name: 'peer-eastus-spoke1-to-eastus-hub'
  properties: {
    remoteVirtualNetwork: {
      id: vnetEastusHub.id
    }
    allowVirtualNetworkAccess: true
    allowForwardedTraffic: true
    allowGatewayTransit: false
    useRemoteGateways: false
    peerCompleteVnets: true
  }
  dependsOn: [
    vnetEastusHubPeerEastusHubToEastusSpoke1
  ]
}

resource vnetEastusHubPeerEastusHubToEastusSpoke2 'Microsoft.Network/virtualNetworks/virtualNetworkPeerings@2025-01-01' = {
  parent: vnetEastusHub
  name: 'peer-eastus-hub-to-eastus-spoke2'
  properties: {
    remoteVirtualNetwork: {
      id: vnetEastusSpoke2.id
    }
    allowVirtualNetworkAccess: true
    allowForwardedTraffic: true
    allowGatewayTransit: false
    useRemoteGateways: false
    peerCompleteVnets: true
  }
  dependsOn: [
    vnetEastusSpoke1PeerEastusSpoke1ToEastusHub
  ]
}

resource vnetEastusSpoke2PeerEastusSpoke2ToEastusHub 'Microsoft.Network/virtualNetworks/virtualNetworkPeerings@2025-01-01' = {
  parent: vnetEastusSpoke2
  name: 'peer-eastus-spoke2-to-eastus-hub'
  properties: {
    remoteVirtualNetwork: {
      id: vnetEastusHub.id
    }
    allowVirtualNetworkAccess: true
    allowForwardedTraffic: true
    allowGatewayTransit: false
    useRemoteGateways: false
    peerCompleteVnets: true
  }
  dependsOn: [
    vnetEastusHubPeerEastusHubToEastusSpoke2
  ]
}

resource vnetEastusHubPeerEastusHubToEastusSpoke3 'Microsoft.Network/virtualNetworks/virtualNetworkPeerings@2025-01-01' = {
  parent: vnetEastusHub
  name: 'peer-eastus-hub-to-eastus-spoke3'
  properties: {
    remoteVirtualNetwork: {
      id: vnetEastusSpoke3.id
    }
    allowVirtualNetworkAccess: true
    allowForwardedTraffic: true
    allowGatewayTransit: false
    useRemoteGateways: false
    peerCompleteVnets: true
  }
  dependsOn: [
    vnetEastusSpoke2PeerEastusSpoke2ToEastusHub
  ]
}

resource vnetEastusSpoke3PeerEastusSpoke3ToEastusHub 'Microsoft.Network/virtualNetworks/virtualNetworkPeerings@2025-01-01' = {
  parent: vnetEastusSpoke3
  name: 'peer-eastus-spoke3-to-eastus-hub'
  properties: {
    remoteVirtualNetwork: {
      id: vnetEastusHub.id
    }
    allowVirtualNetworkAccess: true
    allowForwardedTraffic: true
    allowGatewayTransit: false
    useRemoteGateways: false
    peerCompleteVnets: true
  }
  dependsOn: [
    vnetEastusHubPeerEastusHubToEastusSpoke3
  ]
}

resource afwpEastusHubFirewall 'Microsoft.Network/firewallPolicies@2025-01-01' = {
  name: 'afwp-eastus-hub-firewall'
  location: 'eastus'
  properties: {
    sku: {
      tier: 'Standard'
    }
  }
}

// as simulated, everything but the named protocols passes: replace it by your own rules
resource afwpEastusHubFirewallEstate 'Microsoft.Network/firewallPolicies/ruleCollectionGroups@2025-01-01' = {
  parent: afwpEastusHubFirewall
  name: 'estate'
  properties: {
    priority: 1000
    ruleCollections: [
      {
        ruleCollectionType: 'FirewallPolicyFilterRuleCollection'
        name: 'pass'
        priority: 1000
        action: {
          type: 'Allow'
        }
        rules: [
          {
            ruleType: 'NetworkRule'
            name: 'pass'
            ipProtocols: [
              'TCP'
              'UDP'
              'ICMP'
            ]
            sourceAddresses: [
              '*'
            ]
            destinationAddresses: [
              '*'
            ]
            destinationPorts: [
              '*'
            ]
          }
        ]
      }
    ]
  }
}

resource pipEastusHubFirewall 'Microsoft.Network/publicIPAddresses@2025-01-01' = {
  name: 'pip-eastus-hub-firewall'
  location: 'eastus'
  sku: {
    name: 'Standard'
  }
  properties: {
    publicIPAllocationMethod: 'Static'
  }
}

// Azure chooses its private address; routes of the estate name 10.0.0.4
resource afwEastusHubFirewall 'Microsoft.Network/azureFirewalls@2025-01-01' = {
  name: 'afw-eastus-hub-firewall'
  location: 'eastus'
  properties: {
    sku: {
      name: 'AZFW_VNet'
      tier: 'Standard'
    }
    firewallPolicy: {
      id: afwpEastusHubFirewall.id
    }
    ipConfigurations: [
      {
        name: 'address-1'
        properties: {
          subnet: {
            id: '${vnetEastusHub.id}/subnets/AzureFirewallSubnet'
          }
          publicIPAddress: {
            id: pipEastusHubFirewall.id
          }
        }
      }
    ]
  }
  dependsOn: [
    afwpEastusHubFirewallEstate
  ]
}

