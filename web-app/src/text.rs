//! Every text of the page, in one place. Azure's own words (property names, next-hop types) are never translated and
//! come from the core.
//!
//! Constants are whole phrases; functions are sentences with a gap. Nothing here knows where a text is shown.

pub mod about;
mod build;
pub mod canvas;
mod cost;
pub mod form;
mod form_names;
pub mod import;
mod judge;
mod peerings;
mod plan;
mod reach;
pub mod store;
mod tables;

pub use build::*;
pub use cost::*;
pub use judge::*;
pub use peerings::*;
pub use plan::*;
pub use reach::*;
pub use tables::*;

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
/// The port that is called.
pub const PORT: &str = "Port";
/// What stands in the empty field of the port.
pub const ANY_PORT: &str = "port";
/// What a port looks like.
pub const PORT_EXPECTED: &str = "expected a port from 0 to 65535, or nothing";
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
/// The body of a Virtual WAN.
pub const VIRTUAL_WAN: &str = "Virtual WAN";
/// Classes of the tints that environments take in turn.
pub const TINTS: [&str; 4] = ["tint-a", "tint-b", "tint-c", "tint-d"];
/// Folds every open stack.
pub const FOLD_ALL: &str = "Fold the stacks";
/// The small picture of the whole.
pub const MINIMAP: &str = "Where the view lies in the whole picture";
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
/// Label of the packet field.
pub const PACKET: &str = "A packet to";
/// Example in the packet field.
pub const PACKET_EXAMPLE: &str = "10.20.1.4";
/// Headings of the effective-route table: the CLI's, then ours.
pub const ROUTE_HEADS: &[&str] = &[
    "Source",
    "State",
    "Address Prefix",
    "Next Hop Type",
    "Next Hop IP",
    "Origin",
];
/// No rows.
pub const NO_ROUTES: &str = "This table is empty.";
/// Nothing to report.
pub const NO_FINDINGS: &str =
    "Nothing is wrong with this estate, as far as its routing is simulated.";
/// Said after a correction.
pub const FIXED: &str = "The correction was made. Undo takes it back.";
/// Shows the flow of a finding.
pub const SHOW_FLOW: &str = "Show a flow";
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
pub const BROKEN: &str = "Something broke inside Interspoke. Your design is below as text: save it or copy it, then reload the page. What is kept stays, and the page asks before it opens the design again.";
/// A change was asked for where the design is only shown.
pub const READ_ONLY: &str = "This design is shown to be read; open it in full to change it.";
/// A figure that is being worked out.
pub const DUE: &str = "…";
/// The bill is being made anew.
pub const BEING_BILLED: &str = "a month · being worked out";
/// The design is being written as code.
pub const WRITING: &str = "Writing the code…";
/// Findings are looked for.
pub const SEARCHING: &str = "Looking for findings…";

/// A design is being opened.
#[must_use]
pub fn opening(name: &str) -> String {
    if name.is_empty() {
        "Opening…".to_owned()
    } else {
        format!("Opening {name}…")
    }
}

/// An option of an embedding page cannot be read.
#[must_use]
pub fn options_expected(expected: &str, found: &str) -> String {
    format!("options: expected {expected}, found {found}")
}
/// A document that cannot be read.
pub const NOT_READ: &str = "The document could not be read, so the first sample is shown instead:";

/// What is asked for.
pub const INTENT: &str = "What I need";
/// The panel's tabs.
pub const SIDE: &str = "Design";
/// Figures of the article.
pub const FIGURES: &str = "Start from a figure of the article";
/// One more region.
pub const ADD_REGION: &str = "Add a region";
/// One region less.
pub const REMOVE_REGION: &str = "Remove";
/// Pairs that need a direct path.
pub const DIRECT_PAIRS: &str = "Pairs that need a direct path";
/// One more pair.
pub const ADD_PAIR: &str = "Add a pair";
/// The addresses of a region are chosen.
pub const RANGE_EXAMPLE: &str = "addresses: chosen";
/// Pairs with traffic of their own.
pub const PAIR_FLOWS: &str = "Pairs with traffic of their own";
/// What the matrix does.
pub const PAIR_FLOWS_WHY: &str = "They replace the figures inside and between regions.";
/// One more of them.
pub const ADD_FLOW: &str = "Add traffic of a pair";
/// More of a region.
pub const EACH_SPOKE: &str = "Each spoke";
/// A list of ranges.
pub const RANGES_EXAMPLE: &str = "such as 10.1.0.0/24, 10.1.1.0/24";
/// A list of spokes.
pub const SPOKES_EXAMPLE: &str = "such as eastus-spoke1";
/// No environments.
pub const ENVIRONMENTS_EXAMPLE: &str = "such as dev, prod";
/// Where the network follows no pattern.
pub const ALONE: &str =
    "The network shown was not drawn for this. Choose a design in Compare to draw it.";
