//! A design as a page for somebody's review, in Markdown.
//!
//! The rule: everything on it was computed elsewhere; here it is put in an order in which it is read, and every figure keeps
//! its source and date.
//!
//! | section | holds |
//! |---|---|
//! | Picture | a flowchart that viewers of Markdown draw |
//! | Verdict | of the pattern, with the reasons; of any other network, what is wrong with it |
//! | Peerings, Route tables | what to make |
//! | Cost | the lines of the bill with sources; what is open |
//! | Findings | with what mends them |
//! | Assumptions, Not modelled | what it rests on |
//!
//! Left out: the design as code and the plan, which are files of their own.

use crate::document::Document;
use crate::export::{Form, Options, escape, export};
use crate::finding::{Finding, Review};
use crate::issue::Issue;
use crate::pattern::verdict::Assessment;
use crate::price::{Basis, Bill, Line};
use crate::spec::{NetworkSpec, PeeringSpec, RouteTableSpec};
use std::collections::BTreeSet;
use std::fmt::Write;

/// What the simulator does not know; a reviewer has to.
const NOT_MODELLED: [&str; 5] = [
    "Time: how long Azure takes for a change, and sessions that are open while a path changes.",
    "Bandwidth as a queue: figures of throughput are bounds of what is published, not measurements.",
    "IPv6 ranges are carried and not followed.",
    "Routing inside the Internet and on-premises, beyond what is announced.",
    "What stands inside guests and firewalls beyond the rules that the design names.",
];

/// What a report is made of.
#[derive(Debug, Clone, Copy)]
pub struct Parts<'p> {
    /// The design.
    pub document: &'p Document,
    /// What Azure refuses or a person should know of it.
    pub issues: &'p [Issue],
    /// What goes wrong in it.
    pub review: &'p Review,
    /// What it costs.
    pub bill: &'p Bill,
    /// Of the pattern that drew it, where one did.
    pub assessment: Option<&'p Assessment>,
}

/// The report.
#[must_use]
pub fn markdown(parts: Parts<'_>) -> String {
    let document = parts.document;
    let mut text = format!("# {}\n", said(&document.name));
    if let Some(about) = &document.about {
        paragraph(&mut text, &about.summary);
    }
    picture(&mut text, &document.network);
    verdict(&mut text, parts);
    peerings(&mut text, &document.network.peerings);
    tables(&mut text, &document.network);
    cost(&mut text, parts.bill);
    findings(&mut text, &parts.review.findings);
    assumptions(&mut text, parts);
    section(&mut text, "Not modelled");
    for line in NOT_MODELLED {
        item(&mut text, line);
    }
    text
}

fn said(text: &str) -> String {
    escape::markdown(text)
}

fn section(text: &mut String, title: &str) {
    let _ = write!(text, "\n## {title}\n\n");
}

fn paragraph(text: &mut String, words: &str) {
    if !words.is_empty() {
        let _ = write!(text, "\n{}\n", said(words));
    }
}

fn item(text: &mut String, words: &str) {
    let _ = writeln!(text, "* {}", said(words));
}

fn row(text: &mut String, cells: &[String]) {
    let _ = writeln!(text, "| {} |", cells.join(" | "));
}

fn head(text: &mut String, cells: &[&str]) {
    let _ = writeln!(text, "| {} |", cells.join(" | "));
    let _ = writeln!(text, "|{}", "---|".repeat(cells.len()));
}

/// A link to where a fact stands.
fn source(title: &str, url: &str, date: &str) -> String {
    if url.is_empty() {
        return format!("{}, {date}", said(title));
    }
    // A parenthesis would end the address.
    let url = url.replace('(', "%28").replace(')', "%29");
    format!("[{}]({url}), {date}", said(title))
}

fn picture(text: &mut String, network: &NetworkSpec) {
    let drawn = export(network, Form::Mermaid, Options::default());
    if let Some(file) = drawn.files.first() {
        section(text, "Picture");
        let _ = write!(text, "```mermaid\n{}```\n", file.text);
    }
}

fn verdict(text: &mut String, parts: Parts<'_>) {
    section(text, "Verdict");
    match parts.assessment {
        Some(assessment) => {
            let title = said(assessment.pattern.title());
            let _ = writeln!(text, "**{title}: {}.**\n", assessment.verdict.word());
            for reason in &assessment.reasons {
                let from = reason.source.as_ref();
                let from = from.map(|from| source(from.title, from.url, from.date));
                let from = from.map_or(String::new(), |from| format!(" ({from})"));
                let _ = writeln!(text, "* {}.{from}", said(&reason.text));
            }
        }
        None if parts.review.findings.is_empty() && parts.issues.is_empty() => {
            text.push_str("Nothing was found wrong with it.\n");
        }
        None => text.push_str("What was found stands under Findings.\n"),
    }
    for issue in parts.issues {
        item(text, &issue.to_string());
    }
}

