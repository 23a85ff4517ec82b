//! What can happen, and what the page asks of the browser.

use super::{
    Ask, AskMsg, BuildMsg, CostMsg, DesignMsg, ReachField, ReachMsg, StoreAsk, StoreMsg, TableKey,
    Turn,
};
use crate::form::{Kind, Place};
use crate::scene::{Arrangement, NodeKey, Viewport};
use interspoke_core::document::Document;
use interspoke_core::pattern::Pattern;
use interspoke_core::pattern::rank::First;
use interspoke_core::route::Flow;
use interspoke_core::spec::Protocol;
use interspoke_core::topology::VnetId;
use serde::{Deserialize, Serialize};
use std::rc::Rc;

/// Something happened.
#[derive(Debug, Clone, PartialEq)]
pub enum Msg {
    /// A sample was chosen, by its id.
    Sample(&'static str),
    /// Source and destination.
    Pick(PickMsg),
    /// The objects.
    Spec(SpecMsg),
    /// Objects are made, changed, copied, deleted.
    Form(FormMsg),
    /// Something was done on the picture.
    Canvas(CanvasMsg),
    /// A change that a captured row calls for.
    Apply(interspoke_core::import::Change),
    /// The command palette, the list of keys.
    Palette(PaletteMsg),
    /// What is asked for.
    Ask(AskMsg),
    /// Who reaches whom.
    Reach(ReachMsg),
    /// A flow is chosen and its path opened.
    Go(Flow),
    /// Another column to sort the patterns by, or the other way round.
    Sort(Column),
    /// Up to so many spokes peerings are charted.
    PeeringEnd(u64),
    /// The reasons of a pattern were opened or closed.
    Open(Pattern),
    /// The design as code.
    Build(BuildMsg),
    /// What is done with the plan.
    Plan(PlanMsg),
    /// What is done on the picture while it shows the estate after a step.
    Stage(Box<Msg>),
    /// How patterns are ranked, and what is asked of the ranking.
    Judge(JudgeMsg),
    /// What bills are made with.
    Cost(CostMsg),
    /// The browser has time for the next patterns.
    Turn,
    /// What the panel at the side shows.
    Side(Side),
    /// Where there is little room the panel is folded, or opened.
    FoldSide,
    /// What is asked for is to be changed: the panel comes into sight.
    ChangeIntent,
    /// A text was typed into a field.
    Typed(Field, String),
    /// A field was left.
    Left(Field),
    /// One step back.
    Undo,
    /// One step forward again.
    Redo,
    /// An answer was opened.
    Show(Tab),
    /// A table of routes was asked for.
    Routes(TableKey),
    /// A direction of the path was chosen.
    Look(Way),
    /// An equal-cost choice was chosen in a direction.
    Branch(Way, usize),
    /// Light, dark or the system's.
    Theme(Theme),
    /// The picture moved.
    Camera(CameraMsg),
    /// The arrow keys moved to another box.
    Walk(Step),
    /// A box got the focus by other means.
    Stand(NodeKey),
    /// The room for the picture changed.
    Arrange(Arrangement),
    /// The room for the picture.
    Room(Viewport),
    /// Opens a stack of spokes, or folds it again.
    Unfold(VnetId),
    /// Folds every stack.
    FoldAll,
    /// A text is to be copied; the second is what to say then.
    Copy(String, &'static str),
    /// Something is to be said.
    Say(&'static str),
    /// What a reader does with designs.
    Design(DesignMsg),
    /// An answer of the place where designs are kept.
    Store(StoreMsg),
}

/// Something happened to the objects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FormMsg {
    /// Another kind is listed.
    List(Kind),
    /// The form of an object opens.
    Open(Kind, usize),
    /// The list is searched.
    Search(String),
    /// The list shows rows from this one.
    From(usize),
    /// A list of the form shows rows from this one.
    Rows(Place, usize),
    /// A text was typed into a field.
    Typed(Place, String),
    /// A field was left.
    Left(Place),
    /// A value was chosen: a word, a flag, what was suggested.
    Chosen(Place, String),
    /// One more row of a list, or a part that was absent.
    AddRow(Place),
    /// A row or a part goes.
    RemoveRow(Place),
    /// A new object of a kind.
    Add(Kind),
    /// A copy of an object.
    Copy(Kind, usize),
    /// An object goes.
    Delete(Kind, usize),
}

/// Something was done on the picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CanvasMsg {
    /// A box joins the chosen ones, or leaves them.
    Mark(NodeKey),
    /// Every VNet is chosen.
    MarkAll,
    /// Nothing is chosen.
    Unmark,
    /// A box was dragged to another one.
    Join(NodeKey, NodeKey),
    /// The two chosen boxes are joined.
    JoinMarked,
    /// A VNet is added to a region: of a box, or by name.
    AddVnet(Option<NodeKey>),
    /// A VNet is added to a region by its name.
    AddVnetTo(String),
    /// The chosen boxes go, else the one named.
    Delete(Option<NodeKey>),
    /// The form of a box opens.
    Edit(NodeKey),
    /// The chosen VNets, or all spokes, are joined by a pattern.
    JoinBy(Pattern),
    /// Hub and spoke becomes Virtual WAN, or the other way round.
    TurnInto,
    /// Everything goes: an empty estate.
    Clear,
}

/// What happened to the palette or the list of keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PaletteMsg {
    /// It opens, or closes.
    Toggle,
    /// It closes.
    Close,
    /// A text was typed.
    Typed(String),
    /// Another line stands ready.
    Stand(usize),
    /// Sharing, and what this program is made of, opens.
    About,
    /// The list of keys opens, or closes.
    Keys,
    /// Single keys act on the picture, or not.
    SingleKeys(bool),
}