/// Where the network follows.
pub const FOLLOWS: &str = "The network follows what you ask for here.";
/// Where the network follows, and another pattern is recommended.
#[must_use]
pub fn better(title: &str) -> String {
    format!("Drawn as you chose. For what you ask for here, {title} is recommended.")
}
/// Draws the recommended pattern.
#[must_use]
pub fn draw_instead(title: &str) -> String {
    format!("Draw {title}")
}
/// Where the network was changed by hand.
pub const LEFT: &str =
    "The network was changed by hand and no longer follows what you ask for here.";
/// Draws again.
pub const DRAW_AGAIN: &str = "Draw it again";
/// Opens the comparison.
pub const OPEN_COMPARE: &str = "Compare designs";
/// Opens the Intent.
pub const CHANGE_INTENT: &str = "Change what I need";
/// The Intent cannot be planned.
pub const NO_PLAN: &str =
    "What is asked for cannot be planned yet: see the fields marked under What I need.";
/// The comparison is of an Intent before.
pub const COMPARE_OLDER: &str =
    "Older: what is asked for cannot be planned, so this is the comparison before it.";
/// Opens the panel at the side.
pub const OPEN_SIDE: &str = "Show it";
/// Folds it.
pub const FOLD_SIDE: &str = "Fold";
/// What people join spokes for.
pub const USES: &str = "Start from a use";
/// Heading of the answers, for readers without a picture of the page.
pub const ANSWERS: &str = "Answers";
/// Draws a pattern.
pub const DRAW: &str = "Draw it";
/// Is drawn.
pub const IS_DRAWN: &str = "Drawn";
/// Headings of the detail of a pattern.
pub const WHY: &str = "Why";
/// What would change the verdict.
pub const CHANGE: &str = "What would change it";
/// What a reader must know.
pub const KNOW: &str = "Good to know";
/// How many of everything.
pub const COUNTS: &str = "How many of everything";
/// Round trips and ceilings.
pub const WAY: &str = "Latency and throughput between two spokes";
/// Which two spokes.
pub const WAY_ENDS: [&str; 2] = ["of one region", "of two regions"];
/// Nothing between the ends has a ceiling.
pub const MACHINES_BOUND: &str =
    "nothing forwards between the ends: the machines at the ends set it";
/// What nothing between the ends sets.
pub const MACHINES: &str = "the VMs";
/// A ceiling.
pub const CEILING: &str = "ceiling";
/// Between two spokes of a region.
pub const INSIDE: &str = "inside";
/// Of one flow.
pub const A_FLOW: &str = "a flow";
/// No figure is published.
pub const NO_FIGURE: &str = "no figure";
/// How much of each limit.
pub const LIMITS: &str = "Limits used";
/// How the table is ranked.
pub const RANK: &str = "Ranked by verdict, wishes that are not met, complete bills before lower bounds, cost and objects kept by hand in bands, work for one more spoke, round trip and headroom. Open a pattern for why it stands before the next.";

/// Nothing is viable.
pub const NONE_VIABLE: &str = "No pattern does all that is asked for.";
/// Nothing speaks against a pattern.
pub const ALL_HOLDS: &str = "every flow does what is asked";

/// No line of a bill has a price.
pub const NOT_PRICED: &str = "not priced";

/// What a flow refutes, short.
#[must_use]
pub fn fails(
    property: interspoke_core::pattern::proof::Property,
    [from, to]: [&str; 2],
    way: &str,
) -> String {
    use interspoke_core::pattern::proof::Property;
    let what = match property {
        Property::Reachability | Property::OnPremises | Property::OtherClouds => "not reached",
        Property::Isolation => "not isolated",
        Property::Inspection | Property::Internet => "not inspected",
        Property::DirectPairs => "not direct",
        Property::Symmetry => "not symmetric",
        Property::Encryption => "not encrypted",
    };
    if way == "not reached" {
        return format!("{from} does not reach {to}");
    }
    format!("{what}: {from} to {to} is {way}")
}

/// Whose round trip.
#[must_use]
pub fn round_trip(ends: &str) -> String {
    format!("round trip, {ends}")
}

/// How far the patterns are assessed.
#[must_use]
pub fn assessing(done: usize, all: usize) -> String {
    format!("{done} of {all} patterns assessed")
}

/// What came out.
#[must_use]
pub fn recommended(title: &str) -> String {
    format!("Recommended: {title}")
}

/// How many problems there are.
#[must_use]
pub fn problems(n: usize) -> String {
    format!(
        "{} to mend before this can be planned.",
        counted(n, "problem", "problems")
    )
}

