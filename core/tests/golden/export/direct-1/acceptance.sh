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
