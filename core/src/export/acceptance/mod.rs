//! Acceptance scripts: bash and PowerShell that ask Azure and compare its answers with what was computed.
//!
//! The rule: a head of functions, which is a file of its own here, then one call a question with the expected rows. They
//! read and change nothing. What Azure answered is kept in a file that the page reads back.
//!
//! | question | bash | PowerShell |
//! |---|---|---|
//! | effective routes | `routes PLACE <<'ROWS'` | `Test-Routes PLACE @(…)` |
//! | next hop | `next_hop FROM TO TYPE ADDRESS` | `Test-NextHop FROM TO TYPE ADDRESS` |
//! | a hub's table | `hub_routes HUB NAME TABLE <<'ROWS'` | `Test-HubRoutes HUB NAME TABLE @(…)` |
//!
//! Left out: answers that differ from instance to instance.

use super::escape::one_line;
use super::graph::Note;
use super::kind::Kind;
use super::{Bundle, Naming, Options, file, name, shell};
use crate::acceptance::{Questions, Row, Table, questions};
use crate::route::{Routing, Settings};
use crate::spec::NetworkSpec;
use crate::topology;
use std::collections::BTreeSet;
use std::fmt::Write;

const BASH: [&str; 2] = [include_str!("head.sh"), include_str!("tail.sh")];
const POWERSHELL: [&str; 2] = [include_str!("head.ps1"), include_str!("tail.ps1")];

/// Both scripts of an estate.
pub(super) fn bundle(spec: &NetworkSpec, options: Options) -> Bundle {
    let routing = Routing::new(topology::build(spec).value.into(), Settings::default());
    let asked = questions(&routing);
    let bash = script(&asked, options.naming, &Bash);
    let powershell = script(&asked, options.naming, &PowerShell);
    Bundle {
        files: vec![
            file("acceptance.sh", [BASH[0], &bash, BASH[1]].concat()),
            file(
                "acceptance.ps1",
                [POWERSHELL[0], &powershell, POWERSHELL[1]].concat(),
            ),
        ],
        notes: notes(&asked),
    }
}

fn notes(asked: &Questions) -> Vec<Note> {
    let mut notes = Vec::new();
    let mut note = |place: &str, text: String| {
        notes.push(Note {
            place: place.to_owned(),
            text,
        });
    };
    if asked.not_asked > 0 {
        note(
            "machines",
            format!(
                "{} of {} kinds of subnets are asked",
                asked.machines.len(),
                asked.machines.len() + asked.not_asked
            ),
        );
    }
    note(
        "machines",
        "a machine has to run in each subnet that is asked".to_owned(),
    );
    notes
}

/// A language of scripts.
trait Language {
    /// A call with its words, and rows where they are expected.
    fn call(&self, function: Function, words: &[&str], rows: Option<&[String]>) -> String;
}

/// What is asked.
#[derive(Clone, Copy)]
enum Function {
    Machine,
    Routes,
    NextHop,
    Connects,
    HubRoutes,
    Learned,
    ServerLearned,
}