/// A range that is full.
#[must_use]
pub fn no_room(region: &str) -> String {
    format!("no further spoke fits the range of {region}")
}

/// When growth passes a limit.
#[must_use]
pub fn growth(months: u32, spokes: u64, limit: &str) -> String {
    let spokes = grouped(spokes);
    match months {
        0 => format!("Passed already: {limit}."),
        _ => format!("In {months} months, at {spokes} spokes, growth passes: {limit}."),
    }
}

/// Caption of a figure that opens.
#[must_use]
pub fn figure(title: &str) -> String {
    format!("{title}: a figure of the article, drawn with three spokes a region.")
}

/// Said after a pattern was drawn.
#[must_use]
pub fn drawn(name: &str) -> String {
    format!("Drawn: {name}. Undo takes it back.")
}

/// A text that is no number, or one beyond the largest that a field takes.
#[must_use]
pub fn expected_number(found: &str, most: u32) -> String {
    let most = grouped(u64::from(most));
    format!("expected a whole number from 0 to {most}, found {found:?}")
}

/// Heading of a column of the comparison, and what it means.
#[must_use]
pub const fn column(column: crate::state::Column) -> (&'static str, &'static str) {
    use crate::state::Column;
    match column {
        Column::Pattern => ("Pattern", ""),
        Column::Verdict => ("Verdict", ""),
        Column::Links => (
            "Links",
            "Peering links, and their objects; connections of Virtual WAN",
        ),
        Column::Routes => (
            "Tables · routes",
            "Route tables to attach, and routes in them",
        ),
        Column::Hops => ("Hops", "Between two spokes of a region · of two regions"),
        Column::Latency => (
            "Added ms",
            "What the way adds to the round trip between spokes of two regions; inside a region",
        ),
        Column::Rate => (
            "Gbps",
            "The lowest ceiling on the way between two spokes: of all flows together; of one",
        ),
        Column::Limit => ("Fullest limit", "The limit that is used most"),
        Column::Survive => (
            "Survive",
            "Pairs of spokes that still reach each other when a hub fails, the worst hub",
        ),
        Column::Cost => ("USD a month", "Hours and traffic, list prices"),
    }
}

/// Caption and unit of a field of the Intent.
#[must_use]
pub const fn ask(ask: crate::state::Ask) -> (&'static str, &'static str) {
    use crate::state::Ask;
    match ask {
        Ask::Inspection => ("Inspect traffic between spokes", ""),
        Ask::Internet => ("Way to the Internet", ""),
        Ask::OnPremises => ("On-premises", ""),
        Ask::Hub => ("Hub run by", ""),
        Ask::Appliance => ("Appliance", ""),
        Ask::Tier => ("Azure Firewall tier", ""),
        Ask::Peerings => ("Peerings made", ""),
        Ask::Encryption => ("Encrypt between spokes", ""),
        Ask::Tenants => ("Spokes of several tenants", ""),
        Ask::Clouds => ("Other clouds", ""),
        Ask::Environments => ("Environments", ""),
        Ask::Rule(_) => ("Rule", ""),
        Ask::Within => ("inside each region", "GB/month"),
        Ask::Between => ("between regions", "GB/month"),
        Ask::ToOnPremises => ("to on-premises", "GB/month"),
        Ask::PeakPair => ("peak of a pair", "Mbps"),
        Ask::PeakRegion => ("peak of a region", "Mbps"),
        Ask::Latency => ("longest round trip", "ms"),
        Ask::Growth => ("growth of spokes", "% a year"),
        Ask::Hubs => ("hubs in a region", "0: as few as fit"),
        Ask::Machines => ("machines in a spoke", "0: not said"),
        Ask::Groups => ("Connected groups up to", ""),
        Ask::Prevention => ("Intrusion prevention", ""),
        Ask::Region(_) => ("Region", ""),
        Ask::Spokes(_) => ("Spokes", ""),
        Ask::Range(_) => ("Range", ""),
        Ask::PairA(_) => ("One spoke", ""),
        Ask::PairB(_) => ("Other spoke", ""),
        Ask::PrefixLength => ("prefix length of spokes", "bits"),
        Ask::SpokeRanges(_) => ("A range for each spoke", ""),
        Ask::SpokeEnvironments(_) => ("The environment of each spoke", ""),
        Ask::CircuitTier => ("ExpressRoute circuit", ""),
        Ask::CircuitData => ("Data of the circuit", ""),
        Ask::CircuitMbps => ("bandwidth of the circuit", "Mbps"),
        Ask::NvaSize => ("VM size of an NVA", ""),
        Ask::NvaCount => ("NVAs in each hub", ""),
        Ask::SiteRanges => ("Ranges on-premises", ""),
        Ask::CloudRanges => ("Ranges of other clouds", ""),
        Ask::Gateways => ("Spokes that own a gateway", ""),
        Ask::ToInternet => ("to the Internet", "GB/month"),
        Ask::UnitWithin | Ask::UnitBetween => ("counts", ""),
        Ask::UnitOnPremises | Ask::UnitInternet => ("counts", ""),
        Ask::MatrixA(_) => ("From", ""),
        Ask::MatrixB(_) => ("to", ""),
        Ask::MatrixGb(_) => ("GB a month", "GB/month"),
    }
}

