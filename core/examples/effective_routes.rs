//! Prints the effective routes of a subnet in the words of the Azure CLI.
//!
//! `cargo run -p interspoke-core --example effective_routes -- FILE VNET SUBNET`; without arguments, a subnet of a
//! sample that is built in.

use interspoke_core::document::Document;
use interspoke_core::route::{EffectiveRoute, Routing};
use interspoke_core::sample::Sample;
use interspoke_core::topology;
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (document, vnet, subnet) = match arguments.as_slice() {
        [] => (
            Sample::named("one-way").ok_or("no sample")?.document()?,
            "myVnet1",
            "myVnet1Subnet1",
        ),
        [file, vnet, subnet] => (
            Document::parse(&std::fs::read_to_string(file)?)?,
            vnet.as_str(),
            subnet.as_str(),
        ),
        _ => return Err("expected FILE VNET SUBNET".into()),
    };
    let checked = topology::build(&document.network);
    for issue in &checked.issues {
        eprintln!("{issue}");
    }
    let found = checked.value.subnet_named(vnet, subnet);
    let id = found.ok_or(format!("no subnet {subnet} in {vnet}"))?.id;
    let routing = Routing::new(checked.value.into(), document.settings);
    println!(
        "{:<24}{:<9}{:<20}{:<30}Next hop",
        "Source", "State", "Prefix", "Next hop type"
    );
    for row in &routing.effective(id).rows {
        println!("{}", line(row));
    }
    Ok(())
}

fn line(row: &EffectiveRoute) -> String {
    format!(
        "{:<24}{:<9}{:<20}{:<30}{}",
        row.source,
        row.state,
        joined(&row.prefixes),
        row.next_hop_type,
        joined(&row.next_hop_ips)
    )
}

fn joined(values: &[impl ToString]) -> String {
    let texts: Vec<String> = values.iter().map(ToString::to_string).collect();
    texts.join(" ")
}
