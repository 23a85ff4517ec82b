# Asks Azure what it does with packets and compares its answers with what was computed.
# It reads and changes nothing. It needs the modules Az.Network, Az.Compute and Az.Resources, signed in.
#
# Rights: Reader, and these actions (Network Contributor has them all):
#   Microsoft.Network/networkInterfaces/effectiveRouteTable/action
#   Microsoft.Network/networkWatchers/nextHop/action
#   Microsoft.Network/networkWatchers/connectivityCheck/action
#   Microsoft.Network/virtualHubs/effectiveRoutes/action
#   Microsoft.Network/virtualNetworkGateways/getLearnedRoutes/action
#   Microsoft.Network/virtualHubs/bgpConnections/learnedRoutes/action
#
# Effective routes and next hops are told of machines that run. Connections are tried by ping, from machines with the
# extension of Network Watcher; -NoConnections leaves them out. What Azure answers is kept in answers.json: paste it into
# the page to see every row beside the computed one.
param([string]$Answers = 'answers.json', [switch]$NoConnections)
$ErrorActionPreference = 'Stop'
Set-Content -Path $Answers -Value ''
$script:Equal = 0; $script:Differ = 0; $script:Unknown = 0
# PowerShell takes no notice of case: no two names here differ by it alone.
$Nics = @{}; $Machines = @{}; $Addresses = @{}

function Find-Resource($Name, $Type) { Get-AzResource -Name $Name -ResourceType $Type | Select-Object -First 1 }

function Skip-Question($What, $Why) { $script:Unknown++; "unknown  ${What}: $Why" }

# Rows of both sides, in any order.
function Compare-Rows($What, [string[]]$Expected, [string[]]$Azure) {
    $lines = Compare-Object @($Expected | Sort-Object -Unique) @($Azure | Sort-Object -Unique)
    if (-not $lines) { $script:Equal++; return "equal    $What" }
    $script:Differ++
    "DIFFERS  $What"
    foreach ($line in $lines) {
        if ($line.SideIndicator -eq '<=') { "  computed $($line.InputObject)" } else { "  azure    $($line.InputObject)" }
    }
}

function Save-Answer($Of, $Rows) {
    [ordered]@{ captureOf = $Of; value = @($Rows) } | ConvertTo-Json -Depth 20 -Compress | Add-Content -Path $Answers
}

# The NIC of a machine by name, else the first in the subnet.
function Find-Machine($Place, $Vnet, $Subnet, $Name) {
    $found = $null
    if ($Name) {
        $vm = Find-Resource $Name 'Microsoft.Compute/virtualMachines'
        if ($vm) { $found = (Get-AzVM -ResourceId $vm.ResourceId).NetworkProfile.NetworkInterfaces[0].Id }
    }
    if (-not $found) {
        $network = Find-Resource $Vnet 'Microsoft.Network/virtualNetworks'
        if ($network) {
            $all = (Get-AzVirtualNetwork -Name $network.Name -ResourceGroupName $network.ResourceGroupName).Subnets
            $found = ($all | Where-Object Name -EQ $Subnet).IpConfigurations.Id |
                Where-Object { $_ -match '/networkInterfaces/' } | Select-Object -First 1
        }
    }
    if (-not $found) { return }
    $nic = Get-AzNetworkInterface -ResourceId ($found -replace '/ipConfigurations/.*', '')
    $Nics[$Place] = $nic
    $Addresses[$Place] = $nic.IpConfigurations[0].PrivateIpAddress
    if ($nic.VirtualMachine) { $Machines[$Place] = $nic.VirtualMachine.Id }
}

function Test-Routes($Place, [string[]]$Expected) {
    $nic = $Nics[$Place]
    if (-not $nic) { return Skip-Question "routes of $Place" 'no machine stands there' }
    try { $rows = Get-AzEffectiveRouteTable -NetworkInterfaceName $nic.Name -ResourceGroupName $nic.ResourceGroupName }
    catch { return Skip-Question "routes of $Place" 'Azure shows none: does the machine run?' }
    Save-Answer $Place $rows
    $azure = foreach ($row in $rows) {
        if ($row.Source -eq 'Default' -and $row.NextHopType -eq 'None') { continue }
        $hop = if ($row.NextHopType -eq 'VirtualAppliance') { $row.NextHopIpAddress -join ',' } else { '' }
        foreach ($prefix in $row.AddressPrefix) { $prefix, $row.Source, $row.NextHopType, $hop, $row.State -join "`t" }
    }
    Compare-Rows "routes of $Place" $Expected $azure
}

function Find-Watcher($Place) {
    Get-AzNetworkWatcher | Where-Object Location -EQ $Nics[$Place].Location | Select-Object -First 1
}

