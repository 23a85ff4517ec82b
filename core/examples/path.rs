//! Prints the way of a packet and of its reply: at each stop the row that won and those that lost.
//!
//! `cargo run -p interspoke-core --example path -- FILE SOURCE DESTINATION`; without arguments, the flow that a
//! sample opens on, whose reply is lost.

use interspoke_core::document::Document;
use interspoke_core::route::{Branch, Decision, EffectiveRoute, Flow, Routing};
use interspoke_core::sample::Sample;
use interspoke_core::spec::Protocol;
use interspoke_core::topology;
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (document, flow) = match arguments.as_slice() {
        [] => {
            let document = Sample::named("one-way").ok_or("no sample")?.document()?;
            let flow = document.flow.ok_or("the sample has no flow")?.into();
            (document, flow)
        }
        [file, source, destination] => {
            let flow = Flow {
                source: source.parse()?,
                destination: destination.parse()?,
                protocol: Protocol::Tcp,
                port: None,
            };
            (Document::parse(&std::fs::read_to_string(file)?)?, flow)
        }
        _ => return Err("expected FILE SOURCE DESTINATION".into()),
    };
    let topology = topology::build(&document.network).value;
    let trip = Routing::new(topology.into(), document.settings).round_trip(flow);
    println!(
        "{} to {}: {:?}",
        flow.source, flow.destination, trip.verdict
    );
    for (request, replies) in trip.forward.iter().zip(&trip.back) {
        print_branch("request", request);
        for reply in replies {
            print_branch("reply", reply);
        }
    }
    Ok(())
}

fn print_branch(what: &str, branch: &Branch) {
    println!("{what}: {:?}", branch.outcome);
    for hop in &branch.hops {
        let address = hop.address.map(|address| address.to_string());
        println!("  {} {:?}", address.unwrap_or_default(), hop.place);
        if let Some(decision) = &hop.decision {
            print_decision(decision);
        }
    }
}

fn print_decision(decision: &Decision) {
    match decision.winner() {
        Some(row) => println!("    won   {}", text(row)),
        None if matches!(decision, Decision::Effective { .. }) => {
            println!("    no row contains it")
        }
        None => println!("    {decision:?}"),
    }
    for (row, loss) in decision.losers() {
        println!("    lost  {}: {loss:?}", text(row));
    }
}

fn text(row: &EffectiveRoute) -> String {
    let prefixes: Vec<String> = row.prefixes.iter().map(ToString::to_string).collect();
    format!(
        "{} {} ({})",
        prefixes.join(" "),
        row.next_hop_type,
        row.source
    )
}
