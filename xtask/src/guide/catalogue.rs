//! Pages of patterns: a design that the catalogue draws, claims about it, and what the catalogue itself says.
//!
//! | line of a `pattern` block | claims |
//! |---|---|
//! | `intent: {…}` | nothing: what is asked for, in place of the default Intent |
//! | `flow: A to B` | nothing: what the picture opens on |
//! | `A to B: inspected, over fw` | how a spoke reaches another one, a site or the Internet |
//! | `7 links` | a count, by formula and by counting the network |
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::net::Ipv4Addr;

use interspoke_core::document::{ChosenFlow, Design, Document};
use interspoke_core::intent::{AddressPlan, HubManagement, Intent};
use interspoke_core::issue::Source;
use interspoke_core::pattern::count::counted;
use interspoke_core::pattern::proof::Built;
use interspoke_core::pattern::{Counter, Pattern, Shape};
use interspoke_core::spec::Protocol;

use super::exhibit::{Claim, Exhibit};
use crate::failure::{Context, Failure, Result};

/// An address of the Internet.
const INTERNET: Ipv4Addr = Ipv4Addr::new(203, 0, 113, 10);

/// A pattern on its page: the Intent, the plan, the network built.
struct Drawn {
    pattern: Pattern,
    intent: Intent,
    shape: Shape,
    plan: AddressPlan,
    built: Built,
    /// Addresses of spokes, sites and the Internet by name.
    ends: BTreeMap<String, Ipv4Addr>,
}

/// The design of a pattern with its claims, and what the catalogue says, as Markdown.
pub(super) fn shown(id: &str, lines: &[String]) -> Result<(Exhibit, String)> {
    let drawn = Drawn::new(id, lines)?;
    let flow = named(lines, "flow: ").or_else(|| lines.iter().find_map(|line| way_of(line)));
    let claims: Result<Vec<Claim>> = lines
        .iter()
        .filter(|line| !line.starts_with("intent: ") && !line.starts_with("flow: "))
        .map(|line| drawn.claim(line))
        .collect();
    let document = drawn.document(flow)?;
    let exhibit = Exhibit::new(format!("pattern-{id}"), document, claims?);
    Ok((exhibit, drawn.facts()))
}

fn named<'l>(lines: &'l [String], name: &str) -> Option<&'l str> {
    lines.iter().find_map(|line| line.strip_prefix(name))
}

/// The part of a line that names two ends.
fn way_of(line: &str) -> Option<&str> {
    let (ends, _) = line.split_once(": ")?;
    ends.contains(" to ").then_some(ends)
}

impl Drawn {
    fn new(id: &str, lines: &[String]) -> Result<Drawn> {
        let pattern = Pattern::named(id)
            .ok_or_else(|| Failure::new(format!("the catalogue has no pattern {id:?}")))?;
        let intent = match named(lines, "intent: ") {
            Some(json) => Intent::from_json(json).context("intent")?,
            None => Intent::default(),
        };
        let plan = AddressPlan::new(&intent).map_err(|problems| {
            let all: Vec<String> = problems.iter().map(ToString::to_string).collect();
            Failure::new(all.join("; "))
        })?;
        let network = pattern.blueprint(&intent, &plan);
        let shape = Shape::new(&intent, &plan);
        let plan = pattern.plan(&intent, &plan);
        let mut ends: BTreeMap<String, Ipv4Addr> = plan
            .spokes()
            .map(|spoke| (spoke.name.clone(), spoke.workload()))
            .collect();
        ends.insert("the Internet".to_owned(), INTERNET);
        let built = Built::new(network);
        for site in built.topology().sites() {
            let first = site.prefixes.first().map(|prefix| prefix.network());
            let host = first.and_then(|network| u32::from(network).checked_add(4));
            ends.extend(host.map(|host| (site.name.clone(), Ipv4Addr::from(host))));
        }
        Ok(Drawn {
            pattern,
            shape,
            plan,
            intent,
            built,
            ends,
        })
    }

    fn document(&self, flow: Option<&str>) -> Result<Document> {
        let mut document = Document::new(self.pattern.title(), self.built.sketch.spec.clone());
        document.design = Some(Design {
            intent: self.intent.clone(),
            pattern: self.pattern.id().to_owned(),
        });
        if let Some(flow) = flow {
            let (source, destination) = self.ends(flow)?;
            document.flow = Some(ChosenFlow {
                source,
                destination,
                protocol: Protocol::Tcp,
                port: None,
            });
        }
        Ok(document)
    }

