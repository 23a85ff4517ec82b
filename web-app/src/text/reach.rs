//! Texts of Reachability.

use super::{counted, grouped};
use crate::state::PolicyKind;
use crate::view::Mark;
use interspoke_core::estate::Followed;

/// Name of the field of services.
pub const SERVICES_NAME: &str = "Services that pass, as 443 or UDP 53";
/// Services that a policy allows at first.
pub const SERVICES: &str = "443";
/// VNets in which no firewall, NVA or gateway stands.
pub const SPOKES: &str = "spokes";
/// Heading of the matrix.
pub const MATRIX: &str = "Who reaches whom";

/// The table under it.
pub const MATRIX_TABLE: &str = "Sources in rows, destinations in columns";
/// Names to show.
pub const FILTER: &str = "Show only";
/// Example of names to show.
pub const FILTER_EXAMPLE: &str = "part of a name, or a region";
/// What a press on a cell does.
pub const MATRIX_HINT: &str = "Subnets that nothing in the estate tells apart are one class. A cell opens its first pair in Path.";
/// Nothing to show.
pub const NO_PAIRS: &str = "There are no two workload subnets to ask about.";
/// No name matches.
pub const NO_MATCH: &str = "No subnet has such a name or region.";
/// Where flows start, where they go.
pub const FROM_TO: &str = "from ↓ to →";
/// More of everything that is cut.
pub const MORE: &str = "Show more";
/// Heading of the policies.
pub const POLICIES: &str = "What must hold";
/// What a policy covers.
pub const POLICIES_HINT: &str =
    "For all traffic, every address and protocol: proved, or refuted with one packet.";
/// Label of the kind of policy.
pub const POLICY: &str = "Policy";
/// Labels of its groups.
pub const GROUPS: [&str; 2] = ["First group", "Second group"];
/// What groups may be.
pub const GROUP_HINT: &str = "A group: spokes, a VNet, a region, or the beginning of names such as dev*; several with commas.";
/// Adds a policy.
pub const CHECK: &str = "Check it";
/// Takes a policy away.
pub const REMOVE_POLICY: &str = "Remove";
/// A policy was not added.
pub const NOT_ADDED: &str = "Not added: a group cannot be read.";
/// Opens the packet that refutes a policy.
pub const SHOW_PATH: &str = "Show its path";
/// Opens a pair.
pub const SHOW_PAIR: &str = "Show a pair";
/// On the way.
pub const CHECKING: &str = "checking";
/// Its groups cannot be read.
pub const UNREAD: &str = "not checked";
/// It holds.
pub const PROVED: &str = "Proved";
/// It does not.
pub const REFUTED: &str = "Refuted";
/// Heading of failures.
pub const WHAT_IF: &str = "What if";
/// Label of what fails.
pub const FAILS: &str = "fails:";
/// Nothing fails.
pub const NOTHING_FAILS: &str = "nothing";
/// Heading of changes.
pub const CHANGED: &str = "What changed";
/// Nothing was changed yet.
pub const NOT_CHANGED: &str =
    "Change a route, a flag or a design: the pairs whose outcome or path changes stand here.";
/// What changes are counted from.
pub const SINCE_LAST: &str = "Since the last change.";
/// The same, held.
pub const SINCE_HELD: &str = "Since the state that you hold.";
/// Holds the present state.
pub const HOLD: &str = "Compare with this state from now on";
/// Lets it go.
pub const LET_GO: &str = "Compare with the last change again";
/// The pair was not there.
pub const NOT_THERE: &str = "not there";
/// Worked out in the next turns.
pub const WORKING: &str = "Working it out …";
/// Headings of a list of changes.
pub const CHANGE_HEADS: [&str; 5] = ["From", "To", "Pairs", "Before", "After"];

/// A mark in a word, and what it means.
#[must_use]
pub const fn mark(mark: Mark) -> (&'static str, &'static str) {
    match mark {
        Mark::Direct => ("direct", "nothing stands between"),
        Mark::Inspected => ("inspected", "through a device that keeps state, and back"),
        Mark::Through => ("through", "through something that inspects nothing"),
        Mark::Asymmetric => ("asymmetric", "back by other machines"),
        Mark::Refused => ("refused", "a rule or flag says no"),
        Mark::ReplyLost => ("reply lost", "the request arrives, the reply does not"),
        Mark::Lost => ("lost", "the request does not arrive"),
    }
}

