//! What the page shows, as plain values: strings and numbers already formatted, so that components only place them.
//!
//! Each view model is made from a [`State`](crate::state::State) by a function named after it, and compares by value,
//! so that a component whose model did not change is not drawn again.

mod about;
mod amount;
mod balance;
mod beside;
mod build;
mod chart;
mod code;
mod compare;
mod cost;
mod designs;
mod estate;
mod findings;
mod form;
mod import;
mod intent;
mod mix;
mod objects;
mod palette;
pub(crate) mod path;
mod peering_chart;
mod peerings;
mod picture;
pub(crate) mod place;
mod plan;
mod prices;
mod reach;
mod routes;
mod strip;
mod top;
mod twin;

pub use about::{About, Code as EmbedCode, about};
pub use amount::TrafficField;
pub use balance::{BalanceMark, BalanceView};
pub use beside::{Beside, Difference};
pub use build::{Build, build};
pub use chart::{ChartChoice, ChartLine, ChartMark, ChartRow, ChartView};
pub use code::{Line as CodeLine, Piece};
pub use compare::{
    Compare, LimitView, PatternDetail, PatternRow, RangeView, ReasonView, SourceView, compare,
};
pub use cost::{
    BillGroup, BillLine, BillView, DisputeView, LineDetail, LostView, ShareView, bill, total,
};
pub use designs::{DesignCard, Designs, Note, designs, notes};
pub use estate::{Estate, EstateRegion, EstateVnet, SampleChoice, estate};
pub use findings::{FindingView, Findings, findings, found};
pub use form::{Control, FieldView, Form, ROWS, Row, Rows, Said, regions};
pub use import::{ComparedLine, ComparedTable, ImportView, import};
pub use intent::{Choose, IntentView, RegionAsk, Write, intent, pair_name};
pub use mix::{LinkView, MixView};
pub use objects::{KindRow, ObjectRow, Objects, PAGE, objects};
pub use palette::{Command, PaletteView, palette};
pub use path::{HopView, LostRow, PathView, WayView, lost_word, path};
pub use peering_chart::{PeeringChart, PeeringStep, PeeringWay};
pub use peerings::{ObjectView, PeeringCount, Peerings, peering_count, peerings};
pub use picture::{ends, picture_label};
pub use plan::{OpenStep, PlanView, StepView};
pub use prices::{PriceRow, PricesView};
pub use reach::{
    Cell, ChangeRow, Changes, Line, Mark, PolicyView, ReachView, broken, expand, reach,
};
pub use routes::{RouteLine, Routes, Standing, routes};
pub use strip::{Figure, Strip, strip};
pub use top::{Top, top};
pub use twin::{Twin, TwinLink, TwinVnet};

use crate::state::Msg;

/// How good or bad something is: a shape and a word carry it too, never the colour alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// As wanted.
    Good,
    /// Neither.
    Plain,
    /// To be looked at.
    Warn,
    /// Broken.
    Bad,
}

impl Tone {
    /// Its class.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Plain => "plain",
            Self::Warn => "warn",
            Self::Bad => "bad",
        }
    }
}

/// A row of a search box.
#[derive(Debug, Clone, PartialEq)]
pub struct Choosable {
    /// How it is called.
    pub name: String,
    /// Shown beside the name, and found by its beginning.
    pub note: String,
    /// Found, not shown.
    pub more: String,
    /// Chooses it.
    pub msg: Msg,
}

/// A verdict in a word or two.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chip {
    /// How it looks.
    pub tone: Tone,
    /// What it says.
    pub text: String,
}

impl Chip {
    /// A verdict.
    #[must_use]
    pub fn new(tone: Tone, text: impl Into<String>) -> Self {
        Self {
            tone,
            text: text.into(),
        }
    }
}