/// Choosing source and destination.
#[derive(Debug, Clone, PartialEq)]
pub enum PickMsg {
    /// A box was chosen for the end whose turn it is.
    Node(NodeKey),
    /// A whole flow was chosen.
    Flow(Flow),
    /// An address was chosen for one end.
    Address(Turn, std::net::Ipv4Addr),
    /// The next chosen box is this end.
    Turn(Turn),
    /// Source and destination change places.
    Swap,
    /// The packet's protocol.
    Protocol(Protocol),
}

/// Changing the objects.
#[derive(Debug, Clone, PartialEq)]
pub enum SpecMsg {
    /// The strict reading of `allowForwardedTraffic`.
    Strict(bool),
    /// The correction of a finding, by its position.
    Fix(usize),
}

/// The four flags of a peering object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flag {
    /// `allowVirtualNetworkAccess`.
    Access,
    /// `allowForwardedTraffic`.
    Forwarded,
    /// `allowGatewayTransit`.
    Transit,
    /// `useRemoteGateways`.
    Remote,
}

impl Flag {
    /// All four, in Azure's order.
    pub const ALL: [Self; 4] = [Self::Access, Self::Forwarded, Self::Transit, Self::Remote];

    /// Azure's property name.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Access => "allowVirtualNetworkAccess",
            Self::Forwarded => "allowForwardedTraffic",
            Self::Transit => "allowGatewayTransit",
            Self::Remote => "useRemoteGateways",
        }
    }
}

/// A field with one text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Field {
    /// The source.
    From,
    /// The destination.
    To,
    /// The port that is called.
    Port,
    /// The destination typed beside a table of routes.
    Packet,
    /// The name of a table of routes.
    Table,
    /// GB a month in one direction.
    Traffic(Amount),
    /// A text of what is asked for.
    Ask(Ask),
    /// A text of Reachability.
    Reach(ReachField),
    /// GB a month between availability zones.
    Zones,
    /// What a dollar costs in the currency of one's own prices.
    Rate,
    /// Per cent off the prices of a service, by its position.
    Discount(usize),
    /// The end of the chart of cost against traffic.
    ChartEnd,
}

impl Field {
    /// Whether the text is the reader's own and nothing in the document: it stays as typed, and no answer is older for it.
    #[must_use]
    pub const fn is_kept(self) -> bool {
        matches!(
            self,
            Self::Packet | Self::Table | Self::Reach(_) | Self::ChartEnd
        )
    }
}

/// What the panel at the side shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Side {
    /// What is asked for.
    Intent,
    /// What exists.
    Estate,
}

/// A column of the comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// The name.
    Pattern,
    /// The verdict, and the rank in it.
    Verdict,
    /// Links, objects, connections.
    Links,
    /// Route tables and routes.
    Routes,
    /// Hops.
    Hops,
    /// What the way adds to the round trip.
    Latency,
    /// What a flow and all of them can carry.
    Rate,
    /// The fullest limit.
    Limit,
    /// Pairs that survive a hub's failure.
    Survive,
    /// USD a month.
    Cost,
}

impl Column {
    /// In the order of the table.
    pub const ALL: [Self; 10] = [
        Self::Pattern,
        Self::Verdict,
        Self::Links,
        Self::Routes,
        Self::Hops,
        Self::Latency,
        Self::Rate,
        Self::Limit,
        Self::Survive,
        Self::Cost,
    ];

    /// Its name in a saved file.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Pattern => "pattern",
            Self::Verdict => "verdict",
            Self::Links => "links",
            Self::Routes => "routes",
            Self::Hops => "hops",
            Self::Latency => "latency",
            Self::Rate => "rate",
            Self::Limit => "limit",
            Self::Survive => "survive",
            Self::Cost => "cost",
        }
    }
}

/// A traffic figure of the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Amount {
    /// Between the spokes of a region, in each region.
    Within,
    /// Between spokes of different regions.
    Between,
    /// Between spokes and sites.
    OnPremises,
}

impl Amount {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Within, Self::Between, Self::OnPremises];
}

/// An answer under the picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Tab {
    /// Every pattern side by side.
    Compare,
    /// The path as sentences.
    Path,
    /// Effective routes.
    Routes,
    /// Who reaches whom.
    Reachability,
    /// Links and objects.
    Peerings,
    /// The bill.
    Cost,
    /// What is wrong.
    Findings,
    /// What exists, to be changed.
    Objects,
    /// The design as code.
    Build,
}

