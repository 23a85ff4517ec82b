//! Words of imports: what to run, where to paste, what was read and what differs from Azure.

use super::counted as noun;

/// The section.
pub const IMPORT: &str = "Import from Azure";
/// Of the section.
pub const WHERE: &str = "Run one command where you have signed in, and paste or drop what it prints. Nothing is sent anywhere.";
/// Over the commands.
pub const COMMANDS: &str = "Commands";
/// A command.
pub const CLI: &str = "Azure CLI";
/// A command.
pub const POWERSHELL: &str = "Azure PowerShell";
/// A query.
pub const PORTAL: &str = "Portal: Resource Graph Explorer, then Download as CSV";
/// What the query lacks.
pub const LACKS: &str = "Resource Graph does not hold hub connections, hub route tables, routing intents and BGP sessions. After the import the commands for those stand here. Effective routes of a NIC (az network nic show-effective-route-table) are laid beside the simulator.";
/// Over the further commands.
pub const FURTHER: &str = "Still missing: run this, then paste further.json";
/// Copies a command.
pub const COPY: &str = "Copy";
/// A command was copied.
pub const COPIED: &str = "Command copied";
/// The field.
pub const PASTE: &str = "Paste an export, a template, a Terraform plan or captured routes";
/// Over the report.
pub const REPORT: &str = "What was read";
/// Over the types.
pub const READ: &str = "Read";
/// Over the types.
pub const SKIPPED: &str = "Not needed for routing";
/// Over what changed.
pub const SINCE: &str = "Since the import before";
/// Over the comparison.
pub const BESIDE: &str = "Azure beside the simulator";
/// What a pasted text is called.
pub const PASTED: &str = "pasted";
/// Before what Azure shows.
pub const AZURE: &str = "Azure:";
/// Before what is simulated.
pub const OURS: &str = "simulated:";
/// A side that has no such row.
pub const NOTHING: &str = "nothing";
/// A capture that fits nothing.
pub const NO_SUBJECT: &str = "no table of this design is like it";
/// What changed.
pub const PEERING: &str = "peering";

/// On a VNet that is referred to and stands in no file.
pub const STUB: &str = "stub";
/// The same, spoken.
pub const STUB_LONG: &str = "stub: no file of the import has it";
/// Over all captured tables.
#[must_use]
pub fn score_of_all(equal: usize, all: usize, tables: usize) -> String {
    let percent = equal.saturating_mul(100) / all.max(1);
    format!(
        "{percent}% equal: {equal} of {all} rows in {}",
        noun(tables, "captured table", "captured tables")
    )
}
/// Makes a change that a captured row calls for.
pub const APPLY: &str = "Do it";
/// A change was made.
#[must_use]
pub fn applied(change: &str) -> String {
    format!("Done: {change}. Undo takes it back.")
}
/// The equal rows of a table.
#[must_use]
pub fn equal_rows(count: usize) -> String {
    noun(count, "equal row", "equal rows")
}
/// A long text is being read.
#[must_use]
pub fn reading(name: &str, percent: u8) -> String {
    format!("Reading {name}: {percent}%")
}
/// A resource that changed between two imports.
#[must_use]
pub fn changed(kind: &str, name: &str) -> String {
    format!("changed: {kind} {name}")
}
/// A resource that is new.
#[must_use]
pub fn new_one(kind: &str, name: &str) -> String {
    format!("new: {kind} {name}")
}
/// A resource that is gone.
#[must_use]
pub fn gone_one(kind: &str, name: &str) -> String {
    format!("gone: {kind} {name}")
}

/// An export became a design.
#[must_use]
pub fn imported(vnets: usize, entries: usize) -> String {
    let said = if entries == 0 {
        String::new()
    } else {
        format!(" The report has {}.", noun(entries, "entry", "entries"))
    };
    format!(
        "{} imported.{said} Undo takes it back.",
        noun(vnets, "VNet", "VNets")
    )
}

/// Captured routes were laid beside the design.
#[must_use]
pub fn compared(equal: usize, all: usize) -> String {
    format!("{equal} of {all} captured rows are as simulated")
}

/// What an imported design says of itself.
#[must_use]
pub fn summary(resources: usize) -> String {
    format!(
        "Imported: {} read.",
        noun(resources, "resource", "resources")
    )
}

/// The rest of a long list.
#[must_use]
pub fn and_more(more: usize) -> String {
    format!("and {more} more")
}

/// A captured table and its score.
#[must_use]
pub fn score(subject: &str, equal: usize, all: usize) -> String {
    format!("{subject}: {equal} of {all} rows equal")
}
