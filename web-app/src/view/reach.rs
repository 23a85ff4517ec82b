//! Who reaches whom, by class; what must hold; what would change.
//!
//! | mark | when |
//! |---|---|
//! | `Direct` | request and reply arrive, and nothing stands between |
//! | `Inspected` | they arrive through a firewall or NVA that keeps state, and the reply takes its way back |
//! | `Through` | they arrive through something that inspects nothing |
//! | `Asymmetric` | they arrive, the reply by other machines |
//! | `Refused` | a rule or flag says no |
//! | `ReplyLost`, `Lost` | the reply, or the request, is lost for any other reason |
//!
//! Lists are cut at what a reader takes in at once, with the count of the rest; the filter and the button for more reach
//! everything.

use super::{Chip, Tone, path, place};
use crate::state::{
    Axis, Checked, Checking, Draft, Field, FollowedEstate, Msg, PolicyKind, ReachField, ReachMsg,
    State, failures,
};
use crate::text;
use interspoke_core::estate::{
    Answer, ClassChange, ClassId, ClassPair, End, Estate, Failure, Judgement, Service, Way,
};
use interspoke_core::route::{DropReason, Place};
use interspoke_core::topology::{Subnet, SubnetId, Topology};

/// What becomes of a pair, in one sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// Nothing stands between.
    Direct,
    /// Through a device that keeps state, and back the same way.
    Inspected,
    /// Through something else.
    Through,
    /// Back by other machines.
    Asymmetric,
    /// A rule or flag says no.
    Refused,
    /// The reply is lost.
    ReplyLost,
    /// The request is lost.
    Lost,
}

impl Mark {
    /// Every mark, as the legend shows them.
    pub const ALL: [Self; 7] = [
        Self::Direct,
        Self::Inspected,
        Self::Through,
        Self::Asymmetric,
        Self::Refused,
        Self::ReplyLost,
        Self::Lost,
    ];

    /// How good it is.
    #[must_use]
    pub const fn tone(self) -> Tone {
        match self {
            Self::Direct | Self::Inspected => Tone::Good,
            Self::Through => Tone::Plain,
            Self::Asymmetric => Tone::Warn,
            Self::Refused | Self::ReplyLost | Self::Lost => Tone::Bad,
        }
    }

    fn of(answer: &Answer) -> Self {
        if answer.reached {
            return match (answer.direct, answer.symmetric, answer.inspected) {
                (true, _, _) => Self::Direct,
                (_, false, _) => Self::Asymmetric,
                (_, _, true) => Self::Inspected,
                _ => Self::Through,
            };
        }
        match lost(answer) {
            Some((_, way)) if refuses(way.end) => Self::Refused,
            Some((true, _)) => Self::Lost,
            _ => Self::ReplyLost,
        }
    }
}

fn refuses(end: End) -> bool {
    use DropReason::{AccessNotAllowed, FirewallRule, Policy, SecurityRule};
    matches!(
        end,
        End::Lost(SecurityRule(_) | FirewallRule(_) | Policy(_) | AccessNotAllowed(_))
    )
}

/// The way that does not arrive, and whether it is a request's.
fn lost(answer: &Answer) -> Option<(bool, &Way)> {
    let fails = |way: &&Way| way.end != End::Arrives;
    let request = answer.requests.iter().find(fails);
    let reply = || answer.replies.iter().find(fails);
    request
        .map(|way| (true, way))
        .or_else(|| reply().map(|way| (false, way)))
}

/// Names of what stands on a way; only what forwards by its own tables, where `machines` are asked for.
fn through(topology: &Topology, way: Option<&Way>, machines: bool) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for stop in way.map(|way| way.stops.as_slice()).unwrap_or_default() {
        let name = place::called(topology, *stop);
        if (!machines || place::is_machine(*stop)) && names.last() != Some(&name) {
            names.push(name);
        }
    }
    names
}