function Test-NextHop($From, $To, $ExpectedType, $ExpectedHop) {
    $what = "next hop from $From to $To"
    if (-not $Machines[$From] -or -not $Addresses[$To]) { return Skip-Question $what 'a machine is missing' }
    try {
        $row = Get-AzNetworkWatcherNextHop -NetworkWatcher (Find-Watcher $From) -TargetVirtualMachineId $Machines[$From] `
            -TargetNetworkInterfaceId $Nics[$From].Id -SourceIPAddress $Addresses[$From] -DestinationIPAddress $Addresses[$To]
    } catch { return Skip-Question $what 'Network Watcher does not answer' }
    Save-Answer "$From to $To" $row
    $words = @{ virtualnetwork = 'vnetlocal'; virtualnetworkpeering = 'vnetpeering' }
    $type = "$($row.NextHopType)".ToLowerInvariant()
    if ($words[$type]) { $type = $words[$type] }
    $hop = if ($type -eq 'virtualappliance') { $row.NextHopIpAddress } else { '' }
    Compare-Rows $what "$($ExpectedType.ToLowerInvariant())`t$ExpectedHop" "$type`t$hop"
}

function Test-Connects($From, $To, $Expected) {
    $what = "connection from $From to $To"
    if ($NoConnections) { return }
    if (-not $Machines[$From] -or -not $Addresses[$To]) { return Skip-Question $what 'a machine is missing' }
    try {
        $row = Test-AzNetworkWatcherConnectivity -NetworkWatcher (Find-Watcher $From) -SourceId $Machines[$From] `
            -DestinationAddress $Addresses[$To] -ProtocolConfiguration (New-AzNetworkWatcherProtocolConfiguration -Protocol Icmp)
    } catch { return Skip-Question $what 'Network Watcher does not answer: has the machine its extension?' }
    Save-Answer "$From to $To" ($row | Select-Object ConnectionStatus, AvgLatencyInMs)
    $azure = if ($row.ConnectionStatus -eq 'Reachable') { 'yes' } else { 'no' }
    Compare-Rows $what $Expected $azure
}

function Test-HubRoutes($Hub, $Name, $Table, [string[]]$Expected) {
    $what = "routes of $Hub / $Table"
    $found = Find-Resource $Name 'Microsoft.Network/virtualHubs'
    if (-not $found) { return Skip-Question $what 'the hub is missing' }
    try {
        $rows = (Get-AzVHubEffectiveRoute -ResourceGroupName $found.ResourceGroupName -VirtualHubName $Name `
            -ResourceId "$($found.ResourceId)/hubRouteTables/$Table" -VirtualWanResourceType RouteTable).Value
    } catch { return Skip-Question $what 'Azure shows none' }
    Save-Answer "$Hub / $Table" $rows
    $azure = foreach ($row in $rows) {
        $hop = if ($row.NextHopType -match 'Connection|Firewall') { ("$($row.NextHops | Select-Object -First 1)" -split '/')[-1] } else { '' }
        foreach ($prefix in $row.AddressPrefixes) { $prefix, $row.NextHopType, $hop -join "`t" }
    }
    Compare-Rows $what $Expected $azure
}

function Test-Learned($Gateway, $Name, [string[]]$Expected) {
    $what = "routes that $Gateway learned"
    $found = Find-Resource $Name 'Microsoft.Network/virtualNetworkGateways'
    if (-not $found) { return Skip-Question $what 'the gateway is missing' }
    $of = @{ ResourceGroupName = $found.ResourceGroupName; VirtualNetworkGatewayName = $Name }
    try { $rows = Get-AzVirtualNetworkGatewayLearnedRoute @of } catch { return Skip-Question $what 'Azure shows none' }
    Save-Answer "$Gateway learned" $rows
    Compare-Rows $what $Expected ($rows | ForEach-Object { $_.Network, $_.AsPath -join "`t" })
    foreach ($peer in Get-AzVirtualNetworkGatewayBGPPeerStatus @of) {
        Save-Answer "$Gateway advertised" (Get-AzVirtualNetworkGatewayAdvertisedRoute @of -Peer $peer.Neighbor)
    }
}

function Test-ServerLearned($Server, $Name, [string[]]$Expected) {
    $what = "routes that $Server learned"
    $found = Find-Resource $Name 'Microsoft.Network/virtualHubs'
    if (-not $found) { return Skip-Question $what 'the Route Server is missing' }
    $of = @{ ResourceGroupName = $found.ResourceGroupName; RouteServerName = $Name }
    try {
        $peers = (Get-AzRouteServer @of).Peerings
        $rows = foreach ($peer in $peers) { Get-AzRouteServerPeerLearnedRoute @of -PeerName $peer.Name }
    } catch { return Skip-Question $what 'Azure shows none' }
    Save-Answer "$Server learned" $rows
    Compare-Rows $what $Expected ($rows | ForEach-Object { $_.Network, $_.AsPath -join "`t" })
}