fn switch(on: bool) -> String {
    if on { "yes" } else { "no" }.to_owned()
}

fn peerings(text: &mut String, peerings: &[PeeringSpec]) {
    if peerings.is_empty() {
        return;
    }
    section(text, "Peerings");
    head(
        text,
        &[
            "on",
            "to",
            "VNet access",
            "forwarded traffic",
            "gateway transit",
            "use remote gateways",
        ],
    );
    for link in peerings {
        let cells = [
            said(&link.from),
            said(&link.to),
            switch(link.allow_virtual_network_access),
            switch(link.allow_forwarded_traffic),
            switch(link.allow_gateway_transit),
            switch(link.use_remote_gateways),
        ];
        row(text, &cells);
    }
}

fn tables(text: &mut String, network: &NetworkSpec) {
    if network.route_tables.is_empty() {
        return;
    }
    section(text, "Route tables");
    head(
        text,
        &["table", "gateway routes", "prefix", "next hop", "subnets"],
    );
    for table in &network.route_tables {
        let subnets = said(&subnets_of(network, table).join(", "));
        let refuses = switch(!table.disable_bgp_route_propagation);
        let routes = table.routes.iter().map(|route| {
            let hop = route.next_hop_ip_address.as_deref().unwrap_or_default();
            let kind = crate::export::next_hop_word(route);
            (route.prefix.as_str(), format!("{kind} {hop}"))
        });
        let mut routes: Vec<(&str, String)> = routes.collect();
        if routes.is_empty() {
            routes.push(("none", String::new()));
        }
        for (prefix, hop) in routes {
            let cells = [
                said(&table.name),
                refuses.clone(),
                said(prefix),
                said(hop.trim()),
                subnets.clone(),
            ];
            row(text, &cells);
        }
    }
}

/// The subnets of a table; of many the first few.
fn subnets_of(network: &NetworkSpec, table: &RouteTableSpec) -> Vec<String> {
    const MOST: usize = 12;
    let mut all = Vec::new();
    for vnet in &network.vnets {
        let of = vnet.subnets.iter();
        let of = of.filter(|subnet| subnet.route_table.as_ref() == Some(&table.name));
        all.extend(of.map(|subnet| format!("{}/{}", vnet.name, subnet.name)));
    }
    let more = all.len().saturating_sub(MOST);
    if more > 0 {
        all.truncate(MOST);
        all.push(format!("{more} more"));
    }
    all
}

fn cost(text: &mut String, bill: &Bill) {
    section(text, "Cost a month");
    let least = if bill.is_complete() { "" } else { "at least " };
    let _ = writeln!(text, "**{least}{}**\n", said(&bill.total.to_string()));
    head(
        text,
        &["what", "for", "quantity", "unit price", "amount", "source"],
    );
    for line in &bill.lines {
        row(text, &cells(line));
    }
}

fn cells(line: &Line) -> [String; 6] {
    let money = |amount: &Option<crate::units::Money>| {
        let amount = amount.as_ref();
        amount.map_or_else(|| "open".to_owned(), |amount| said(&amount.to_string()))
    };
    let from = line.source.as_ref();
    let from = from.map(|from| source(&from.title, &from.url, &line.date));
    let basis = match &line.basis {
        Basis::Sourced => String::new(),
        Basis::Assumed { why } => format!("assumed: {}; ", said(why)),
        Basis::Open { why } => format!("open: {}; ", said(why)),
    };
    [
        said(&format!("{}: {}", line.group.word(), line.meter.meter)),
        said(&line.subject),
        said(&line.quantity.to_string()),
        money(&line.unit_price),
        money(&line.amount),
        basis + &from.unwrap_or_default(),
    ]
}

fn findings(text: &mut String, findings: &[Finding]) {
    section(text, "Findings");
    if findings.is_empty() {
        text.push_str("None.\n");
    }
    for finding in findings {
        let from = &finding.source;
        let _ = writeln!(
            text,
            "* **{}** {} {} ({})",
            said(&finding.subject),
            said(&finding.title),
            said(&finding.explanation),
            source(from.title, from.url, from.date),
        );
    }
}

fn assumptions(text: &mut String, parts: Parts<'_>) {
    let about = parts.document.about.as_ref();
    let own = about.map_or(&[][..], |about| &about.assumptions);
    let notes = parts.bill.notes.iter();
    let all: BTreeSet<&String> = own.iter().chain(notes).collect();
    let sources = about.map_or(&[][..], |about| &about.sources);
    section(text, "Assumptions");
    if all.is_empty() && sources.is_empty() {
        text.push_str("None beyond the defaults of Azure.\n");
    }
    for line in all {
        item(text, line);
    }
    for one in sources {
        let _ = writeln!(text, "* {}", source(&one.title, &one.url, &one.version));
    }
}