/// What becomes of a pair, as a sentence without its subject.
fn told(topology: &Topology, answer: &Answer) -> String {
    let stops = through(topology, answer.requests.first(), false);
    let by = if stops.is_empty() {
        String::from("directly")
    } else {
        format!("through {}", text::list(&stops))
    };
    if answer.reached {
        let ways = answer.requests.len();
        let mut said = format!("reached {by}");
        if ways > 1 {
            said.push_str(&format!(" or {} equal ways more", ways - 1));
        }
        said.push_str(match (answer.direct, answer.inspected) {
            (true, _) => "",
            (_, true) => ", inspected",
            _ => ", not inspected",
        });
        said.push_str(if answer.symmetric {
            ", and back the same way"
        } else {
            ", and back by other machines"
        });
        return said;
    }
    match lost(answer) {
        None => format!("arrives {by}, but a device that keeps state sees only half of the flow"),
        Some((request, way)) => {
            let at = match way.stops.last() {
                Some(Place::Internet) | None => String::new(),
                Some(stop) => format!(" at {}", place::called(topology, *stop)),
            };
            let why = match way.end {
                End::Lost(reason) => place::drop_reason(topology, reason),
                _ => String::from("it goes round in a circle"),
            };
            let what = match (request, refuses(way.end)) {
                (true, true) => "refused",
                (true, false) => "lost",
                (false, true) => "the reply is refused",
                (false, false) => "the reply is lost",
            };
            format!("{what}{at}: {why}")
        }
    }
}

/// A pair, or all pairs of two classes.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// Its sign.
    pub mark: Mark,
    /// In a word or two.
    pub word: String,
    /// In a sentence.
    pub says: String,
    /// Both ends stand in one VNet.
    pub inside: bool,
    /// Opens a pair in Path.
    pub show: Option<Msg>,
}

/// A row or column: a class, or one of its members.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The class, counted from 1.
    pub number: usize,
    /// Its first and last member, or the member.
    pub label: String,
    /// How many members, where there are several.
    pub detail: String,
    /// The first member: what opens the class.
    pub first: SubnetId,
    /// Whether the class is open; none for a line that cannot be opened.
    pub open: Option<bool>,
    /// The member that the line is for.
    pub member: Option<SubnetId>,
    /// It stands under the line of its class.
    pub inner: bool,
    class: ClassId,
}

/// A policy and what became of it.
#[derive(Debug, Clone, PartialEq)]
pub struct PolicyView {
    /// What must hold.
    pub says: String,
    /// Proved, refuted, on the way.
    pub chip: Chip,
    /// How it was proved, or the packet that refutes it.
    pub because: String,
    /// Opens the path of that packet.
    pub show: Option<Msg>,
}

/// Pairs that changed alike.
#[derive(Debug, Clone, PartialEq)]
pub struct ChangeRow {
    /// Where flows start.
    pub from: String,
    /// Where they go.
    pub to: String,
    /// How many pairs.
    pub pairs: String,
    /// Before.
    pub before: Option<(Mark, String)>,
    /// After.
    pub after: Option<(Mark, String)>,
    /// Opens a pair in Path.
    pub show: Option<Msg>,
}

/// A list of changes, cut.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Changes {
    /// How many pairs and classes, in words.
    pub title: String,
    /// The first of them.
    pub rows: Vec<ChangeRow>,
    /// How many more rows there are.
    pub more: usize,
}

/// The tab.
#[derive(Debug, Clone, PartialEq)]
pub struct ReachView {
    /// How many pairs, classes and answers.
    pub headline: String,
    /// How far the estate is followed.
    pub working: Option<String>,
    /// Marks that occur, with the number of pairs.
    pub legend: Vec<(Mark, String)>,
    /// What names are shown.
    pub filter: Draft,
    /// Rows.
    pub rows: Vec<Line>,
    /// Columns.
    pub columns: Vec<Line>,
    /// Row by row, column by column: pairs in different VNets, then those in one; none where there is no such pair.
    pub cells: Vec<Vec<Vec<Cell>>>,
    /// Lines that are not shown.
    pub hidden: Option<String>,
    /// Policies.
    pub policies: Vec<PolicyView>,
    /// The kind being written.
    pub kind: PolicyKind,
    /// Its groups.
    pub groups: [Draft; 2],
    /// The services that it lets pass.
    pub services: Draft,
    /// Everything that may fail.
    pub failures: Vec<String>,
    /// What fails.
    pub failing: Option<usize>,
    /// Pairs that a failure loses, and those that survive; none while they are worked out or where nothing fails.
    pub what_if: Option<[Changes; 2]>,
    /// What a failing zone leaves alone.
    pub unplaced: Option<String>,
    /// Pairs that the last change changed; none while they are worked out or where nothing changed yet.
    pub changed: Option<Changes>,
    /// There is a state to compare with.
    pub compares: bool,
    /// The state to compare with is held.
    pub held: bool,
}

/// Rows and columns shown at first, and by how many more each time.
const ROWS: usize = 24;
const COLUMNS: usize = 12;
/// Changes shown at first.
const CHANGES: usize = 8;

