//! What the page knows, and what every message does to it. Plain Rust: no screen, no browser.
//!
//! ```text
//! update(Rc<State>, Msg) -> (Rc<State>, Vec<Effect>)
//! ```
//!
//! A [`State`] holds the document, what was computed from it ([`Answers`]) and what the reader is looking at. Every
//! change of the document is undoable and recomputes the answers at once. A text that cannot be read stays in
//! [`Drafts`] with what was expected; the document keeps its last good value, so the answers stay, marked as older.
//!
//! A design is kept before a change of it is drawn: [`Store`].

mod answers;
mod ask;
mod build;
mod camera;
mod canvas;
mod choice;
mod chosen;
mod coming;
mod cost;
mod delta;
mod design;
mod designer;
mod draft;
mod drawing;
mod edit;
mod embed;
mod endpoint;
mod environments;
mod history;
mod import;
mod keys;
mod late;
mod link;
mod message;
mod palette;
mod plan;
mod planned;
mod prices;
mod probe;
mod ranking;
mod reach;
mod reading;
mod recognise;
mod session;
mod shared;
mod shelf;
mod shown;
mod since;
mod stage;
mod store;
mod table;
mod update;

pub use answers::{Answers, Reach};
pub use ask::{
    Ask, AskMsg, chosen as asked, environment_pairs, path as ask_path, spoke_names,
    unit as ask_unit, written as asked_text,
};
pub use build::{BuildMsg, Building, PictureFile};
pub use camera::Camera;
pub use canvas::{Boxed, Effected};
pub use choice::{Choice, Turn, has_ports};
pub use coming::{Coming, Given, Opened, read_any};
pub use cost::{Charted, Cost, CostMsg, MOST_CURVES};
pub use delta::Delta;
pub use design::Drawn;
pub use designer::Designer;
pub(crate) use designer::{counted, subnets_of, would_go};
pub use draft::{Draft, Drafts};
pub use drawing::Drawing;
pub use embed::Embed;
pub use endpoint::{Endpoint, endpoints, read as read_endpoint};
pub use history::History;
pub use import::ImportDesk;
pub use interspoke_core::document::PolicyKind;
pub use keys::shortcut;
pub use late::Late;
pub use link::{fragment as link_to, fragment_in, read as read_link};
pub use message::{
    Amount, CameraMsg, CanvasMsg, Column, Effect, Field, Flag, FormMsg, JudgeMsg, Msg, PaletteMsg,
    PickMsg, PlanMsg, Side, SpecMsg, Step, Tab, Theme, Way,
};
pub use palette::Palette;
pub use plan::Plans;
pub use planned::Planned;
pub use prices::OwnPrices;
pub use ranking::{Assessed, Followed, Ranking};
pub use reach::{
    Axis, Checked, Checking, Failing, FollowedEstate, ReachField, ReachMsg, Reaching, failures,
    group,
};
pub use recognise::{Recognised, recognise};
pub use shared::Shared;
pub use shelf::{
    Card, DesignMsg, FORM, Kept, Memory, Purpose, Shelf, Start, StoreAsk, StoreMsg, Trouble, Write,
    newest,
};
pub use shown::{PARTS, Shown, View};
pub use store::{Store, Unread};
pub use table::{TableKey, tables};
pub use update::update;

use crate::scene::{Arrangement, NodeKey};
use interspoke_core::document::{Choices, Design, Document};
use interspoke_core::pattern::Pattern;
use interspoke_core::price::Catalog;
use interspoke_core::route::{RoundTrip, Verdict};
use interspoke_core::sample::SAMPLES;
use interspoke_core::topology::SubnetId;
use std::collections::BTreeSet;
use std::rc::Rc;

/// The pattern that is recommended for the default Intent: a test ranks them all.
const OPENING: Pattern = Pattern::HubFirewall;

