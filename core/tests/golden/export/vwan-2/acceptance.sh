machine 'eastus-spoke1 / app' vnet-eastus-spoke1 snet-app eastus-spoke1-vm
machine 'westus-spoke1 / app' vnet-westus-spoke1 snet-app westus-spoke1-vm
routes 'eastus-spoke1 / app' <<'ROWS'
0.0.0.0/0	Default	Internet		Active
10.0.0.0/23	Default	VNetPeering		Active
10.0.128.0/24	Default	VnetLocal		Active
10.0.129.0/24	VirtualNetworkGateway	VirtualNetworkGateway		Active
10.0.130.0/24	VirtualNetworkGateway	VirtualNetworkGateway		Active
10.1.128.0/24	VirtualNetworkGateway	VirtualNetworkGateway		Active
10.1.129.0/24	VirtualNetworkGateway	VirtualNetworkGateway		Active
10.1.130.0/24	VirtualNetworkGateway	VirtualNetworkGateway		Active
ROWS
routes 'westus-spoke1 / app' <<'ROWS'
0.0.0.0/0	Default	Internet		Active
10.0.128.0/24	VirtualNetworkGateway	VirtualNetworkGateway		Active
10.0.129.0/24	VirtualNetworkGateway	VirtualNetworkGateway		Active
10.0.130.0/24	VirtualNetworkGateway	VirtualNetworkGateway		Active
10.1.0.0/23	Default	VNetPeering		Active
10.1.128.0/24	Default	VnetLocal		Active
10.1.129.0/24	VirtualNetworkGateway	VirtualNetworkGateway		Active
10.1.130.0/24	VirtualNetworkGateway	VirtualNetworkGateway		Active
ROWS
next_hop 'eastus-spoke1 / app' 'westus-spoke1 / app' VirtualNetworkGateway ''
connects 'eastus-spoke1 / app' 'westus-spoke1 / app' yes
next_hop 'westus-spoke1 / app' 'eastus-spoke1 / app' VirtualNetworkGateway ''
connects 'westus-spoke1 / app' 'eastus-spoke1 / app' yes
hub_routes eastus-vhub eastus-vhub defaultRouteTable <<'ROWS'
10.0.128.0/24	Virtual Network Connection	eastus-spoke1
10.0.129.0/24	Virtual Network Connection	eastus-spoke2
10.0.130.0/24	Virtual Network Connection	eastus-spoke3
10.1.128.0/24	Remote Hub	
10.1.129.0/24	Remote Hub	
10.1.130.0/24	Remote Hub	
ROWS
hub_routes westus-vhub westus-vhub defaultRouteTable <<'ROWS'
10.0.128.0/24	Remote Hub	
10.0.129.0/24	Remote Hub	
10.0.130.0/24	Remote Hub	
10.1.128.0/24	Virtual Network Connection	westus-spoke1
10.1.129.0/24	Virtual Network Connection	westus-spoke2
10.1.130.0/24	Virtual Network Connection	westus-spoke3
ROWS

printf '\n%s equal, %s differ, %s unknown; answers in %s\n' "$equal" "$differ" "$unknown" "$ANSWERS"
[ "$differ" = 0 ]