/// Who reaches whom.
#[must_use]
pub fn reach(state: &State) -> ReachView {
    let reach = &state.reach;
    let filter = state
        .drafts
        .field(Field::Reach(ReachField::Filter))
        .cloned()
        .unwrap_or_default();
    let mut view = ReachView {
        headline: String::new(),
        working: None,
        legend: Vec::new(),
        rows: Vec::new(),
        columns: Vec::new(),
        cells: Vec::new(),
        hidden: None,
        policies: reach
            .checks
            .iter()
            .map(|check| policy(state, check))
            .collect(),
        kind: reach.kind,
        groups: [ReachField::From, ReachField::To].map(|field| state.group_text(field)),
        services: state.group_text(ReachField::Services),
        failures: Vec::new(),
        failing: None,
        what_if: None,
        unplaced: None,
        changed: None,
        compares: reach.compares(),
        held: reach.held,
        filter,
    };
    let all = failures(state.answers.topology());
    let failing = reach.failing.as_ref();
    let fails = failing.and_then(|f| all.iter().find(|(name, _)| *name == f.name));
    let zone = match fails {
        Some((_, Failure::Zone(region, _))) => Some(region.clone()),
        _ => None,
    };
    view.failing =
        failing.and_then(|failing| all.iter().position(|(name, _)| *name == failing.name));
    view.failures = all.into_iter().map(|(name, _)| name).collect();
    let Some(now) = &reach.now else {
        return view;
    };
    let estate = &*now.estate();
    totals(now, estate, &mut view);
    let unplaced = zone.map_or(0, |region| estate.unplaced(&region));
    view.unplaced = (unplaced > 0).then(|| text::unplaced(unplaced));
    matrix(state, estate, &mut view);
    if let Some((pairs, rest)) = failing.and_then(|f| f.pairs.as_ref().zip(f.rest.as_ref())) {
        let arrives = |change: &ClassChange| change.after.as_ref().is_some_and(|a| a.reached);
        let list = |kept: bool, of: fn(usize, usize) -> String| {
            let some = pairs.iter().filter(|change| arrives(change) == kept);
            changes(
                some.collect(),
                estate,
                &rest.estate(),
                estate,
                of,
                reach.pages,
            )
        };
        view.what_if = Some([
            list(false, text::pairs_lost),
            list(true, text::pairs_survive),
        ]);
    }
    if let Some((changed, before)) = reach.changes.as_ref().zip(reach.before.as_ref()) {
        let all = changed.iter().collect();
        let (before, of) = (before.estate(), text::pairs_changed);
        view.changed = Some(changes(all, &before, estate, estate, of, reach.pages));
    }
    view
}

/// The headline and the legend.
fn totals(now: &FollowedEstate, estate: &Estate, view: &mut ReachView) {
    let mut counts = [0_usize; Mark::ALL.len()];
    for (pair, answer) in estate.answers() {
        let mark = Mark::of(answer);
        let at = Mark::ALL.iter().position(|one| *one == mark);
        if let Some(count) = at.and_then(|at| counts.get_mut(at)) {
            *count += estate.count(pair);
        }
    }
    let subnets: usize = estate
        .classes()
        .iter()
        .map(|class| class.members.len())
        .sum();
    view.headline =
        text::reach_headline(subnets, estate.classes().len(), counts.iter().take(4).sum());
    let (done, all) = now.progress;
    view.working = (done < all).then(|| text::followed(done, all));
    for (mark, count) in Mark::ALL.into_iter().zip(counts) {
        if count > 0 {
            view.legend
                .push((mark, text::counted(count, "pair", "pairs")));
        }
    }
}

/// `spoke1`, or `spoke1/app` where its VNet holds more than one workload.
fn name(estate: &Estate, id: SubnetId) -> String {
    let topology = estate.topology();
    let subnet = topology.subnet(id);
    let vnet = topology.vnet(subnet.vnet);
    let workloads = vnet
        .subnets
        .iter()
        .filter(|id| estate.class_of(**id).is_some());
    if workloads.count() == 1 {
        vnet.name.clone()
    } else {
        text::in_vnet(&vnet.name, &subnet.name)
    }
}

fn matrix(state: &State, estate: &Estate, view: &mut ReachView) {
    let wanted = view.filter.text.trim().to_ascii_lowercase();
    let pages = state.reach.pages;
    let (rows, more_rows) = lines(state, estate, Axis::From, &wanted, ROWS * pages);
    let (columns, more_columns) = lines(state, estate, Axis::To, &wanted, COLUMNS * pages);
    view.cells = rows
        .iter()
        .map(|row| {
            columns
                .iter()
                .map(|column| cell(estate, row, column))
                .collect()
        })
        .collect();
    let hidden = more_rows.max(more_columns);
    view.hidden = (hidden > 0).then(|| text::hidden_lines(more_rows, more_columns));
    (view.rows, view.columns) = (rows, columns);
}

