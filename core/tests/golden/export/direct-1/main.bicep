// workloads (3): hosts are no part of the network: nothing is made for them

resource vnetEastusHub 'Microsoft.Network/virtualNetworks@2025-07-01' = {
  name: 'vnet-eastus-hub'
  location: 'eastus'
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.0.0.0/22'
      ]
    }
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

resource vnetEastusSpoke1PeerEastusSpoke1ToEastusSpoke2 'Microsoft.Network/virtualNetworks/virtualNetworkPeerings@2025-01-01' = {
  parent: vnetEastusSpoke1
  name: 'peer-eastus-spoke1-to-eastus-spoke2'
  properties: {
    remoteVirtualNetwork: {
      id: vnetEastusSpoke2.id
    }
    allowVirtualNetworkAccess: true
    allowForwardedTraffic: false
    allowGatewayTransit: false
    useRemoteGateways: false
    peerCompleteVnets: true
  }
  dependsOn: [
    vnetEastusSpoke1PeerEastusSpoke1ToEastusHub
    vnetEastusSpoke2PeerEastusSpoke2ToEastusHub
  ]
}

resource vnetEastusSpoke2PeerEastusSpoke2ToEastusSpoke1 'Microsoft.Network/virtualNetworks/virtualNetworkPeerings@2025-01-01' = {
  parent: vnetEastusSpoke2
  name: 'peer-eastus-spoke2-to-eastus-spoke1'
  properties: {
    remoteVirtualNetwork: {
      id: vnetEastusSpoke1.id
    }
    allowVirtualNetworkAccess: true
    allowForwardedTraffic: false
    allowGatewayTransit: false
    useRemoteGateways: false
    peerCompleteVnets: true
  }
  dependsOn: [
    vnetEastusSpoke1PeerEastusSpoke1ToEastusSpoke2
  ]
}

resource vnetEastusSpoke1PeerEastusSpoke1ToEastusSpoke3 'Microsoft.Network/virtualNetworks/virtualNetworkPeerings@2025-01-01' = {
  parent: vnetEastusSpoke1
  name: 'peer-eastus-spoke1-to-eastus-spoke3'
  properties: {
    remoteVirtualNetwork: {
      id: vnetEastusSpoke3.id
    }
    allowVirtualNetworkAccess: true
    allowForwardedTraffic: false
    allowGatewayTransit: false
    useRemoteGateways: false
    peerCompleteVnets: true
  }
  dependsOn: [
    vnetEastusSpoke3PeerEastusSpoke3ToEastusHub
    vnetEastusSpoke2PeerEastusSpoke2ToEastusSpoke1
  ]
}

resource vnetEastusSpoke3PeerEastusSpoke3ToEastusSpoke1 'Microsoft.Network/virtualNetworks/virtualNetworkPeerings@2025-01-01' = {
  parent: vnetEastusSpoke3
  name: 'peer-eastus-spoke3-to-eastus-spoke1'
  properties: {
    remoteVirtualNetwork: {
      id: vnetEastusSpoke1.id
    }
    allowVirtualNetworkAccess: true
    allowForwardedTraffic: false
    allowGatewayTransit: false
    useRemoteGateways: false
    peerCompleteVnets: true
  }
  dependsOn: [
    vnetEastusSpoke1PeerEastusSpoke1ToEastusSpoke3
  ]
}

resource vnetEastusSpoke2PeerEastusSpoke2ToEastusSpoke3 'Microsoft.Network/virtualNetworks/virtualNetworkPeerings@2025-01-01' = {
  parent: vnetEastusSpoke2
  name: 'peer-eastus-spoke2-to-eastus-spoke3'
  properties: {
    remoteVirtualNetwork: {
      id: vnetEastusSpoke3.id
    }
    allowVirtualNetworkAccess: true
    allowForwardedTraffic: false
    allowGatewayTransit: false
    useRemoteGateways: false
    peerCompleteVnets: true
  }
  dependsOn: [
    vnetEastusSpoke2PeerEastusSpoke2ToEastusSpoke1
    vnetEastusSpoke3PeerEastusSpoke3ToEastusSpoke1
  ]
}

resource vnetEastusSpoke3PeerEastusSpoke3ToEastusSpoke2 'Microsoft.Network/virtualNetworks/virtualNetworkPeerings@2025-01-01' = {
  parent: vnetEastusSpoke3
  name: 'peer-eastus-spoke3-to-eastus-spoke2'
  properties: {
    remoteVirtualNetwork: {
      id: vnetEastusSpoke2.id
    }
    allowVirtualNetworkAccess: true
    allowForwardedTraffic: false
    allowGatewayTransit: false
    useRemoteGateways: false
    peerCompleteVnets: true
  }
  dependsOn: [
    vnetEastusSpoke2PeerEastusSpoke2ToEastusSpoke3
  ]
}

