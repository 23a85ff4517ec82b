"""Holds ARM templates against the models of azure-mgmt-network, which Microsoft makes from its own API.

    pip install -r tests/foreign/requirements.txt
    python tests/foreign/arm_models.py azuredeploy.json …

Every member of every resource has to be one that the model of its type has, and every plain value has to be of the
model's type or one of its words. Prints what is not, and ends with 1.
"""

import datetime
import enum
import functools
import json
import sys
import typing

import azure.mgmt.network.models as models
from azure.mgmt.network.models import _models

# Resource types and their models; types of other providers are not in the package.
KINDS = {
    "azureFirewalls": "AzureFirewall",
    "connections": "VirtualNetworkGatewayConnection",
    "expressRouteCircuits": "ExpressRouteCircuit",
    "expressRouteCircuits/peerings": "ExpressRouteCircuitPeering",
    "expressRouteCircuits/peerings/connections": "ExpressRouteCircuitConnection",
    "expressRouteGateways": "ExpressRouteGateway",
    "expressRouteGateways/expressRouteConnections": "ExpressRouteConnection",
    "firewallPolicies": "FirewallPolicy",
    "firewallPolicies/ruleCollectionGroups": "FirewallPolicyRuleCollectionGroup",
    "loadBalancers": "LoadBalancer",
    "localNetworkGateways": "LocalNetworkGateway",
    "networkInterfaces": "NetworkInterface",
    "networkManagers": "NetworkManager",
    "networkManagers/connectivityConfigurations": "ConnectivityConfiguration",
    "networkManagers/networkGroups": "NetworkGroup",
    "networkManagers/networkGroups/staticMembers": "StaticMember",
    "networkManagers/routingConfigurations": "NetworkManagerRoutingConfiguration",
    "networkManagers/routingConfigurations/ruleCollections": "RoutingRuleCollection",
    "networkManagers/routingConfigurations/ruleCollections/rules": "RoutingRule",
    "networkManagers/securityAdminConfigurations": "SecurityAdminConfiguration",
    "networkManagers/securityAdminConfigurations/ruleCollections": "AdminRuleCollection",
    "networkManagers/securityAdminConfigurations/ruleCollections/rules": "AdminRule",
    "networkSecurityGroups": "NetworkSecurityGroup",
    "networkVirtualAppliances": "NetworkVirtualAppliance",
    "privateEndpoints": "PrivateEndpoint",
    "publicIPAddresses": "PublicIPAddress",
    "routeTables": "RouteTable",
    "virtualHubs": "VirtualHub",
    "virtualHubs/bgpConnections": "BgpConnection",
    "virtualHubs/hubRouteTables": "HubRouteTable",
    "virtualHubs/hubVirtualNetworkConnections": "HubVirtualNetworkConnection",
    "virtualHubs/ipConfigurations": "HubIpConfiguration",
    "virtualHubs/routingIntent": "RoutingIntent",
    "virtualNetworkAppliances": "VirtualNetworkAppliance",
    "virtualNetworkGateways": "VirtualNetworkGateway",
    "virtualNetworks": "VirtualNetwork",
    "virtualNetworks/virtualNetworkPeerings": "VirtualNetworkPeering",
    "virtualWans": "VirtualWAN",
    "vpnGateways": "VpnGateway",
    "vpnGateways/vpnConnections": "VpnConnection",
    "vpnSites": "VpnSite",
}

# What a template says of every resource, and no model.
OF_TEMPLATES = {"type", "apiVersion", "name", "comments", "dependsOn", "location"}


@functools.cache
def fields(model):
    """Names on the wire, with the types of the model."""
    model({})  # A model knows its names once one was made.
    names = {**vars(models), "_models": models, "datetime": datetime}
    hints = typing.get_type_hints(model, names)
    return {field._rest_name: hints.get(name) for name, field in model._attr_to_rest_field.items()}


def words(kind):
    """Models, enumerations and plain types inside of an annotation."""
    inside = typing.get_args(kind)
    return [one for part in inside for one in words(part)] if inside else [kind]


def is_model(kind):
    return isinstance(kind, type) and kind.__module__ == _models.__name__


def check(place, value, kind, found):
    if isinstance(value, str) and value.startswith("[") and not value.startswith("[["):
        return  # An expression: its value is known when it is deployed.
    if isinstance(value, list):
        for at, item in enumerate(value):
            check(f"{place}[{at}]", item, kind, found)
        return
    kinds = words(kind)
    if isinstance(value, dict):
        options = [one for one in kinds if is_model(one)]
        options += [sub for one in options for sub in below(one)]
        if not options:
            return
        model = named(options, value) or max(options, key=lambda one: len(set(value) & set(fields(one))))
        known = fields(model)
        for key, inner in value.items():
            if key not in known:
                found.append(f"{place}.{key}: {model.__name__} has no such member")
            elif known[key] is not None:
                check(f"{place}.{key}", inner, known[key], found)
        return
    enums = [one for one in kinds if isinstance(one, type) and issubclass(one, enum.Enum)]
    if enums and str not in [type(value)] and not isinstance(value, bool):
        found.append(f"{place}: expected one of {[word.value for word in enums[0]]}, found {value!r}")
    elif enums and value not in [word.value for one in enums for word in one]:
        found.append(f"{place}: expected one of {[word.value for word in enums[0]]}, found {value!r}")
    plain = [one for one in kinds if one in (bool, int, str, float)]
    if plain and not enums and type(value) not in plain and not (float in plain and type(value) is int):
        found.append(f"{place}: expected {plain[0].__name__}, found {value!r}")


def named(options, value):
    """The model that a word of the value names, where models of one root differ by it."""
    mapping = {word: model for one in options for word, model in getattr(one, "__mapping__", {}).items()}
    found = [mapping[word] for word in value.values() if isinstance(word, str) and word in mapping]
    return found[0] if found else None


def below(model):
    """Models that say more of the same."""
    return [sub for one in model.__subclasses__() for sub in [one, *below(one)]]


def resource(one, found):
    kind = one["type"].removeprefix("Microsoft.Network/")
    if kind not in KINDS:
        return False
    model = getattr(models, KINDS[kind])
    known = fields(model)
    place = f"{one['type']} {one['name']}"
    for key, value in one.items():
        if key in known:
            check(f"{place}.{key}", value, known[key], found)
        elif key not in OF_TEMPLATES:
            found.append(f"{place}.{key}: {model.__name__} has no such member")
    return True


def main(files):
    found, checked = [], 0
    for file in files:
        with open(file, encoding="utf-8") as text:
            template = json.load(text)
        for one in template["resources"]:
            before = len(found)
            checked += resource(one, found)
            found[before:] = [f"{file}: {line}" for line in found[before:]]
    for line in sorted(set(found)):
        print(line)
    print(f"{checked} resources, {len(set(found))} differences")
    return 1 if found or not checked else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