/// The lines of an axis: at most so many, and how many there are besides.
fn lines(
    state: &State,
    estate: &Estate,
    axis: Axis,
    wanted: &str,
    most: usize,
) -> (Vec<Line>, usize) {
    let topology = estate.topology();
    let means = |id: &SubnetId| {
        let subnet = topology.subnet(*id);
        let vnet = topology.vnet(subnet.vnet);
        wanted.is_empty()
            || vnet.region.contains(wanted)
            || text::in_vnet(&vnet.name, &subnet.name)
                .to_ascii_lowercase()
                .contains(wanted)
    };
    let (mut lines, mut more) = (Vec::new(), 0);
    for (class, number) in estate.class_ids().zip(1..) {
        let members: Vec<SubnetId> = estate
            .members(class)
            .iter()
            .copied()
            .filter(means)
            .collect();
        let Some(first) = members.first() else {
            continue;
        };
        let opener = estate.members(class).first().copied().unwrap_or(*first);
        let open = state.reach.open.contains(&(axis, opener));
        let several = members.len() > 1;
        let label = text::few(&members, |id| name(estate, *id));
        let line = |label, detail, open, member| Line {
            number,
            label,
            detail,
            first: opener,
            open,
            member,
            inner: false,
            class,
        };
        let count = if several {
            text::counted(members.len(), "subnet", "subnets")
        } else {
            String::new()
        };
        let mut found = vec![line(
            label,
            count,
            several.then_some(open),
            (!several).then_some(*first),
        )];
        if several && open {
            let one = |id: &SubnetId| Line {
                inner: true,
                ..line(name(estate, *id), String::new(), None, Some(*id))
            };
            let room = most.saturating_sub(lines.len() + 1);
            more += members.len().saturating_sub(room);
            found.extend(members.iter().take(room).map(one));
        }
        if lines.len() < most {
            lines.extend(found);
        } else {
            more += 1;
        }
    }
    (lines, more)
}

/// A pair of subnets that two lines mean, in one VNet or not.
fn standing(
    estate: &Estate,
    from: &Line,
    to: &Line,
    same_vnet: bool,
) -> Option<(SubnetId, SubnetId)> {
    let topology = estate.topology();
    let fits = |a: SubnetId, b: SubnetId| {
        a != b && (topology.subnet(a).vnet == topology.subnet(b).vnet) == same_vnet
    };
    let partner = |own: SubnetId, class: ClassId| {
        let all = estate.members(class).iter().copied();
        all.into_iter().find(|other| fits(own, *other))
    };
    match (from.member, to.member) {
        (Some(a), Some(b)) => fits(a, b).then_some((a, b)),
        (Some(a), None) => Some((a, partner(a, to.class)?)),
        (None, Some(b)) => Some((partner(b, from.class)?, b)),
        (None, None) => estate.first_pair(ClassPair {
            from: from.class,
            to: to.class,
            same_vnet,
        }),
    }
}

fn cell(estate: &Estate, from: &Line, to: &Line) -> Vec<Cell> {
    let mut cells = Vec::new();
    for same_vnet in [false, true] {
        let pair = ClassPair {
            from: from.class,
            to: to.class,
            same_vnet,
        };
        let found = standing(estate, from, to, same_vnet).zip(estate.of_pair(pair));
        let Some(((a, b), answer)) = found else {
            continue;
        };
        let topology = estate.topology();
        let mark = Mark::of(answer);
        let machines = through(topology, answer.requests.first(), mark == Mark::Inspected);
        let word = match mark {
            Mark::Inspected | Mark::Through | Mark::Asymmetric => machines.join(" · "),
            _ => text::mark(mark).0.to_owned(),
        };
        cells.push(Cell {
            mark,
            word,
            says: format!("{} → {}: {}", from.label, to.label, told(topology, answer)),
            inside: same_vnet,
            show: estate.flow_between(a, b).map(Msg::Go),
        });
    }
    cells
}

/// The policies that a packet refutes, after an edit.
#[must_use]
pub fn broken(state: &State) -> Vec<PolicyView> {
    if !state.history.can_undo() {
        return Vec::new();
    }
    let refuted = |check: &&Checked| match &check.state {
        Checking::Judged(judged) => matches!(judged.as_ref(), Judgement::Refuted { .. }),
        _ => false,
    };
    let checks = state.reach.checks.iter().filter(refuted);
    checks.map(|check| policy(state, check)).collect()
}

