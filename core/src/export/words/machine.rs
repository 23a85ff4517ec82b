//! Words of firewalls, load balancers, NICs, machines and routing appliances.

use super::{Change, NAME, Word, Words, blocks, commands, kept, one, with, words};

pub(super) const FIREWALL: Words = kept(words(
    "azurerm_firewall",
    "",
    "network firewall",
    &[],
    &[
        one("properties.sku.name", "sku_name", "--sku"),
        one("properties.sku.tier", "sku_tier", "--tier"),
        one(
            "properties.firewallPolicy.id",
            "firewall_policy_id",
            "--firewall-policy",
        ),
        one("zones", "zones", "--zones"),
        blocks(
            "properties.ipConfigurations[]",
            "ip_configuration",
            &[
                one("name", "name", ""),
                one("properties.subnet.id", "subnet_id", ""),
                one("properties.publicIPAddress.id", "public_ip_address_id", ""),
            ],
        ),
        one(
            "properties.managementIpConfiguration.name",
            "management_ip_configuration.name",
            "--m-conf-name",
        ),
        one(
            "properties.managementIpConfiguration.properties.subnet.id",
            "management_ip_configuration.subnet_id",
            "-",
        ),
        with(
            "properties.managementIpConfiguration.properties.publicIPAddress.id",
            "management_ip_configuration.public_ip_address_id",
            "",
            Change::Same,
        ),
        with(
            "properties.managementIpConfiguration.properties.publicIPAddress.id",
            "",
            "--m-public-ip",
            Change::Name,
        ),
        with(
            "properties.ipConfigurations[0].properties.subnet.id",
            "",
            "--vnet-name",
            Change::AboveName,
        ),
        one("properties.ipConfigurations[0].name", "", "--conf-name"),
        with(
            "properties.ipConfigurations[0].properties.publicIPAddress.id",
            "",
            "--public-ip",
            Change::Name,
        ),
        commands(
            "properties.ipConfigurations[1+]",
            "network firewall ip-config create",
            "--firewall-name",
            &[
                NAME,
                with(
                    "properties.publicIPAddress.id",
                    "",
                    "--public-ip-address",
                    Change::Name,
                ),
            ],
        ),
    ],
));

pub(super) const LOAD_BALANCER: Words = kept(words(
    "azurerm_lb",
    "",
    "network lb",
    &[],
    &[
        one("sku.name", "sku", "--sku"),
        blocks(
            "properties.frontendIPConfigurations[]",
            "frontend_ip_configuration",
            &[
                one("name", "name", ""),
                one("zones", "zones", ""),
                one("properties.subnet.id", "subnet_id", ""),
                one(
                    "properties.privateIPAllocationMethod",
                    "private_ip_address_allocation",
                    "-",
                ),
                one("properties.privateIPAddress", "private_ip_address", ""),
            ],
        ),
        one(
            "properties.frontendIPConfigurations[].properties.privateIPAllocationMethod",
            "",
            "-",
        ),
        one(
            "properties.frontendIPConfigurations[0].name",
            "",
            "--frontend-ip-name",
        ),
        one(
            "properties.frontendIPConfigurations[0].zones",
            "",
            "--frontend-ip-zone",
        ),
        one(
            "properties.frontendIPConfigurations[0].properties.subnet.id",
            "",
            "--subnet",
        ),
        one(
            "properties.frontendIPConfigurations[0].properties.privateIPAddress",
            "",
            "--private-ip-address",
        ),
        Word::Option("--backend-pool-name machines"),
    ],
));

pub(super) const BACKEND_POOL: Words = words(
    "azurerm_lb_backend_address_pool",
    "loadbalancer_id",
    "^",
    &[],
    &[],
);

pub(super) const PROBE: Words = words(
    "azurerm_lb_probe",
    "loadbalancer_id",
    "network lb probe",
    &["--lb-name"],
    &[
        one("properties.protocol", "protocol", "--protocol"),
        one("properties.port", "port", "--port"),
    ],
);

pub(super) const BALANCING_RULE: Words = words(
    "azurerm_lb_rule",
    "loadbalancer_id",
    "network lb rule",
    &["--lb-name"],
    &[
        with(
            "properties.frontendIPConfiguration.id",
            "frontend_ip_configuration_name",
            "--frontend-ip-name",
            Change::Name,
        ),
        with(
            "properties.backendAddressPool.id",
            "backend_address_pool_ids",
            "",
            Change::Listed,
        ),
        with(
            "properties.backendAddressPool.id",
            "",
            "--backend-pool-name",
            Change::Name,
        ),
        one("properties.probe.id", "probe_id", ""),
        with("properties.probe.id", "", "--probe-name", Change::Name),
        one("properties.protocol", "protocol", "--protocol"),
        one(
            "properties.frontendPort",
            "frontend_port",
            "--frontend-port",
        ),
        one("properties.backendPort", "backend_port", "--backend-port"),
        one(
            "properties.enableFloatingIP",
            "floating_ip_enabled",
            "--enable-floating-ip",
        ),
    ],
);

