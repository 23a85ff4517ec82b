//! Whether an answer is the one that was published.
//!
//! | kind | compared |
//! |---|---|
//! | `effectiveRoutes` | rows without order, one per (prefixes, type, source, state), next hops of equal rows joined |
//! | `nextHop` | type and addresses, the prefix and `via` when published |
//! | `hubRoutes`, `gatewayRoutes` | sets of prefix, type and AS path; `*` was not published |
//! | `path` | names in order |
//! | `validation` | accepted or not, and the code when published |
//!
//! Azure's own `None` rows change over the years: only those of the four reserved ranges are compared, and in a
//! `noNone` table only those that are listed. A user-defined route to `None` is a row like any other.
//!
//! Left out: names of routes, reasons, `from` and `nextHop` of gateway rows. They are information.

use super::{
    Asked, Completeness, GatewayRow, HubRow, NextHop, PeeringTotal, Question, Reachability, Reply,
    Resolved, Row, Validation,
};
use crate::address::reserved_prefixes;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// How an answer differs from the published one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Difference {
    /// Two tables.
    Rows {
        /// Published rows that were not given.
        missing: Vec<String>,
        /// Given rows that were not published.
        surplus: Vec<String>,
    },
    /// Two single answers.
    Values {
        /// The published one.
        expected: String,
        /// The given one.
        given: String,
    },
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Values { expected, given } => write!(f, "expected {expected}, got {given}"),
            Self::Rows { missing, surplus } => {
                write!(
                    f,
                    "expected but missing: {}; got besides: {}",
                    listed(missing),
                    listed(surplus)
                )
            }
        }
    }
}

fn listed(rows: &[String]) -> String {
    if rows.is_empty() {
        "nothing".to_owned()
    } else {
        format!("[{}]", rows.join("; "))
    }
}

/// Judges an answer.
///
/// # Errors
/// The difference, where there is one. Words are never judged.
pub fn compare(question: &Question, given: &Reply) -> Result<(), Difference> {
    match (&question.asked, given) {
        (
            Asked::EffectiveRoutes {
                complete,
                ignore,
                expect,
                ..
            },
            Reply::Rows(rows),
        ) => effective_routes(*complete, ignore, expect, rows),
        (Asked::NextHop { expect, .. }, Reply::NextHop(given)) => {
            value(expect, given, same_next_hop(expect, given))
        }
        (Asked::Reachability { expect, .. }, Reply::Reachability(given)) => {
            value(expect, given, same_reachability(expect, given))
        }
        (Asked::Path { expect, .. }, Reply::Path(given)) => {
            value(expect, given, expect.hops == given.hops)
        }
        (
            Asked::HubRoutes {
                complete, expect, ..
            },
            Reply::HubRows(rows),
        ) => set(*complete, expect, rows, fits_hub),
        (
            Asked::GatewayRoutes {
                complete, expect, ..
            },
            Reply::GatewayRows(rows),
        ) => set(*complete, expect, rows, fits_gateway),
        (Asked::PeeringCount { expect, .. }, Reply::PeeringTotal(given)) => value(
            expect,
            &only_asked(expect, given),
            same_total(expect, given),
        ),
        (Asked::Validation { expect, .. }, Reply::Validation(given)) => {
            value(expect, given, same_validation(expect, given))
        }
        (Asked::Resolution { expect, .. }, Reply::Resolved(given)) => {
            value(expect, given, same_resolution(expect, given))
        }
        (Asked::Text { .. }, _) => Ok(()),
        (asked, given) => {
            let given = format!("{given:?}");
            Err(Difference::Values {
                expected: format!("an answer of kind {}", asked.kind()),
                given,
            })
        }
    }
}

fn value(
    expected: &impl fmt::Display,
    given: &impl fmt::Display,
    same: bool,
) -> Result<(), Difference> {
    if same {
        Ok(())
    } else {
        Err(Difference::Values {
            expected: expected.to_string(),
            given: given.to_string(),
        })
    }
}

fn table(missing: Vec<String>, surplus: Vec<String>) -> Result<(), Difference> {
    if missing.is_empty() && surplus.is_empty() {
        Ok(())
    } else {
        Err(Difference::Rows { missing, surplus })
    }
}

/// Sets of next-hop addresses. A `*` in the published set stands for any addresses; in ours it stands for one that
/// the estate does not give, and fits nothing but a `*`.
fn same_ips(expected: &[String], given: &[String]) -> bool {
    let published: BTreeSet<&str> = expected
        .iter()
        .map(String::as_str)
        .filter(|ip| *ip != "*")
        .collect();
    let ours: BTreeSet<&str> = given.iter().map(String::as_str).collect();
    if expected.iter().any(|ip| ip == "*") {
        !ours.is_empty() && published.is_subset(&ours)
    } else {
        published == ours
    }
}

fn same_via(expected: Option<&str>, given: Option<&str>) -> bool {
    expected.is_none() || expected == given
}

fn same_reachability(expect: &Reachability, given: &Reachability) -> bool {
    let same_rule = expect.rule.is_none() || expect.rule == given.rule;
    expect.reachable == given.reachable && same_rule
}

fn same_next_hop(expected: &NextHop, given: &NextHop) -> bool {
    // Network Watcher's word in a Virtual WAN spoke.
    let word = |hop: &NextHop| match hop.next_hop_type.as_str() {
        "VirtualHub" => "VirtualNetworkGateway".to_owned(),
        word => word.to_owned(),
    };
    (expected.prefix.is_none() || expected.prefix == given.prefix)
        && word(expected) == word(given)
        && same_ips(&expected.next_hop_ips, &given.next_hop_ips)
        && same_via(expected.via.as_deref(), given.via.as_deref())
}

