//! (b) What people write today, in a process of its own: the topology as JSON goes in, one byte a pair comes out.

use interspoke_core::topology::{Destination, SubnetId, Topology};
use serde_json::{Value, json};
use std::io::Write;
use std::net::Ipv4Addr;
use std::process::{Command, Stdio};
use std::time::Duration;

const SCRIPT: &str = include_str!("../trace.py");

/// Runs the trace; the median of its runs, measured inside, without reading the JSON.
pub(crate) fn matrix(
    python: &str,
    topology: &Topology,
    ends: &[(SubnetId, Ipv4Addr)],
    runs: usize,
) -> Result<(Duration, Vec<u8>), String> {
    let mut child = Command::new(python)
        .args(["-c", SCRIPT, &runs.to_string()])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| error.to_string())?;
    let text = described(topology, ends).to_string();
    let mut input = child.stdin.take().ok_or("no standard input")?;
    let writer = std::thread::spawn(move || input.write_all(text.as_bytes()));
    let output = child
        .wait_with_output()
        .map_err(|error| error.to_string())?;
    let _ = writer.join();
    if !output.status.success() {
        return Err(format!("the trace failed ({})", output.status));
    }
    let end = output
        .stdout
        .iter()
        .position(|byte| *byte == b'\n')
        .ok_or("no time")?;
    let (time, bytes) = output.stdout.split_at(end);
    let time: f64 = String::from_utf8_lossy(time)
        .parse()
        .map_err(|error| format!("{error}"))?;
    Ok((
        Duration::from_secs_f64(time),
        bytes.iter().skip(1).copied().collect(),
    ))
}

fn described(topology: &Topology, ends: &[(SubnetId, Ipv4Addr)]) -> Value {
    let texts = |nets: &[ipnet::Ipv4Net]| nets.iter().map(ToString::to_string).collect::<Vec<_>>();
    let vnets: Vec<Value> = topology
        .vnets()
        .iter()
        .map(|vnet| json!(texts(&vnet.prefixes)))
        .collect();
    let subnets: Vec<Value> = topology
        .subnets()
        .iter()
        .map(|subnet| {
            json!({
                "vnet": subnet.vnet.index(),
                "prefix": subnet.prefix.map(|net| net.to_string()),
                "table": subnet.route_table.map(|id| id.index()),
            })
        })
        .collect();
    let tables: Vec<Value> = topology
        .route_tables()
        .iter()
        .map(|table| {
            let routes = table
                .routes
                .iter()
                .filter_map(|route| match &route.destination {
                    Destination::Prefix(net) => Some(json!([
                        net.to_string(),
                        route.next_hop.map(|ip| ip.to_string())
                    ])),
                    Destination::Tag(_) => None,
                });
            json!(routes.collect::<Vec<_>>())
        })
        .collect();
    let links = topology.links().iter().filter(|link| link.up);
    let links: Vec<Value> = links
        .map(|link| json!([link.from.index(), link.to.index()]))
        .collect();
    let connections: Vec<Value> = topology
        .connections()
        .iter()
        .map(|connection| json!([connection.vnet.index(), connection.hub.index()]))
        .collect();
    let appliances: Vec<Value> = topology
        .appliances()
        .iter()
        .map(|nic| json!({"ip": nic.ip.to_string(), "subnet": nic.subnet.index(), "stateful": nic.stateful}))
        .collect();
    let ends: Vec<Value> = ends
        .iter()
        .map(|(subnet, ip)| json!([subnet.index(), ip.to_string()]))
        .collect();
    json!({"vnets": vnets, "subnets": subnets, "tables": tables, "links": links, "connections": connections, "appliances": appliances, "ends": ends})
}
