Find-Machine 'eastus-spoke1 / app' 'vnet-eastus-spoke1' 'snet-app' 'eastus-spoke1-vm'
Test-Routes 'eastus-spoke1 / app' @(
    ('0.0.0.0/0', 'Default', 'Internet', '', 'Invalid' -join "`t"),
    ('0.0.0.0/0', 'User', 'VirtualAppliance', '10.0.0.4', 'Active' -join "`t"),
    ('10.0.0.0/22', 'Default', 'VNetPeering', '', 'Active' -join "`t"),
    ('10.0.128.0/24', 'Default', 'VnetLocal', '', 'Active' -join "`t"))

"$script:Equal equal, $script:Differ differ, $script:Unknown unknown; answers in $Answers"
if ($script:Differ) { exit 1 }