pub(super) const NIC: Words = kept(words(
    "azurerm_network_interface",
    "",
    "network nic",
    &[],
    &[
        one(
            "properties.enableIPForwarding",
            "ip_forwarding_enabled",
            "--ip-forwarding",
        ),
        blocks(
            "properties.ipConfigurations[]",
            "ip_configuration",
            &[
                one("name", "name", "-"),
                one("properties.subnet.id", "subnet_id", ""),
                one(
                    "properties.privateIPAllocationMethod",
                    "private_ip_address_allocation",
                    "-",
                ),
                one("properties.privateIPAddress", "private_ip_address", ""),
                one("properties.publicIPAddress.id", "public_ip_address_id", ""),
            ],
        ),
        one("properties.ipConfigurations[].name", "", "-"),
        one(
            "properties.ipConfigurations[].properties.privateIPAllocationMethod",
            "",
            "-",
        ),
        Word::Association {
            path: "properties.networkSecurityGroup.id",
            resource: "azurerm_network_interface_security_group_association",
            own: "network_interface_id",
            other: "network_security_group_id",
            further: &[],
        },
        one(
            "properties.networkSecurityGroup.id",
            "",
            "--network-security-group",
        ),
        Word::Association {
            path: "properties.ipConfigurations[0].properties.applicationSecurityGroups[].id",
            resource: "azurerm_network_interface_application_security_group_association",
            own: "network_interface_id",
            other: "application_security_group_id",
            further: &[],
        },
        one(
            "properties.ipConfigurations[0].properties.applicationSecurityGroups[].id",
            "",
            "--application-security-groups",
        ),
        Word::Association {
            path: "properties.ipConfigurations[0].properties.loadBalancerBackendAddressPools[0].id",
            resource: "azurerm_network_interface_backend_address_pool_association",
            own: "network_interface_id",
            other: "backend_address_pool_id",
            further: &[("ip_configuration_name", "\"address\"")],
        },
        one(
            "properties.ipConfigurations[0].properties.subnet.id",
            "",
            "--subnet",
        ),
        one(
            "properties.ipConfigurations[0].properties.privateIPAddress",
            "",
            "--private-ip-address",
        ),
        one(
            "properties.ipConfigurations[0].properties.publicIPAddress.id",
            "",
            "--public-ip-address",
        ),
        one(
            "properties.ipConfigurations[0].properties.loadBalancerBackendAddressPools[0].id",
            "",
            "--lb-address-pools",
        ),
    ],
));

pub(super) const MACHINE: Words = kept(words(
    "azurerm_linux_virtual_machine",
    "",
    "vm",
    &[],
    &[
        one("zones[0]", "zone", "--zone"),
        one("properties.hardwareProfile.vmSize", "size", "--size"),
        one(
            "properties.osProfile.computerName",
            "computer_name",
            "--computer-name",
        ),
        one(
            "properties.osProfile.adminUsername",
            "admin_username",
            "--admin-username",
        ),
        one(
            "properties.osProfile.adminUsername",
            "admin_ssh_key.username",
            "",
        ),
        one(
            "properties.osProfile.linuxConfiguration.disablePasswordAuthentication",
            "disable_password_authentication",
            "-",
        ),
        one(
            "properties.osProfile.linuxConfiguration.ssh.publicKeys[0].path",
            "-",
            "-",
        ),
        one(
            "properties.osProfile.linuxConfiguration.ssh.publicKeys[0].keyData",
            "admin_ssh_key.public_key",
            "--ssh-key-values",
        ),
        one(
            "properties.storageProfile.imageReference.publisher",
            "source_image_reference.publisher",
            "-",
        ),
        one(
            "properties.storageProfile.imageReference.offer",
            "source_image_reference.offer",
            "-",
        ),
        one(
            "properties.storageProfile.imageReference.sku",
            "source_image_reference.sku",
            "-",
        ),
        one(
            "properties.storageProfile.imageReference.version",
            "source_image_reference.version",
            "-",
        ),
        Word::Option(
            "--image \"$NVA_IMAGE_PUBLISHER:$NVA_IMAGE_OFFER:$NVA_IMAGE_SKU:$NVA_IMAGE_VERSION\"",
        ),
        one("properties.storageProfile.osDisk.createOption", "-", "-"),
        one(
            "properties.storageProfile.osDisk.caching",
            "os_disk.caching",
            "--os-disk-caching",
        ),
        one(
            "properties.storageProfile.osDisk.managedDisk.storageAccountType",
            "os_disk.storage_account_type",
            "--storage-sku",
        ),
        one(
            "properties.networkProfile.networkInterfaces[].id",
            "network_interface_ids",
            "--nics",
        ),
        one(
            "properties.networkProfile.networkInterfaces[].properties.primary",
            "-",
            "-",
        ),
    ],
));

pub(super) const ROUTING_APPLIANCE: Words = words(
    "",
    "",
    "network virtual-network-appliance",
    &[],
    &[
        one("properties.bandwidthInGbps", "", "--bandwidth-in-gbps"),
        with("properties.subnet", "", "--subnet", Change::Json),
    ],
);