impl Tab {
    /// Every tab in order.
    pub const ALL: [Self; 9] = [
        Self::Compare,
        Self::Path,
        Self::Routes,
        Self::Reachability,
        Self::Peerings,
        Self::Cost,
        Self::Findings,
        Self::Objects,
        Self::Build,
    ];
}

/// A direction of a flow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// The request.
    Forward,
    /// The reply.
    Back,
}

/// Colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Theme {
    /// As the system is set.
    System,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl Theme {
    /// The next one of the switch.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::System => Self::Light,
            Self::Light => Self::Dark,
            Self::Dark => Self::System,
        }
    }

    /// The word in `data-theme` and in storage.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The theme of a word; the system's for any other word.
    #[must_use]
    pub fn of(word: &str) -> Self {
        match word {
            "light" => Self::Light,
            "dark" => Self::Dark,
            _ => Self::System,
        }
    }
}

/// Moving over the picture. Distances and points are in the picture's own units.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum CameraMsg {
    /// Closer or further around a point.
    Zoom(f64, f64, f64),
    /// Closer or further around the middle of what is seen.
    Step(f64),
    /// Sideways and down.
    Pan(f64, f64),
    /// Everything in sight again.
    Fit,
}

/// A step of the arrow keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Arrow left.
    Left,
    /// Arrow right.
    Right,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Home.
    First,
    /// End.
    Last,
}

/// What the page asks of the browser.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Put a text into the clipboard.
    Copy(String),
    /// Save a text as a file: its name, its type, the text.
    Save(String, &'static str, String),
    /// Let the page save a copy of itself that opens on this design: the copy's name, the design's text.
    SaveCopy(String, String),
    /// Save bytes as a file: its name, its type, the bytes.
    SaveBytes(&'static str, &'static str, Vec<u8>),
    /// Save the picture as it is seen.
    SavePicture(super::PictureFile),
    /// Read the files that were chosen and come back with [`CostMsg::Prices`].
    ReadPrices,
    /// Remember the theme.
    SaveTheme(Theme),
    /// The first part that is seen shows a design.
    Drawn,
    /// The page is open: it shows a design with all its parts, its findings and its bill.
    Ready,
    /// Come back with [`Msg::Turn`] once the browser has drawn and taken what was typed.
    Turn,
    /// Come back with it in the next task: nothing that is shown changed.
    Soon,
    /// Give the focus to a box of the picture.
    Focus(NodeKey),
    /// Give the focus to the form of the open object.
    OpenForm,
    /// Bring the panel at the side into sight and give it the focus.
    Reveal,
    /// Tell the embedding page that another flow was chosen.
    Chose,
    /// Tell the embedding page that the design changed.
    Changed,
    /// Keep the document at hand, so that it can be offered when the page breaks.
    Keep(Rc<Document>),
    /// Ask the place where designs are kept, and come back with [`Msg::Store`].
    Store(StoreAsk),
    /// Let the reader choose a file, and come back with [`DesignMsg::Chosen`].
    ChooseFile,
    /// Read what was chosen, and come back with [`DesignMsg::Text`].
    ReadFile,
    /// Open the list of designs over the page, or close it.
    List(bool),
    /// Put a fragment into the address bar, and the whole address into the clipboard.
    Link(String),
    /// Take the link out of the address bar.
    Unlink,
    /// Come back with [`DesignMsg::Paused`] after a while.
    Pause(u32),
}

/// What was asked of the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlanMsg {
    /// The plan in place of code, or code again.
    Show(bool),
    /// From now on plans begin at the present design.
    StartHere,
    /// Opens a step, or closes it.
    Step(usize),
    /// Chooses a flow, as `spoke1/app to spoke2/app`, on the picture.
    Flow(String),
    /// The picture shows the design again; the step stays open.
    Leave,
    /// Saves the plan with its commands.
    Save,
}

/// What is asked of the ranking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JudgeMsg {
    /// What decides first.
    First(First),
    /// Designs within so many per cent are equal.
    Band(u32),
    /// In which ranges the recommended design stays so.
    Ranges,
    /// Which direct links would pay beside it.
    Mix,
    /// The decision as a page of Markdown.
    Record,
    /// List the patterns that cannot serve, or fold them into one line.
    Impossible,
    /// Pin a pattern, to see it beside another; a pinned one is let go.
    Pin(Pattern),
    /// Let all pinned patterns go.
    Unpin,
}

impl Effect {
    /// Whether it is carried out before the change is drawn: what is kept outlives whatever the drawing does, and a turn
    /// that shows nothing is followed by the next without a drawing.
    #[must_use]
    pub const fn comes_first(&self) -> bool {
        matches!(self, Self::Store(StoreAsk::Write(_))) || self.is_turn()
    }

    /// Whether it asks for [`Msg::Turn`].
    #[must_use]
    pub const fn is_turn(&self) -> bool {
        matches!(self, Self::Turn | Self::Soon)
    }
}