fn only_asked(expected: &PeeringTotal, given: &PeeringTotal) -> PeeringTotal {
    PeeringTotal {
        links: expected.links.and(given.links),
        objects: expected.objects.and(given.objects),
    }
}

fn same_total(expected: &PeeringTotal, given: &PeeringTotal) -> bool {
    *expected == only_asked(expected, given)
}

/// Steps that are expected stand among the given ones, in their order.
fn same_resolution(expected: &Resolved, given: &Resolved) -> bool {
    let mut told = given.by.iter();
    let addresses = |one: &Resolved| one.addresses.iter().cloned().collect::<BTreeSet<String>>();
    expected.answer == given.answer
        && addresses(expected) == addresses(given)
        && expected
            .by
            .iter()
            .all(|step| told.any(|other| other == step))
}

fn same_validation(expected: &Validation, given: &Validation) -> bool {
    let code = expected
        .code
        .as_ref()
        .is_none_or(|code| given.codes.contains(code));
    expected.accepted == given.accepted && code
}

/// What makes two rows one: captures print one line per next hop.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct RowKey {
    prefixes: BTreeSet<String>,
    next_hop_type: String,
    source: String,
    state: String,
}

impl RowKey {
    fn of(row: &Row) -> Self {
        Self {
            prefixes: row.prefixes.iter().cloned().collect(),
            next_hop_type: row.next_hop_type.clone(),
            source: row.source.clone(),
            state: row.state.clone(),
        }
    }

    fn is_any(&self) -> bool {
        self.prefixes.iter().eq(["*"])
    }

    /// A row that Azure adds by itself to drop what nobody routes.
    fn is_platform_drop(&self) -> bool {
        self.next_hop_type == "None" && self.source == "Default"
    }
}

/// Rows by key, next hops joined, without the rows that are never compared.
fn joined(rows: &[Row], ignore: &[String], any: &BTreeSet<RowKey>) -> BTreeMap<RowKey, Row> {
    let reserved: BTreeSet<String> = reserved_prefixes()
        .iter()
        .map(ToString::to_string)
        .collect();
    let mut joined: BTreeMap<RowKey, Row> = BTreeMap::new();
    for row in rows {
        let mut key = RowKey::of(row);
        let ignored =
            !row.prefixes.is_empty() && row.prefixes.iter().all(|prefix| ignore.contains(prefix));
        if ignored || (key.is_platform_drop() && !key.prefixes.is_subset(&reserved)) {
            continue;
        }
        let wildcard = RowKey {
            prefixes: BTreeSet::from(["*".to_owned()]),
            ..key.clone()
        };
        if any.contains(&wildcard) {
            key = wildcard;
        }
        let held = joined.entry(key).or_insert_with(|| Row {
            next_hop_ips: Vec::new(),
            ..row.clone()
        });
        let new = row
            .next_hop_ips
            .iter()
            .filter(|ip| !held.next_hop_ips.contains(ip))
            .cloned()
            .collect::<Vec<_>>();
        held.next_hop_ips.extend(new);
        held.via = held.via.take().or_else(|| row.via.clone());
    }
    joined
}

fn effective_routes(
    complete: Completeness,
    ignore: &[String],
    expected: &[Row],
    given: &[Row],
) -> Result<(), Difference> {
    let any: BTreeSet<RowKey> = expected
        .iter()
        .map(RowKey::of)
        .filter(RowKey::is_any)
        .collect();
    let expected = joined(expected, ignore, &any);
    let given = joined(given, ignore, &any);
    let same = |expected: &Row, given: &Row| {
        same_ips(&expected.next_hop_ips, &given.next_hop_ips)
            && same_via(expected.via.as_deref(), given.via.as_deref())
    };
    let agree = |key: &RowKey| {
        expected
            .get(key)
            .zip(given.get(key))
            .is_some_and(|(e, g)| same(e, g))
    };
    let compared = |key: &RowKey| match complete {
        Completeness::Full => true,
        Completeness::NoNone => !key.is_platform_drop(),
        Completeness::Subset => expected.contains_key(key),
    };
    let missing = expected
        .iter()
        .filter(|(key, _)| !agree(key))
        .map(|(_, row)| row.to_string())
        .collect();
    let surplus = given
        .iter()
        .filter(|(key, _)| compared(key) && !agree(key))
        .map(|(_, row)| row.to_string())
        .collect();
    table(missing, surplus)
}

fn fits_hub(expected: &HubRow, given: &HubRow) -> bool {
    let fits = |expected: &str, given: &str| expected == "*" || expected == given;
    expected.prefix == given.prefix
        && fits(&expected.next_hop_type, &given.next_hop_type)
        && fits(&expected.as_path, &given.as_path)
}

fn fits_gateway(expected: &GatewayRow, given: &GatewayRow) -> bool {
    let path = match expected.as_path.as_deref() {
        None | Some("*") => true,
        Some(path) => given.as_path.as_deref().unwrap_or_default() == path,
    };
    expected.prefix == given.prefix && path
}

/// Sets of rows; a published row with a `*` stands for every given row that it fits.
fn set<T: fmt::Display>(
    complete: Completeness,
    expected: &[T],
    given: &[T],
    fits: fn(&T, &T) -> bool,
) -> Result<(), Difference> {
    let lines = |rows: Vec<&T>| {
        rows.into_iter()
            .map(ToString::to_string)
            .collect::<BTreeSet<String>>()
            .into_iter()
            .collect()
    };
    let missing = expected
        .iter()
        .filter(|row| !given.iter().any(|other| fits(row, other)))
        .collect();
    let surplus = given
        .iter()
        .filter(|row| !expected.iter().any(|other| fits(other, row)))
        .collect();
    table(
        lines(missing),
        if complete == Completeness::Subset {
            Vec::new()
        } else {
            lines(surplus)
        },
    )
}
