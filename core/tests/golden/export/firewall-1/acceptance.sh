machine 'eastus-spoke1 / app' vnet-eastus-spoke1 snet-app eastus-spoke1-vm
routes 'eastus-spoke1 / app' <<'ROWS'
0.0.0.0/0	Default	Internet		Invalid
0.0.0.0/0	User	VirtualAppliance	10.0.0.4	Active
10.0.0.0/22	Default	VNetPeering		Active
10.0.128.0/24	Default	VnetLocal		Active
ROWS

printf '\n%s equal, %s differ, %s unknown; answers in %s\n' "$equal" "$differ" "$unknown" "$ANSWERS"
[ "$differ" = 0 ]
