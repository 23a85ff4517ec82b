Find-Machine 'eastus-spoke1 / app' 'vnet-eastus-spoke1' 'snet-app' 'eastus-spoke1-vm'
Test-Routes 'eastus-spoke1 / app' @(
    ('0.0.0.0/0', 'Default', 'Internet', '', 'Active' -join "`t"),
    ('10.0.0.0/22', 'Default', 'VNetPeering', '', 'Active' -join "`t"),
    ('10.0.128.0/24', 'Default', 'VnetLocal', '', 'Active' -join "`t"),
    ('10.0.129.0/24', 'Default', 'VNetPeering', '', 'Active' -join "`t"),
    ('10.0.130.0/24', 'Default', 'VNetPeering', '', 'Active' -join "`t"))

"$script:Equal equal, $script:Differ differ, $script:Unknown unknown; answers in $Answers"
if ($script:Differ) { exit 1 }