/// The words of a field that has a choice.
#[must_use]
pub const fn words(ask: crate::state::Ask) -> &'static [&'static str] {
    use crate::state::Ask;
    match ask {
        Ask::Inspection => &["none", "between environments", "all"],
        Ask::Internet => &["any way", "through a firewall"],
        Ask::OnPremises => &["none", "VPN", "ExpressRoute", "both"],
        Ask::Hub => &["us", "Microsoft", "either"],
        Ask::Appliance => &["none", "Azure Firewall", "NVA"],
        Ask::Tier => &["Basic", "Standard", "Premium"],
        Ask::Peerings => &["by hand", "Network Manager", "… by policy"],
        Ask::Groups => &["250", "3,000", "5,000"],
        Ask::Prevention => &["off", "alert", "deny"],
        Ask::CircuitTier => &["Local", "Standard", "Premium"],
        Ask::CircuitData => &["metered", "unlimited"],
        Ask::UnitWithin | Ask::UnitBetween => &["GB/month in all", "GB/month a pair"],
        Ask::UnitOnPremises | Ask::UnitInternet => &["GB/month in all", "GB/month a spoke"],
        Ask::Rule(_) => &["as above", "reachable", "direct", "inspected", "isolated"],
        _ => &[],
    }
}

/// Why a row of the comparison has no figure.
pub const NONE: &str = "–";

/// Name of an answer.
#[must_use]
pub const fn tab(tab: crate::state::Tab) -> &'static str {
    use crate::state::Tab;
    match tab {
        Tab::Compare => "Compare",
        Tab::Path => "Path",
        Tab::Routes => "Routes",
        Tab::Reachability => "Reachability",
        Tab::Peerings => "Peerings",
        Tab::Cost => "Cost",
        Tab::Findings => "Findings",
        Tab::Objects => "Objects",
        Tab::Build => "Build",
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

/// An environment that is not among those asked for.
#[must_use]
pub fn no_environment(found: &str, known: &[String]) -> String {
    if known.is_empty() {
        return format!("expected no environment, since none is named above, found {found:?}");
    }
    format!(
        "expected one of {}, as dev for 4, dev 50% or dev for *-dev-*, found {found:?}",
        known.join(", ")
    )
}

/// Spokes without an environment.
#[must_use]
pub fn environments_missing(open: usize, spokes: usize) -> String {
    format!("expected an environment for every spoke, found none for {open} of {spokes}")
}

/// More spokes than there are.
#[must_use]
pub fn environments_too_many(wanted: usize, spokes: usize) -> String {
    format!("expected environments for {spokes} spokes, found {wanted}")
}

/// A pattern that no spoke's name fits.
#[must_use]
pub fn environments_fit_nothing(pattern: &str) -> String {
    format!(
        "expected a number or a pattern of spokes' names, found {pattern:?}, which no name fits"
    )
}

/// VNets that a short list leaves to the tables.
#[must_use]
pub fn more_vnets(more: usize) -> String {
    format!("and {more} more: type a name above the picture, or see it as a table")
}

/// Name of the browser's tab.
#[must_use]
pub fn tab_title(design: &str) -> String {
    if design.is_empty() {
        return NAME.to_owned();
    }
    format!("{design} · {NAME}")
}

/// The strip on a network that is what is recommended.
#[must_use]
pub fn is_recommended(title: &str) -> String {
    format!("{title} is recommended")
}

/// The strip on a network that is not.
#[must_use]
pub fn another_is_recommended(drawn: &str, recommended: &str) -> String {
    format!("{drawn} is drawn; {recommended} is recommended")
}

/// The next best pattern.
#[must_use]
pub fn runner_up(title: &str, cost: &str, own: &str) -> String {
    format!("Next best: {title}, USD {cost} a month instead of {own}.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_beyond_a_field_says_the_range() {
        let says = super::expected_number("999999999999", u32::MAX);
        let expected = "expected a whole number from 0 to 4,294,967,295, found \"999999999999\"";
        assert_eq!(says, expected);
    }

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