fn script(asked: &Questions, naming: Naming, language: &dyn Language) -> String {
    let mut text = String::new();
    let mut call = |function, words: &[&str], rows: Option<&[String]>| {
        text.push_str(&language.call(function, words, rows));
    };
    for machine in &asked.machines {
        let vnet = name::name(Kind::Vnet, &machine.vnet, naming);
        let subnet = name::name(Kind::Subnet, &machine.subnet, naming);
        let named = machine.name.as_deref().unwrap_or_default();
        call(
            Function::Machine,
            &[&machine.place, &vnet, &subnet, named],
            None,
        );
    }
    for (machine, rows) in asked.machines.iter().zip(&asked.routes) {
        call(Function::Routes, &[&machine.place], Some(&lines(rows)));
    }
    for way in &asked.ways {
        let place = |at: usize| asked.machines.get(at).map_or("", |one| one.place.as_str());
        let ends = [place(way.from), place(way.to)];
        call(
            Function::NextHop,
            &[ends[0], ends[1], &way.next_hop, &way.address],
            None,
        );
        let expected = if way.connects { "yes" } else { "no" };
        call(Function::Connects, &[ends[0], ends[1], expected], None);
    }
    for table in &asked.hub_tables {
        let hub = name::name(Kind::Hub, &table.of, naming);
        let of = name::plain(&table.table);
        call(
            Function::HubRoutes,
            &[&table.of, &hub, &of],
            Some(&columns(table)),
        );
    }
    for table in &asked.learned {
        let (function, kind) = match table.is_route_server {
            true => (Function::ServerLearned, Kind::RouteServer),
            false => (Function::Learned, Kind::Gateway),
        };
        let gateway = name::name(kind, &table.of, naming);
        call(function, &[&table.of, &gateway], Some(&columns(table)));
    }
    text
}

fn lines(rows: &BTreeSet<Row>) -> Vec<String> {
    let line = |row: &Row| {
        let columns = [
            row.prefix.as_str(),
            &row.source,
            &row.next_hop,
            &row.address,
            row.state,
        ];
        columns.join("\t")
    };
    rows.iter().map(line).collect()
}

fn columns(table: &Table) -> Vec<String> {
    let rows = table.rows.iter();
    rows.map(|row| one_line_each(row).join("\t")).collect()
}

fn one_line_each(texts: &[String]) -> Vec<String> {
    texts.iter().map(|text| one_line(text)).collect()
}

struct Bash;

impl Language for Bash {
    fn call(&self, function: Function, words: &[&str], rows: Option<&[String]>) -> String {
        let mut text = match function {
            Function::Machine => "machine",
            Function::Routes => "routes",
            Function::NextHop => "next_hop",
            Function::Connects => "connects",
            Function::HubRoutes => "hub_routes",
            Function::Learned => "learned",
            Function::ServerLearned => "server_learned",
        }
        .to_owned();
        for word in words {
            let _ = write!(text, " {}", shell::quoted(&one_line(word)));
        }
        if let Some(rows) = rows {
            text.push_str(" <<'ROWS'\n");
            for row in rows {
                let _ = writeln!(text, "{row}");
            }
            text.push_str("ROWS");
        }
        text + "\n"
    }
}

struct PowerShell;

impl Language for PowerShell {
    fn call(&self, function: Function, words: &[&str], rows: Option<&[String]>) -> String {
        let mut text = match function {
            Function::Machine => "Find-Machine",
            Function::Routes => "Test-Routes",
            Function::NextHop => "Test-NextHop",
            Function::Connects => "Test-Connects",
            Function::HubRoutes => "Test-HubRoutes",
            Function::Learned => "Test-Learned",
            Function::ServerLearned => "Test-ServerLearned",
        }
        .to_owned();
        for word in words {
            let _ = write!(text, " {}", single_quoted(&one_line(word)));
        }
        if let Some(rows) = rows {
            let rows = rows.iter().map(|row| format!("\n    {}", row_of(row)));
            let _ = write!(text, " @({})", rows.collect::<Vec<_>>().join(","));
        }
        text + "\n"
    }
}

/// A row as its columns, joined by a tab when it runs.
fn row_of(row: &str) -> String {
    let columns = row.split('\t').map(single_quoted);
    format!("({} -join \"`t\")", columns.collect::<Vec<_>>().join(", "))
}

/// A text in which PowerShell sees nothing but text. It takes typographic quotes for quotes.
fn single_quoted(text: &str) -> String {
    let mut quoted = String::from("'");
    for letter in text.chars() {
        if matches!(
            letter,
            '\'' | '\u{2018}' | '\u{2019}' | '\u{201a}' | '\u{201b}'
        ) {
            quoted.push(letter);
        }
        quoted.push(letter);
    }
    quoted.push('\'');
    quoted
}