/// Everything the page knows.
#[derive(Debug, Clone)]
pub struct State {
    /// What exists, as text: the thing that is edited and undone.
    pub document: Rc<Document>,
    /// Computed from the document.
    pub answers: Shared<Answers>,
    /// Findings, and what else is answered after the picture.
    pub late: Late,
    /// A design that is being opened.
    pub coming: Option<Coming>,
    /// How many parts of the page show the present design.
    pub settled: usize,
    /// How far the page was told to be open.
    pub opened: Opened,
    /// What the page was to open on could not be read: why.
    pub refused: Option<String>,
    /// What undo and redo go through.
    pub history: History,
    /// Texts that are being typed or cannot be read.
    pub drafts: Drafts,
    /// What is open of the objects.
    pub designer: Designer,
    /// Boxes that are chosen together.
    pub marked: BTreeSet<Boxed>,
    /// What the last change of how VNets are joined did.
    pub effected: Option<Effected>,
    /// The command palette, where it is open.
    pub palette: Option<Palette>,
    /// Whether the list of keys is open.
    pub keys_open: bool,
    /// Whether sharing, and what this program is made of, is open.
    pub about_open: bool,
    /// The folder of the site that the page stands in, with a slash; none for the single file and inside other pages.
    pub home: Option<String>,
    /// Whether the page can save a copy of itself.
    pub copies: bool,
    /// Whether single keys act on the picture.
    pub single_keys: bool,
    /// Source and destination.
    pub choice: Choice,
    /// The flow between them.
    pub trip: Option<Shared<RoundTrip>>,
    /// The direction that the card shows.
    pub way: Way,
    /// The equal-cost choice of the request.
    pub forward: usize,
    /// The equal-cost choice of the reply.
    pub back: usize,
    /// The open answer.
    pub tab: Tab,
    /// The table of routes that is shown.
    pub table: Option<TableKey>,
    /// Light, dark or the system's.
    pub theme: Theme,
    /// What part of the picture is seen.
    pub camera: Camera,
    /// The box that the arrow keys stand on.
    pub walker: Option<NodeKey>,
    /// How charts stand.
    pub arrangement: Arrangement,
    /// The picture as it is laid out.
    pub drawing: Drawing,
    /// Said once, politely.
    pub notice: Option<String>,
    /// The sample that the document came from.
    pub sample: Option<&'static str>,
    /// The addresses of what is asked for.
    pub planned: Shared<Planned>,
    /// How the network stands to what is asked for.
    pub drawn: Drawn,
    /// What the panel at the side shows.
    pub side: Side,
    /// Every pattern for what is asked for.
    pub ranking: Option<Ranking>,
    /// A turn of the ranking was asked for and has not come.
    pub turning: bool,
    /// What the patterns are sorted by, and whether the largest comes first.
    pub sort: (Column, bool),
    /// The pattern whose reasons are open.
    pub open: Option<Pattern>,
    /// Patterns that cannot serve are listed, too.
    pub unfolded: bool,
    /// Who reaches whom.
    pub reach: Reaching,
    /// What is shown of the design as code.
    pub building: Building,
    /// The way to the design.
    pub plans: Plans,
    /// This is the estate after a step of a plan, which another page shows on its picture.
    pub staged: bool,
    /// What bills are made with, and what is shown of them.
    pub cost: Cost,
    /// The day, as `2026-11-25`: prices that are not in force on it are left out.
    pub today: String,
    /// Where designs are kept.
    pub store: Store,
    /// What of the page is shown.
    pub shown: Shown,
    /// What was imported.
    pub import: ImportDesk,
    /// The panel at the side was opened where there is little room.
    pub side_open: bool,
    /// Patterns that are seen side by side, two at most.
    pub pinned: Vec<Pattern>,
    /// Up to so many spokes peerings are charted; none: as the design asks for.
    pub peering_end: Option<u64>,
}

impl State {
    /// The page on the first sample.
    #[must_use]
    pub fn on_first_sample() -> Self {
        Self {
            sample: SAMPLES.first().map(|sample| sample.id),
            ..Self::new(first_sample())
        }
    }

    /// The page on the question: what is asked for by default, the network of the pattern that is recommended for it,
    /// and every pattern beside each other.
    #[must_use]
    pub fn opening() -> Self {
        let mut state = Self::new(opening());
        state.ask_the_question();
        state.redraw();
        state
    }

    /// Every pattern beside each other, no flow chosen.
    fn ask_the_question(&mut self) {
        self.tab = Tab::Compare;
        (self.choice.from, self.choice.to) = (None, None);
        self.follow();
    }

    /// The page on a document, on the day of the built-in price list.
    #[must_use]
    pub fn new(document: Document) -> Self {
        Self::dated(document, Catalog::DATE)
    }

