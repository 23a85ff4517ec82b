//! Every text of the page, in one place. Azure's own words (property names, next-hop types) are never translated and
//! come from the core.
//!
//! Constants are whole phrases; functions are sentences with a gap. Nothing here knows where a text is shown.

/// Name of the program.
pub const NAME: &str = "Interspoke";
/// Skips to the picture.
pub const SKIP: &str = "Skip to the picture";
/// Undo.
pub const UNDO: &str = "Undo";
/// Redo.
pub const REDO: &str = "Redo";
/// Said after undo.
pub const UNDONE: &str = "The last change was undone.";
/// Said after redo.
pub const REDONE: &str = "The change was made again.";
/// What exists.
pub const ESTATE: &str = "What exists";
/// Samples.
pub const SAMPLES: &str = "Samples";
/// Where a sample's facts stand.
pub const SOURCE: &str = "Source";
/// Title of the picture.
pub const PICTURE: &str = "The network";
/// Source.
pub const FROM: &str = "from";
/// Destination.
pub const TO: &str = "to";
/// Exchanges source and destination.
pub const SWAP: &str = "Exchange source and destination";
/// The packet's protocol.
pub const PROTOCOL: &str = "Protocol";
/// Which end the next click sets.
pub const NEXT_CLICK: &str = "A click on the picture chooses";
/// Closer.
pub const ZOOM_IN: &str = "Zoom in";
/// Further.
pub const ZOOM_OUT: &str = "Zoom out";
/// Everything.
pub const FIT: &str = "Show everything";
/// How the picture is used without a mouse.
pub const PICTURE_KEYS: &str = "Arrow keys walk along the links, Enter chooses, plus and minus zoom, 0 shows everything. \
     With Shift the arrow keys move the picture.";
/// Nothing stands in a box.
pub const NOTHING_TO_CHOOSE: &str =
    "No host stands there: choose a VNet with a workload or a site.";
/// The table beside the picture.
pub const TWIN: &str = "The picture as a table";
/// Direction of the request.
pub const FORWARD: &str = "Request";
/// Direction of the reply.
pub const BACK: &str = "Reply";
/// No flow.
pub const CHOOSE_BOTH: &str = "Choose a source and a destination.";
/// Copies a table.
pub const COPY_TSV: &str = "Copy as a table";
/// Said after copying.
pub const COPIED: &str = "Copied: tab-separated, ready for a spreadsheet.";
/// Said where a page may not copy.
pub const NOT_COPIED: &str = "The browser did not allow copying.";
/// Label of the subnet picker.
pub const SUBNET: &str = "Effective routes of";
/// Label of the packet field.
pub const PACKET: &str = "A packet to";
/// Example in the packet field.
pub const PACKET_EXAMPLE: &str = "10.20.1.4";
/// Headings of the effective-route table: the CLI's, then ours.
pub const ROUTE_HEADS: [&str; 6] = [
    "Source",
    "State",
    "Address Prefix",
    "Next Hop Type",
    "Next Hop IP",
    "Origin",
];
/// No rows.
pub const NO_ROUTES: &str = "This subnet carries no routes.";
/// What was expected of a route to an appliance.
pub const EXPECTED_APPLIANCE: &str =
    "expected the address of an appliance such as 10.10.0.4, found nothing";
/// Nothing to report.
pub const NO_FINDINGS: &str =
    "Nothing is wrong with this estate, as far as its routing is simulated.";
/// Said after a correction.
pub const FIXED: &str = "The correction was made. Undo takes it back.";
/// Shows the flow of a finding.
pub const SHOW_FLOW: &str = "Show a flow";
/// Adds a route.
pub const ADD_ROUTE: &str = "Add route";
/// No table.
pub const NO_TABLES: &str = "This estate has no route tables.";
/// The row that will be added.
pub const NEW_ROUTE: &str = "New route";
/// The answers are of an earlier state.
pub const OLDER: &str = "Older: a field cannot be read, so this is the answer before it.";
/// Total of the bill.
pub const TOTAL: &str = "Total";
/// Theme switch.
pub const THEME: &str = "Colours";
/// The strict setting.
pub const STRICT: &str = "Drop forwarded packets without allowForwardedTraffic";
/// Why the strict setting exists.
pub const STRICT_WHY: &str =
    "As documented. Field reports see such packets pass, so the default lets them.";
/// The page broke.
pub const BROKEN: &str = "Something broke inside Interspoke. Your design is below as text: copy it, then reload the page.";
/// A document that cannot be read.
pub const NOT_READ: &str = "The document could not be read, so the first sample is shown instead:";

/// Name of an answer.
#[must_use]
pub const fn tab(tab: crate::state::Tab) -> &'static str {
    use crate::state::Tab;
    match tab {
        Tab::Path => "Path",
        Tab::Routes => "Routes",
        Tab::Peerings => "Peerings",
        Tab::Cost => "Cost",
        Tab::Findings => "Findings",
        Tab::Objects => "Objects",
    }
}

/// What the theme switch does.
#[must_use]
pub const fn theme(theme: crate::state::Theme) -> &'static str {
    use crate::state::Theme;
    match theme {
        Theme::System => "Colours: as the system",
        Theme::Light => "Colours: light",
        Theme::Dark => "Colours: dark",
    }
}

/// A text that names no place.
#[must_use]
pub fn expected_endpoint(found: &str) -> String {
    if found.is_empty() {
        return String::from("expected a name or an address such as 10.10.1.4, found nothing");
    }
    format!("expected a name from the list or an address such as 10.10.1.4, found {found:?}")
}

/// `a, b and c`.
#[must_use]
pub fn list(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [head @ .., last] => format!("{} and {last}", head.join(", ")),
    }
}

/// `1 hop`, `2 hops`.
#[must_use]
pub fn counted(n: usize, one: &str, many: &str) -> String {
    format!(
        "{} {}",
        grouped(u64::try_from(n).unwrap_or(u64::MAX)),
        if n == 1 { one } else { many }
    )
}

/// Thousands separated.
#[must_use]
pub fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_separated() {
        assert_eq!(grouped(0), "0");
        assert_eq!(grouped(999), "999");
        assert_eq!(grouped(1_234_567), "1,234,567");
    }

    #[test]
    fn lists_read_as_prose() {
        let names = ["fw1", "fw2", "fw3"].map(String::from);
        assert_eq!(list(&names), "fw1, fw2 and fw3");
        assert_eq!(list(&names[..2]), "fw1 and fw2");
    }
}
