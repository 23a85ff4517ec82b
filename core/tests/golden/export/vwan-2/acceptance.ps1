Find-Machine 'eastus-spoke1 / app' 'vnet-eastus-spoke1' 'snet-app' 'eastus-spoke1-vm'
Find-Machine 'westus-spoke1 / app' 'vnet-westus-spoke1' 'snet-app' 'westus-spoke1-vm'
Test-Routes 'eastus-spoke1 / app' @(
    ('0.0.0.0/0', 'Default', 'Internet', '', 'Active' -join "`t"),
    ('10.0.0.0/23', 'Default', 'VNetPeering', '', 'Active' -join "`t"),
    ('10.0.128.0/24', 'Default', 'VnetLocal', '', 'Active' -join "`t"),
    ('10.0.129.0/24', 'VirtualNetworkGateway', 'VirtualNetworkGateway', '', 'Active' -join "`t"),
    ('10.0.130.0/24', 'VirtualNetworkGateway', 'VirtualNetworkGateway', '', 'Active' -join "`t"),
    ('10.1.128.0/24', 'VirtualNetworkGateway', 'VirtualNetworkGateway', '', 'Active' -join "`t"),
    ('10.1.129.0/24', 'VirtualNetworkGateway', 'VirtualNetworkGateway', '', 'Active' -join "`t"),
    ('10.1.130.0/24', 'VirtualNetworkGateway', 'VirtualNetworkGateway', '', 'Active' -join "`t"))
Test-Routes 'westus-spoke1 / app' @(
    ('0.0.0.0/0', 'Default', 'Internet', '', 'Active' -join "`t"),
    ('10.0.128.0/24', 'VirtualNetworkGateway', 'VirtualNetworkGateway', '', 'Active' -join "`t"),
    ('10.0.129.0/24', 'VirtualNetworkGateway', 'VirtualNetworkGateway', '', 'Active' -join "`t"),
    ('10.0.130.0/24', 'VirtualNetworkGateway', 'VirtualNetworkGateway', '', 'Active' -join "`t"),
    ('10.1.0.0/23', 'Default', 'VNetPeering', '', 'Active' -join "`t"),
    ('10.1.128.0/24', 'Default', 'VnetLocal', '', 'Active' -join "`t"),
    ('10.1.129.0/24', 'VirtualNetworkGateway', 'VirtualNetworkGateway', '', 'Active' -join "`t"),
    ('10.1.130.0/24', 'VirtualNetworkGateway', 'VirtualNetworkGateway', '', 'Active' -join "`t"))
Test-NextHop 'eastus-spoke1 / app' 'westus-spoke1 / app' 'VirtualNetworkGateway' ''
Test-Connects 'eastus-spoke1 / app' 'westus-spoke1 / app' 'yes'
Test-NextHop 'westus-spoke1 / app' 'eastus-spoke1 / app' 'VirtualNetworkGateway' ''
Test-Connects 'westus-spoke1 / app' 'eastus-spoke1 / app' 'yes'
Test-HubRoutes 'eastus-vhub' 'eastus-vhub' 'defaultRouteTable' @(
    ('10.0.128.0/24', 'Virtual Network Connection', 'eastus-spoke1' -join "`t"),
    ('10.0.129.0/24', 'Virtual Network Connection', 'eastus-spoke2' -join "`t"),
    ('10.0.130.0/24', 'Virtual Network Connection', 'eastus-spoke3' -join "`t"),
    ('10.1.128.0/24', 'Remote Hub', '' -join "`t"),
    ('10.1.129.0/24', 'Remote Hub', '' -join "`t"),
    ('10.1.130.0/24', 'Remote Hub', '' -join "`t"))
Test-HubRoutes 'westus-vhub' 'westus-vhub' 'defaultRouteTable' @(
    ('10.0.128.0/24', 'Remote Hub', '' -join "`t"),
    ('10.0.129.0/24', 'Remote Hub', '' -join "`t"),
    ('10.0.130.0/24', 'Remote Hub', '' -join "`t"),
    ('10.1.128.0/24', 'Virtual Network Connection', 'westus-spoke1' -join "`t"),
    ('10.1.129.0/24', 'Virtual Network Connection', 'westus-spoke2' -join "`t"),
    ('10.1.130.0/24', 'Virtual Network Connection', 'westus-spoke3' -join "`t"))

"$script:Equal equal, $script:Differ differ, $script:Unknown unknown; answers in $Answers"
if ($script:Differ) { exit 1 }