/// A policy: before, between and after its groups.
#[must_use]
pub const fn policy(kind: PolicyKind) -> [&'static str; 3] {
    match kind {
        PolicyKind::Inspected => [
            "Nothing in ",
            " reaches ",
            " except through an inspecting device",
        ],
        PolicyKind::Symmetric => ["Every flow between ", "", " is symmetric"],
        PolicyKind::Inside => ["Nothing between ", "", " leaves Azure"],
        PolicyKind::Direct => ["Every flow from ", " to ", " is direct"],
        PolicyKind::Reaches => ["Everything in ", " reaches everything in ", ""],
        PolicyKind::Only => ["From ", " to ", " only this passes: "],
    }
}

/// A policy with its groups left open.
#[must_use]
pub fn policy_choice(kind: PolicyKind) -> String {
    let [before, between, after] = policy(kind);
    let second = if kind.has_two() { "…" } else { "" };
    format!("{before}…{between}{second}{after}")
}

/// `region westeurope`.
#[must_use]
pub fn region(name: &str) -> String {
    format!("region {name}")
}

/// `zone 1 of westeurope`.
#[must_use]
pub fn zone(region: &str, zone: u8) -> String {
    format!("zone {zone} of {region}")
}

/// What a failing zone leaves alone.
#[must_use]
pub fn unplaced(count: usize) -> String {
    format!(
        "Named no zone, taken to survive: {} of the region.",
        counted(count, "machine or gateway", "machines and gateways")
    )
}

/// `spoke1/app`.
#[must_use]
pub fn in_vnet(vnet: &str, subnet: &str) -> String {
    format!("{vnet}/{subnet}")
}

/// One or two names, or the first and the last of more.
#[must_use]
pub fn few<T>(all: &[T], name: impl Fn(&T) -> String) -> String {
    match all {
        [] => String::new(),
        [one] => name(one),
        [one, other] => format!("{}, {}", name(one), name(other)),
        [first, .., last] => format!("{} … {}", name(first), name(last)),
    }
}

/// A text that names no VNet.
#[must_use]
pub fn expected_group(found: &str) -> String {
    format!(
        "expected spokes, a VNet, a region or the beginning of names such as dev*, found {found:?}"
    )
}

/// How far something is followed.
#[must_use]
pub fn followed(done: usize, all: usize) -> String {
    format!("{} of {} followed", pairs(done), grouped(wide(all)))
}

/// How a policy was proved.
#[must_use]
pub fn proved(followed: Followed) -> String {
    let flows = counted(followed.flows, "flow", "flows");
    let mut said = format!("{flows} followed, each for all that nothing tells apart from it");
    let lost = followed.flows.saturating_sub(followed.arrive);
    if lost > 0 {
        said.push_str(&format!(
            "; {} arrive with their reply, {lost} are lost",
            followed.arrive
        ));
    }
    said
}

/// How many subnets, pairs and answers.
#[must_use]
pub fn reach_headline(subnets: usize, classes: usize, reached: usize) -> String {
    let all = subnets.saturating_mul(subnets.saturating_sub(1));
    let said = if reached == all {
        String::from("all reach each other")
    } else {
        format!(
            "{} reach each other, {} do not",
            grouped(wide(reached)),
            grouped(wide(all - reached.min(all)))
        )
    };
    let subnets = counted(subnets, "workload subnet", "workload subnets");
    let classes = counted(classes, "class", "classes");
    format!(
        "{subnets} in {classes}. Of {} ordered pairs {said}.",
        grouped(wide(all))
    )
}

/// Lines that are not shown.
#[must_use]
pub fn hidden_lines(rows: usize, columns: usize) -> String {
    format!(
        "Not shown: {} and {}.",
        counted(rows, "row", "rows"),
        counted(columns, "column", "columns")
    )
}

/// Rows that are not shown.
#[must_use]
pub fn more_rows(rows: usize) -> String {
    format!("And {} more.", counted(rows, "row", "rows"))
}

/// What a failure loses.
#[must_use]
pub fn pairs_lost(count: usize, classes: usize) -> String {
    told(count, classes, "lost", "No pair is lost.")
}

/// What survives a failure.
#[must_use]
pub fn pairs_survive(count: usize, classes: usize) -> String {
    told(count, classes, "survive", "No pair survives.")
}

/// What a change changed.
#[must_use]
pub fn pairs_changed(count: usize, classes: usize) -> String {
    told(
        count,
        classes,
        "changed",
        "No pair changed its outcome or path.",
    )
}

fn told(count: usize, classes: usize, what: &str, none: &str) -> String {
    if count == 0 {
        return none.to_owned();
    }
    let of = counted(classes, "pair of classes", "pairs of classes");
    format!("{} {what}, in {of}", counted(count, "pair", "pairs"))
}

fn pairs(count: usize) -> String {
    counted(count, "pair of classes", "pairs of classes")
}

fn wide(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}