    /// The page on a document, on a day.
    #[must_use]
    pub fn dated(document: Document, today: &str) -> Self {
        let history = History::of(&document.to_json());
        let document = Rc::new(document);
        let answers = Answers::of(&document);
        let mut state = Self::with(document, answers, history, today);
        state.drawn = Self::drawn_of(&state.document, Drawn::Alone);
        state.work_out_small();
        state.redraw();
        state
    }

    /// The page on a document whose answers are known, before it is laid out.
    fn with(document: Rc<Document>, answers: Answers, history: History, today: &str) -> Self {
        let mut state = Self {
            choice: Choice::opening(&document, &answers),
            document,
            table: None,
            answers: Shared::new(answers),
            late: Late::new(),
            coming: None,
            settled: PARTS,
            opened: Opened::Whole,
            refused: None,
            history,
            drafts: Drafts::default(),
            designer: Designer::default(),
            marked: BTreeSet::new(),
            effected: None,
            palette: None,
            keys_open: false,
            about_open: false,
            home: None,
            copies: false,
            single_keys: true,
            trip: None,
            way: Way::Forward,
            forward: 0,
            back: 0,
            tab: Tab::Path,
            theme: Theme::System,
            camera: Camera::default(),
            walker: None,
            arrangement: Arrangement::Beside,
            drawing: Drawing::default(),
            notice: None,
            sample: None,
            planned: Shared::default(),
            drawn: Drawn::Alone,
            side: Side::Estate,
            ranking: None,
            turning: false,
            sort: (Column::Verdict, false),
            open: None,
            unfolded: false,
            reach: Reaching::default(),
            building: Building::default(),
            plans: Plans::default(),
            staged: false,
            cost: Cost::default(),
            today: today.to_owned(),
            store: Store::default(),
            shown: Shown::default(),
            import: ImportDesk::default(),
            side_open: false,
            pinned: Vec::new(),
            peering_end: None,
        };
        state.plan_anew();
        state.take_choices(&Choices::default());
        state.search_again();
        state.bill_again();
        if state.document.design.is_some() {
            state.side = Side::Intent;
        }
        state.follow();
        state
    }

    /// Follows the chosen flow through the present answers.
    fn follow(&mut self) {
        let loses = |trip: &Option<Shared<RoundTrip>>| {
            let verdict = trip.as_ref().map(|trip| trip.verdict);
            matches!(verdict, Some(Verdict::ReplyLost(..)))
        };
        let before = loses(&self.trip);
        self.trip = self
            .choice
            .flow()
            .map(|flow| Shared::new(self.answers.routing.round_trip(flow)));
        // The direction that fails is the one to look at.
        match (before, loses(&self.trip)) {
            (false, true) => self.way = Way::Back,
            (true, false) => self.way = Way::Forward,
            _ => {}
        }
        self.forward = 0;
        self.back = 0;
        let known = |key: TableKey| table::is_known(&self.answers, key);
        if !self.table.is_some_and(known) {
            self.table = self.source_subnet().map(TableKey::Subnet);
        }
    }

    /// The subnet that the chosen source stands in, else the first one.
    fn source_subnet(&self) -> Option<SubnetId> {
        let topology = self.answers.topology();
        let from = self
            .choice
            .from
            .and_then(|ip| Some(topology.subnet_at(ip)?.id));
        from.or_else(|| {
            topology
                .subnets()
                .iter()
                .find(|s| s.prefix.is_some())
                .map(|s| s.id)
        })
    }

    /// Whether the panel is seen: on a phone it is folded until it is wanted, so that the answers stay near.
    #[must_use]
    pub fn is_side_open(&self) -> bool {
        self.side_open || self.arrangement == Arrangement::Beside
    }

    /// Whether what is shown was computed before the last text that cannot be read.
    #[must_use]
    pub fn is_older(&self) -> bool {
        self.drafts.has_errors()
    }
}

/// The document of the first sample.
#[must_use]
pub fn first_sample() -> Document {
    let first = SAMPLES.first();
    first
        .and_then(|sample| sample.document().ok())
        .unwrap_or_default()
}

/// The document of the question: what is asked for by default, and the network of the pattern that is recommended for it.
fn opening() -> Document {
    let design = Design {
        pattern: OPENING.id().to_owned(),
        ..Design::default()
    };
    let document = design.network().map(|network| Document {
        name: OPENING.title().to_owned(),
        traffic: design.intent.bill_traffic().0,
        network,
        design: Some(design),
        ..Document::default()
    });
    document.unwrap_or_default()
}