    fn ends(&self, text: &str) -> Result<(Ipv4Addr, Ipv4Addr)> {
        let (from, to) = text
            .split_once(" to ")
            .ok_or_else(|| Failure::new(format!("expected `A to B`, found {text:?}")))?;
        Ok((self.end(from)?, self.end(to)?))
    }

    fn end(&self, name: &str) -> Result<Ipv4Addr> {
        self.ends.get(name).copied().ok_or_else(|| {
            let known: Vec<&str> = self.ends.keys().map(String::as_str).collect();
            Failure::new(format!(
                "there is no {name:?}; there are {}",
                known.join(", ")
            ))
        })
    }

    fn claim(&self, line: &str) -> Result<Claim> {
        let (given, asked) = match way_of(line) {
            Some(ends) => {
                let (from, to) = self.ends(ends)?;
                let (way, path) = self.built.way(from, to);
                let over = if path.is_empty() {
                    String::new()
                } else {
                    format!(", over {}", path.join(", "))
                };
                let asked = serde_json::json!({ "ask": "reachability", "from": from, "to": to });
                (format!("{ends}: {}{over}", way.word()), Some(asked))
            }
            None => (self.counted(line)?, None),
        };
        let holds = if given == line {
            Ok(())
        } else {
            Err(format!("expected {line:?}, got {given:?}"))
        };
        Ok(Claim {
            says: line.to_owned(),
            given: vec![given],
            asked,
            holds,
        })
    }

    /// A count in the words of the line.
    fn counted(&self, line: &str) -> Result<String> {
        let words = line.split_once(' ').map_or("", |(_, words)| words);
        let counter = Counter::ALL.iter().find(|counter| counter.word() == words);
        let counter = counter.ok_or_else(|| {
            let known: Vec<&str> = Counter::ALL.iter().map(|counter| counter.word()).collect();
            Failure::new(format!(
                "nothing is counted as {words:?}, but {}",
                known.join(", ")
            ))
        })?;
        let formula = self.pattern.counts(&self.shape).value(*counter);
        let value = formula.map_or("too many".to_owned(), |value| value.to_string());
        let network = counted(&self.built.sketch.spec, self.built.topology(), &self.plan);
        let network = network.get(counter).copied().unwrap_or_default();
        Ok(if formula == Some(network) {
            format!("{value} {words}")
        } else {
            format!("{value} {words} by formula, {network} in the network")
        })
    }

    /// What the catalogue says, as Markdown.
    fn facts(&self) -> String {
        let mut text = String::from("## What it takes\n\n");
        let _ = writeln!(
            text,
            "Family: {}. {}\n",
            self.pattern.family().word(),
            self.hub()
        );
        text += "| how many | of what | because |\n|---|---|---|\n";
        for count in self.pattern.counts(&self.shape).iter() {
            let value = count
                .value
                .map_or("too many".to_owned(), |value| value.to_string());
            let _ = writeln!(
                text,
                "| {value} | {} | {} |",
                count.counter.word(),
                count.derivation
            );
        }
        text += "\n## What to know\n\n";
        for sentence in self.pattern.says(&self.intent) {
            let _ = writeln!(
                text,
                "- {}{}",
                sentence.text,
                cited(sentence.source.as_ref())
            );
        }
        let advice = self.pattern.advice(&self.intent);
        if !advice.is_empty() {
            text += "\n## What speaks against it\n\n";
        }
        for one in advice {
            let source = cited(one.sentence.source.as_ref());
            let change = if one.change.is_empty() {
                String::new()
            } else {
                format!("  \n  *{}*", one.change)
            };
            let _ = writeln!(text, "- {}{source}{change}", one.sentence.text);
        }
        text
    }

    fn hub(&self) -> &'static str {
        match self.pattern.hub() {
            HubManagement::SelfManaged => "You run the hub.",
            HubManagement::MicrosoftManaged => "Microsoft runs the hub.",
            HubManagement::Either => "No hub is needed for traffic between spokes.",
        }
    }
}

/// A source as a link with its date.
fn cited(source: Option<&Source>) -> String {
    source.map_or_else(String::new, |source| {
        format!(" ([{}]({}), {})", source.title, source.url, source.date)
    })
}
