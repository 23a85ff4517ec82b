#!/usr/bin/env bash
# Asks Azure what it does with packets and compares its answers with what was computed.
# It reads and changes nothing. It needs az, signed in, and jq.
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
# extension of Network Watcher; set CONNECT=no to leave them out. What Azure answers is kept in answers.json: paste it
# into the page to see every row beside the computed one.
set -uo pipefail

ANSWERS=${ANSWERS:-answers.json}
CONNECT=${CONNECT:-yes}
: >"$ANSWERS"
equal=0 differ=0 unknown=0
declare -A NIC VM IP

# id_of NAME TYPE
id_of() { az resource list --name "$1" --resource-type "$2" --query '[0].id' --output tsv 2>/dev/null; }

# group_of ID
group_of() { sed 's|.*/resourceGroups/||I; s|/.*||' <<<"$1"; }

# skip WHAT WHY
skip() {
  unknown=$((unknown + 1))
  printf 'unknown  %s: %s\n' "$1" "$2"
}

# judge WHAT EXPECTED AZURE: both are rows, in any order
judge() {
  local lines
  if lines=$(diff <(sort -u <<<"$2") <(sort -u <<<"$3")); then
    equal=$((equal + 1))
    printf 'equal    %s\n' "$1"
  else
    differ=$((differ + 1))
    printf 'DIFFERS  %s\n' "$1"
    grep '^[<>]' <<<"$lines" | sed 's/^</  computed/; s/^>/  azure   /'
  fi
}

# keep WHOSE JSON
keep() { jq -c --arg of "$1" '{captureOf: $of, value: .}' <<<"$2" >>"$ANSWERS"; }

# machine PLACE VNET SUBNET [NAME]: the NIC of a machine by name, else the first in the subnet
machine() {
  local nic='' vnet vm
  if [ -n "${4:-}" ]; then
    vm=$(id_of "$4" Microsoft.Compute/virtualMachines)
    [ -n "$vm" ] && nic=$(az vm show --ids "$vm" --query 'networkProfile.networkInterfaces[0].id' --output tsv)
  fi
  if [ -z "$nic" ]; then
    vnet=$(id_of "$2" Microsoft.Network/virtualNetworks)
    [ -n "$vnet" ] && nic=$(az network vnet show --ids "$vnet" --query "subnets[?name=='$3'].ipConfigurations[].id" --output tsv |
      grep -i -m 1 '/networkInterfaces/' | sed 's|/ipConfigurations/.*||')
  fi
  NIC[$1]=$nic VM[$1]='' IP[$1]=''
  [ -n "$nic" ] || return 0
  VM[$1]=$(az network nic show --ids "$nic" --query 'virtualMachine.id' --output tsv)
  IP[$1]=$(az network nic show --ids "$nic" --query 'ipConfigurations[0].privateIPAddress' --output tsv)
}

# routes PLACE, expected rows on the input: prefix, source, next hop, address of an appliance, state
routes() {
  local expected answer
  expected=$(cat)
  [ -n "${NIC[$1]}" ] || { skip "routes of $1" 'no machine stands there'; return; }
  answer=$(az network nic show-effective-route-table --ids "${NIC[$1]}" --query value --output json 2>/dev/null) ||
    { skip "routes of $1" 'Azure shows none: does the machine run?'; return; }
  keep "$1" "$answer"
  judge "routes of $1" "$expected" "$(jq -r '.[] | . as $row
    | select((.source == "Default" and .nextHopType == "None") | not) | .addressPrefix[]
    | [., $row.source, $row.nextHopType,
       (if $row.nextHopType == "VirtualAppliance" then ($row.nextHopIpAddress | join(",")) else "" end), $row.state]
    | @tsv' <<<"$answer")"
}

