//! `cargo xtask import FILES… [--out DOCUMENT] [--against CAPTURES…]`: reads exports and says what they hold.
//!
//! First the estate in numbers, then what was read and skipped by type, then every entry of the report. With `--out` the
//! estate is written as a document that the page opens. The exit code is 1 when a file cannot be read.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use interspoke_core::document::Document;
use interspoke_core::import::{Import, Imported, Report, compare};
use interspoke_core::route::{Routing, Settings};
use interspoke_core::spec::NetworkSpec;
use interspoke_core::topology;

use crate::failure::{Context, Failure, Result};

const USAGE: &str = "cargo xtask import FILES… [--out DOCUMENT] [--against CAPTURES…]";

/// The command, with the arguments after its name.
pub(crate) fn run(arguments: Vec<String>) -> Result<ExitCode> {
    let options = Options::read(arguments)?;
    let made = imported(&options.files)?;
    let captured = imported(&options.against)?;
    print!("{}", in_numbers(&made));
    print!("{}", counts("read", &made.report.read));
    print!("{}", counts("not needed for routing", &made.report.skipped));
    print!("{}", entries(&made.report));
    print!("{}", entries(&captured.report));
    print!("{}", problems(&made.network));
    print!("{}", beside(&made.network, &captured));
    if let Some(path) = &options.out {
        let document = Document::new("Imported estate", made.network);
        fs::write(path, document.to_json()).context(format!("writing {}", path.display()))?;
        println!("written: {}", path.display());
    }
    let unreadable = made.report.has_unreadable() || captured.report.has_unreadable();
    Ok(if unreadable {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}

fn imported(files: &[PathBuf]) -> Result<Imported> {
    let mut import = Import::new();
    for path in files {
        let bytes = fs::read(path).context(format!("reading {}", path.display()))?;
        let name = path.file_name().unwrap_or(path.as_os_str());
        import.add(&name.to_string_lossy(), &bytes);
    }
    Ok(import.finish())
}

/// The captured tables beside our own, with a score on top.
fn beside(network: &NetworkSpec, captured: &Imported) -> String {
    if captured.captures.is_empty() {
        return String::new();
    }
    let routing = Routing::new(topology::build(network).value.into(), Settings::default());
    let compared = compare(&routing, &captured.captures);
    let scores = compared.iter().map(|one| one.score());
    let (equal, all) = scores.fold((0, 0), |(equal, all), (more, of)| (equal + more, all + of));
    let heading = format!("\nAzure beside the simulator: {equal} of {all} rows equal\n");
    compared
        .iter()
        .fold(heading, |text, one| text + &one.to_string())
}

#[derive(Default)]
struct Options {
    files: Vec<PathBuf>,
    against: Vec<PathBuf>,
    out: Option<PathBuf>,
}

impl Options {
    fn read(arguments: Vec<String>) -> Result<Options> {
        let mut options = Options::default();
        let mut against = false;
        let mut arguments = arguments.into_iter();
        while let Some(argument) = arguments.next() {
            match argument.as_str() {
                "--against" => against = true,
                "--out" => {
                    let path = arguments.next();
                    options.out = Some(
                        path.ok_or_else(|| Failure::new(format!("--out needs a file\n\n{USAGE}")))?
                            .into(),
                    );
                }
                other if other.starts_with('-') => {
                    return Err(Failure::new(format!(
                        "`cargo xtask import` does not know {other:?}\n\n{USAGE}"
                    )));
                }
                file if against => options.against.push(file.into()),
                file => options.files.push(file.into()),
            }
        }
        if options.files.is_empty() && options.against.is_empty() {
            return Err(Failure::new(format!("expected files to read\n\n{USAGE}")));
        }
        Ok(options)
    }
}

/// What the estate has, in numbers.
fn in_numbers(made: &Imported) -> String {
    let network = &made.network;
    let hubs = network
        .virtual_wan
        .as_ref()
        .map_or(&[][..], |wan| &wan.hubs);
    let connections: usize = hubs.iter().map(|hub| hub.connections.len()).sum();
    let firewall = interspoke_core::spec::ApplianceKind::AzureFirewall;
    let firewalls = network.appliances.iter().filter(|one| one.kind == firewall);
    let in_hubs = hubs.iter().filter(|hub| hub.firewall.is_some()).count();
    let subnets: usize = network.vnets.iter().map(|vnet| vnet.subnets.len()).sum();
    let firewalls = firewalls.count() + in_hubs;
    let rows = [
        ("VNets", network.vnets.len()),
        ("stubs among them", made.report.stubs.len()),
        ("subnets", subnets),
        ("peering objects", network.peerings.len()),
        ("assumed among them", made.report.assumed_peerings),
        ("route tables", network.route_tables.len()),
        (
            "network security groups",
            network.network_security_groups.len(),
        ),
        ("firewalls", firewalls),
        (
            "firewall policies with rules",
            network.firewall_policies.len(),
        ),
        (
            "other appliances",
            (network.appliances.len() + in_hubs).saturating_sub(firewalls),
        ),
        ("gateways and Route Servers", network.gateways.len()),
        ("tunnels", network.tunnels.len()),
        ("circuits", network.circuits.len()),
        ("sites", network.sites.len()),
        ("BGP sessions", network.bgp_peerings.len()),
        ("private endpoints", network.private_endpoints.len()),
        ("NAT gateways", network.nat_gateways.len()),
        ("public load balancers", network.public_load_balancers.len()),
        ("route maps", network.route_maps.len()),
        ("workloads", network.workloads.len()),
        (
            "Virtual WANs",
            made.report
                .read
                .get("microsoft.network/virtualwans")
                .copied()
                .unwrap_or_default(),
        ),
        ("Virtual WAN hubs", hubs.len()),
        ("hub connections", connections),
    ];
    let mut text = String::new();
    for (what, count) in rows.into_iter().filter(|(_, count)| *count > 0) {
        text.push_str(&format!("{count:>7}  {what}\n"));
    }
    for capture in &made.captures {
        let what = capture.kind.word();
        text.push_str(&format!(
            "{:>7}  {what} ({})\n",
            capture.rows.len(),
            capture.place
        ));
    }
    text
}

fn counts(heading: &str, counts: &BTreeMap<String, usize>) -> String {
    let mut text = String::new();
    if !counts.is_empty() {
        text.push_str(&format!("\n{heading}\n"));
    }
    for (kind, count) in counts {
        text.push_str(&format!("{count:>7}  {kind}\n"));
    }
    text
}

fn entries(report: &Report) -> String {
    let mut entries: Vec<String> = report.entries.iter().map(ToString::to_string).collect();
    entries.sort();
    let heading = if entries.is_empty() { "" } else { "\nreport\n" };
    entries
        .iter()
        .fold(heading.to_owned(), |text, entry| text + "  " + entry + "\n")
}

/// What Azure would refuse of the estate as it was read.
fn problems(network: &NetworkSpec) -> String {
    let issues = topology::build(network).issues;
    let heading = if issues.is_empty() {
        ""
    } else {
        "\nthe estate itself\n"
    };
    issues.iter().fold(heading.to_owned(), |text, issue| {
        text + &format!(
            "  {}: {} ({})\n",
            issue.code.code(),
            issue.message,
            issue.subject
        )
    })
}