fn policy(state: &State, check: &Checked) -> PolicyView {
    let [before, between, after] = text::policy(check.kind);
    let mut says = String::from(before);
    says.push_str(&check.from);
    says.push_str(between);
    if check.kind.has_two() {
        says.push_str(&check.to);
    }
    says.push_str(after);
    says.push_str(&check.services);
    let topology = state.answers.topology();
    let (chip, because, show) = match &check.state {
        Checking::Waiting => (Chip::new(Tone::Plain, text::CHECKING), String::new(), None),
        Checking::Unread(expected) => (Chip::new(Tone::Warn, text::UNREAD), expected.clone(), None),
        Checking::Busy(check) => {
            let (done, all) = check.progress();
            (
                Chip::new(Tone::Plain, text::CHECKING),
                text::followed(done, all),
                None,
            )
        }
        Checking::Judged(judged) => match judged.as_ref() {
            Judgement::Proved(followed) => (
                Chip::new(Tone::Good, text::PROVED),
                text::proved(*followed),
                None,
            ),
            Judgement::Refuted { flow, round_trip } => {
                let what = path::verdict(topology, round_trip).1;
                let packet = format!(
                    "{} {} → {} {what}",
                    Service::of(*flow),
                    flow.source,
                    flow.destination
                );
                (
                    Chip::new(Tone::Bad, text::REFUTED),
                    packet,
                    Some(Msg::Go(*flow)),
                )
            }
        },
    };
    PolicyView {
        says,
        chip,
        because,
        show,
    }
}

/// A list of changes: those that end worst first, then the largest.
fn changes(
    all: Vec<&ClassChange>,
    before: &Estate,
    after: &Estate,
    present: &Estate,
    title: fn(usize, usize) -> String,
    pages: usize,
) -> Changes {
    let ends = |change: &ClassChange| {
        let mark = change.after.as_ref().map(Mark::of);
        let at = Mark::ALL.iter().position(|one| Some(*one) == mark);
        std::cmp::Reverse((at.unwrap_or_default(), change.pairs))
    };
    let mut ranked: Vec<_> = all.into_iter().map(|one| (ends(one), one)).collect();
    ranked.sort_by_key(|a| a.0);
    let all: Vec<&ClassChange> = ranked.into_iter().map(|(_, one)| one).collect();
    let most = CHANGES * pages;
    let title = title(all.iter().map(|change| change.pairs).sum(), all.len());
    let row = |change: &ClassChange| {
        let side = |estate: &Estate, answer: &Option<Answer>| {
            let answer = answer.as_ref()?;
            Some((Mark::of(answer), told(estate.topology(), answer)))
        };
        ChangeRow {
            from: alike(present, &change.from),
            to: alike(present, &change.to),
            pairs: text::counted(change.pairs, "pair", "pairs"),
            before: side(before, &change.before),
            after: side(after, &change.after),
            show: shown(present, change),
        }
    };
    Changes {
        title,
        more: all.len().saturating_sub(most),
        rows: all.into_iter().take(most).map(row).collect(),
    }
}

fn find<'e>(estate: &'e Estate, name: &str) -> Option<&'e Subnet> {
    let (vnet, subnet) = name.split_once('/')?;
    estate.topology().subnet_named(vnet, subnet)
}

/// Subnets that fare alike, by their names.
fn alike(estate: &Estate, names: &[String]) -> String {
    let short = |full: &String| {
        find(estate, full).map_or_else(|| full.clone(), |subnet| name(estate, subnet.id))
    };
    let mut said = text::few(names, short);
    if names.len() > 2 {
        said.push_str(&format!(
            " ({})",
            text::counted(names.len(), "subnet", "subnets")
        ));
    }
    said
}

/// Opens the first pair of a change that still exists.
fn shown(estate: &Estate, change: &ClassChange) -> Option<Msg> {
    let find = |name: &String| find(estate, name);
    for from in change.from.iter().filter_map(find) {
        let fits = |to: &&Subnet| to.id != from.id && (to.vnet == from.vnet) == change.same_vnet;
        if let Some(to) = change.to.iter().filter_map(find).find(fits) {
            return estate.flow_between(from.id, to.id).map(Msg::Go);
        }
    }
    None
}

/// Messages of the tab, for components.
#[must_use]
pub fn expand(axis: Axis, line: &Line) -> Msg {
    Msg::Reach(ReachMsg::Expand(axis, line.first))
}