# next_hop FROM TO TYPE [ADDRESS]
next_hop() {
  local what="next hop from $1 to $2" answer
  [ -n "${VM[$1]}" ] && [ -n "${IP[$2]}" ] || { skip "$what" 'a machine is missing'; return; }
  answer=$(az network watcher show-next-hop --vm "${VM[$1]}" --nic "${NIC[$1]}" --source-ip "${IP[$1]}" --dest-ip "${IP[$2]}" --output json 2>/dev/null) ||
    { skip "$what" 'Network Watcher does not answer'; return; }
  keep "$1 to $2" "[$answer]"
  judge "$what" "$(printf '%s\t%s' "${3,,}" "${4:-}")" "$(jq -r '(.nextHopType | ascii_downcase) as $type
    | ({virtualnetwork: "vnetlocal", virtualnetworkpeering: "vnetpeering"}[$type] // $type) as $type
    | [$type, (if $type == "virtualappliance" then .nextHopIpAddress else "" end)] | @tsv' <<<"$answer")"
}

# connects FROM TO yes|no
connects() {
  local what="connection from $1 to $2" answer
  [ "$CONNECT" = yes ] || return 0
  [ -n "${VM[$1]}" ] && [ -n "${IP[$2]}" ] || { skip "$what" 'a machine is missing'; return; }
  answer=$(az network watcher test-connectivity --source-resource "${VM[$1]}" --dest-address "${IP[$2]}" --protocol Icmp --output json 2>/dev/null) ||
    { skip "$what" 'Network Watcher does not answer: has the machine its extension?'; return; }
  keep "$1 to $2" "[$(jq -c '{connectionStatus, avgLatencyInMs}' <<<"$answer")]"
  judge "$what" "$3" "$(jq -r 'if .connectionStatus == "Reachable" then "yes" else "no" end' <<<"$answer")"
}

# hub_routes HUB NAME TABLE, expected rows on the input: prefix, type of the next hop, its name
hub_routes() {
  local what="routes of $1 / $3" expected hub answer
  expected=$(cat)
  hub=$(id_of "$2" Microsoft.Network/virtualHubs)
  [ -n "$hub" ] || { skip "$what" 'the hub is missing'; return; }
  answer=$(az network vhub get-effective-routes --name "$2" --resource-group "$(group_of "$hub")" --resource-type RouteTable --resource-id "$hub/hubRouteTables/$3" --query value --output json 2>/dev/null) ||
    { skip "$what" 'Azure shows none'; return; }
  keep "$1 / $3" "$answer"
  judge "$what" "$expected" "$(jq -r '.[] | . as $row | .addressPrefixes[]
    | [., $row.nextHopType, (if ($row.nextHopType | test("Connection|Firewall")) then ($row.nextHops[0] | split("/") | last) else "" end)]
    | @tsv' <<<"$answer")"
}

# learned GATEWAY NAME, expected rows on the input: prefix, AS path
learned() {
  local what="routes that $1 learned" expected gateway answer
  expected=$(cat)
  gateway=$(id_of "$2" Microsoft.Network/virtualNetworkGateways)
  [ -n "$gateway" ] || { skip "$what" 'the gateway is missing'; return; }
  answer=$(az network vnet-gateway list-learned-routes --name "$2" --resource-group "$(group_of "$gateway")" --query value --output json 2>/dev/null) ||
    { skip "$what" 'Azure shows none'; return; }
  keep "$1 learned" "$answer"
  judge "$what" "$expected" "$(jq -r '.[] | [.network, (.asPath // "")] | @tsv' <<<"$answer")"
  for peer in $(az network vnet-gateway list-bgp-peer-status --name "$2" --resource-group "$(group_of "$gateway")" --query 'value[].neighbor' --output tsv 2>/dev/null); do
    answer=$(az network vnet-gateway list-advertised-routes --name "$2" --resource-group "$(group_of "$gateway")" --peer "$peer" --query value --output json 2>/dev/null) &&
      keep "$1 advertised" "$answer"
  done
}

# server_learned SERVER NAME, expected rows on the input: prefix, AS path
server_learned() {
  local what="routes that $1 learned" expected server peer answer all='[]'
  expected=$(cat)
  server=$(id_of "$2" Microsoft.Network/virtualHubs)
  [ -n "$server" ] || { skip "$what" 'the Route Server is missing'; return; }
  for peer in $(az network routeserver peering list --routeserver "$2" --resource-group "$(group_of "$server")" --query '[].name' --output tsv 2>/dev/null); do
    answer=$(az network routeserver peering list-learned-routes --routeserver "$2" --resource-group "$(group_of "$server")" --name "$peer" --output json 2>/dev/null) &&
      all=$(jq -c --argjson more "$answer" '. + [$more[] | arrays | .[]]' <<<"$all")
  done
  keep "$1 learned" "$all"
  judge "$what" "$expected" "$(jq -r '.[] | [.network, (.asPath // "")] | @tsv' <<<"$all")"
}

machine 'eastus-spoke1 / app' vnet-eastus-spoke1 snet-app eastus-spoke1-vm
routes 'eastus-spoke1 / app' <<'ROWS'
0.0.0.0/0	Default	Internet		Active
10.0.0.0/22	Default	VNetPeering		Active
10.0.128.0/24	Default	VnetLocal		Active
10.0.129.0/24	Default	VNetPeering		Active
10.0.130.0/24	Default	VNetPeering		Active
ROWS

printf '\n%s equal, %s differ, %s unknown; answers in %s\n' "$equal" "$differ" "$unknown" "$ANSWERS"
[ "$differ" = 0 ]
