"""What people write today: pytricia for the tables, networkx for the peerings, a trace by hand. Virtual WAN hubs have
default tables: each knows the VNets of all.

Reads a topology from standard input; writes the median time of its runs and one byte for every ordered pair of
workload subnets. It is written with care: what lies behind a route table is traced once for each destination, not
once for each pair, and what two ways mean together is judged once.
"""
import json
import statistics
import sys
import time

import networkx
import pytricia


def answers(estate):
    subnets = estate["subnets"]
    graph = networkx.Graph()
    graph.add_nodes_from(range(len(estate["vnets"])))
    graph.add_edges_from(estate["links"])
    owner = pytricia.PyTricia()
    for vnet, ranges in enumerate(estate["vnets"]):
        for prefix in ranges:
            owner[prefix] = vnet
    user = []
    for routes in estate["tables"]:
        table = pytricia.PyTricia()
        for prefix, hop in routes:
            table[prefix] = hop
        user.append(table)
    appliance = {nic["ip"]: nic for nic in estate["appliances"]}
    hub_of = dict(estate["connections"])

    def next_hop(vnet, table, address, target):
        """An appliance's address, or whether the packet is delivered: the longest prefix wins, then the user's."""
        local = target is not None and (target == vnet or graph.has_edge(vnet, target))
        if table is None or address not in user[table]:
            return local
        if local:
            length = int(user[table].get_key(address).split("/")[1])
            if length < int(owner.get_key(address).split("/")[1]):
                return True
        return user[table][address] or False

    def trace(vnet, table, address):
        """Appliances and hubs on the way, and whether it arrives."""
        path, target = [], owner.get(address)
        for _ in range(32):
            hop = next_hop(vnet, table, address, target)
            if hop is False and vnet in hub_of and target in hub_of:
                path.append(hub_of[vnet])
                if hub_of[vnet] != hub_of[target]:
                    path.append(hub_of[target])
                return tuple(path), True
            if hop is True or hop is False:
                return tuple(path), hop
            if hop not in appliance:
                return tuple(path), False
            path.append(hop)
            subnet = subnets[appliance[hop]["subnet"]]
            vnet, table = subnet["vnet"], subnet["table"]
        return tuple(path), False

    def judge(there, back):
        (out, arrives), (home, returns) = there, back
        reached = arrives and returns
        inspected = reached and any(hop in appliance and appliance[hop]["stateful"] for hop in out)
        symmetric = reached and out == home[::-1]
        direct = reached and not out and not home
        hops = len(out) + 1 + arrives
        return reached | inspected << 1 | symmetric << 2 | direct << 3 | min(hops, 15) << 4

    ends = [(position, subnets[s]["vnet"], subnets[s]["table"], ip) for position, (s, ip) in enumerate(estate["ends"])]
    near = [set(graph[vnet]) | {vnet} for _, vnet, _, _ in ends]
    known, judged, paths = {}, {}, {}

    def one_way(source, destination):
        """The way from one end to another; ends that are no neighbours share what lies behind the route table."""
        _, vnet, table, _ = source
        position, target, _, address = destination
        key = (source[0], position) if target in near[source[0]] else (table, hub_of.get(vnet), -1 - position)
        way = known.get(key)
        if way is None:
            way = known[key] = trace(vnet, table, address)
            way = known[key] = paths.setdefault(way, way)
        return way

    matrix = bytearray()
    for source in ends:
        for destination in ends:
            if source is destination:
                matrix.append(0)
                continue
            there, back = one_way(source, destination), one_way(destination, source)
            key = (id(there), id(back))
            byte = judged.get(key)
            if byte is None:
                byte = judged[key] = judge(there, back)
            matrix.append(byte)
    return bytes(matrix)


def main():
    estate = json.load(sys.stdin)
    times, matrix = [], b""
    for _ in range(int(sys.argv[1])):
        start = time.perf_counter()
        matrix = answers(estate)
        times.append(time.perf_counter() - start)
    sys.stdout.buffer.write(f"{statistics.median(times):.9f}\n".encode() + matrix)


main()
