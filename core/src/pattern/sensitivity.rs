//! In which range of each input the recommended design stays recommended, and what takes over beyond.
//!
//! The rule: one input is changed and everything else stays; every pattern is assessed and ranked again. From the
//! present value outward steps double until another design is recommended, then the step is halved until the last value
//! at which the design stays and the first at which it does not are neighbours: both were evaluated. The ends are exact
//! to the unit of the input (a spoke, a GB, a Mbps, a per cent, a cent).
//!
//! | default Intent | stays for | then |
//! |---|---|---|
//! | price of a firewall's hour | up to so many cents | a Virtual WAN with a firewall costs less |
//!
//! Whoever must not block evaluates one Intent at a time: [`Search::wants`] says which, [`Search::told`] takes the
//! answer. Left out: two inputs at once, and a second turn behind the first where steps jump over it.

use super::Pattern;
use crate::intent::{Intent, TrafficFigure};
use crate::price::Catalog;
use crate::units::{GbPerMonth, Quantity};

macro_rules! inputs {
    ($($(#[$meta:meta])* $name:ident = $word:literal, $unit:literal, $most:literal;)*) => {
        /// What is changed.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Input { $($(#[$meta])* $name,)* }

        impl Input {
            /// Every input.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// What people call it.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$name => $word,)* }
            }

            /// What it is counted in.
            #[must_use]
            pub const fn unit(self) -> &'static str {
                match self { $(Self::$name => $unit,)* }
            }

            /// The largest value that is tried.
            const fn most(self) -> u64 {
                match self { $(Self::$name => $most,)* }
            }
        }
    };
}

inputs! {
    /// Spokes of all regions together, which keep their parts.
    Spokes = "spokes", "spokes", 2_000;
    /// Traffic in each region.
    Within = "traffic in a region", "GB a month", 10_000_000;
    /// Traffic between regions.
    Between = "traffic between regions", "GB a month", 10_000_000;
    /// Growth a year.
    Growth = "growth a year", "%", 200;
    /// Peak of a region.
    Peak = "peak of a region", "Mbps", 400_000;
    /// Price of an hour of the firewall that is asked for.
    FirewallHour = "price of a firewall hour", "US cents", 2_000;
}

/// An Intent to be evaluated, and the price of a firewall's hour in cents where another one is to be taken.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// What is asked for.
    pub intent: Intent,
    /// Cents an hour of the firewall; none: as listed.
    pub firewall_hour_cents: Option<u64>,
}

/// What an hour of the Intent's firewall costs in its first region, in US cents; none where that is open.
#[must_use]
pub fn firewall_hour(catalog: &Catalog, intent: &Intent) -> Option<u64> {
    let region = intent.regions.first()?;
    catalog.firewall_hour_cents(&region.region, intent.appliance.tier.word())
}

/// One end of a range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct End {
    /// The last value at which the design stays.
    pub stays: u64,
    /// What is recommended at the next value; none where nothing further was tried, `Some(None)` where nothing is
    /// recommended there.
    pub then: Option<Option<Pattern>>,
}

/// The range of one input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range {
    /// The input.
    pub input: Input,
    /// Its value now.
    pub present: u64,
    /// The lower end.
    pub low: End,
    /// The upper end.
    pub high: End,
}

/// A search on its way. Copies are cheap enough to keep.
#[derive(Debug, Clone)]
pub struct Search {
    intent: Intent,
    recommended: Pattern,
    firewall_cents: Option<u64>,
    ranges: Vec<Range>,
    left: Vec<(Input, u64)>,
    low: Option<End>,
    walk: Option<Walk>,
}

/// One direction of one input.
#[derive(Debug, Clone, Copy)]
struct Walk {
    input: Input,
    present: u64,
    up: bool,
    /// The farthest value at which it stays.
    stays: u64,
    /// The nearest value at which it does not, and what is recommended there.
    flips: Option<(u64, Option<Pattern>)>,
    step: u64,
}

impl Walk {
    const fn new(input: Input, present: u64, up: bool) -> Self {
        let step = present / 4;
        Self {
            input,
            present,
            up,
            stays: present,
            flips: None,
            step: if step == 0 { 1 } else { step },
        }
    }

    /// The last value of this direction.
    fn bound(&self) -> u64 {
        let least = u64::from(self.input == Input::Spokes);
        match (self.up, self.input) {
            (false, _) => least,
            // Many more spokes take long, and say little about now.
            (true, Input::Spokes) => (self.present.saturating_mul(4))
                .max(40)
                .min(self.input.most()),
            (true, _) => self.input.most().max(self.present),
        }
    }

    /// The value to try; none where the end is known.
    fn next(&self) -> Option<u64> {
        match self.flips {
            Some((flips, _)) => {
                let (low, high) = (self.stays.min(flips), self.stays.max(flips));
                (high - low > 1).then(|| low + (high - low) / 2)
            }
            None if self.stays == self.bound() => None,
            None if self.up => Some(self.stays.saturating_add(self.step).min(self.bound())),
            None => Some(self.stays.saturating_sub(self.step).max(self.bound())),
        }
    }

    fn told(&mut self, value: u64, stays: bool, found: Option<Pattern>) {
        if stays {
            self.stays = value;
            self.step = self.step.saturating_mul(2);
        } else {
            self.flips = Some((value, found));
        }
    }

    fn end(&self) -> End {
        End {
            stays: self.stays,
            then: self.flips.map(|(_, then)| then),
        }
    }
}

impl Search {
    /// A search around an Intent whose recommended pattern is known; the price of its firewall's hour in cents, where it
    /// has one price.
    #[must_use]
    pub fn new(intent: &Intent, recommended: Pattern, firewall_cents: Option<u64>) -> Self {
        let mut search = Self {
            intent: intent.clone(),
            recommended,
            firewall_cents,
            ranges: Vec::new(),
            left: Vec::new(),
            low: None,
            walk: None,
        };
        let inputs = Input::ALL.iter().rev();
        search.left = inputs
            .filter_map(|input| Some((*input, search.present(*input)?)))
            .collect();
        search.begin();
        search
    }

    /// The value of an input now; none where it cannot be changed alone.
    fn present(&self, input: Input) -> Option<u64> {
        let asked = &self.intent.traffic;
        let gb = |figure: TrafficFigure| {
            asked
                .matrix
                .is_empty()
                .then(|| figure.gb.0.thousandths() / 1_000)
        };
        match input {
            Input::Spokes => {
                let spokes = self
                    .intent
                    .regions
                    .iter()
                    .map(|region| u64::from(region.spokes));
                Some(spokes.sum())
            }
            Input::Within => gb(asked.within_regions),
            Input::Between => gb(asked.between_regions).filter(|_| self.intent.regions.len() > 1),
            Input::Growth => Some(self.intent.growth_percent.into()),
            Input::Peak => Some(self.intent.peak_region_mbps.into()),
            Input::FirewallHour => self.firewall_cents,
        }
    }

    fn begin(&mut self) {
        self.walk = self
            .left
            .last()
            .map(|(input, now)| Walk::new(*input, *now, false));
        self.settle();
    }

    /// Goes on to the next end that is not known.
    fn settle(&mut self) {
        while let Some(walk) = self.walk.filter(|walk| walk.next().is_none()) {
            if walk.up {
                let low = self.low.take().unwrap_or(walk.end());
                self.ranges.push(Range {
                    input: walk.input,
                    present: walk.present,
                    low,
                    high: walk.end(),
                });
                self.left.pop();
                self.walk = self
                    .left
                    .last()
                    .map(|(input, now)| Walk::new(*input, *now, false));
            } else {
                self.low = Some(walk.end());
                self.walk = Some(Walk::new(walk.input, walk.present, true));
            }
        }
    }

    /// What is to be evaluated next; none where all ends are known.
    #[must_use]
    pub fn wants(&self) -> Option<Question> {
        let walk = self.walk?;
        Some(self.question(walk.input, walk.next()?))
    }

    /// The Intent with another value of an input.
    #[must_use]
    pub fn question(&self, input: Input, value: u64) -> Question {
        let mut intent = self.intent.clone();
        let narrow = |value: u64| u32::try_from(value).unwrap_or(u32::MAX);
        let figure = |figure: TrafficFigure| TrafficFigure {
            gb: GbPerMonth(Quantity::from_thousandths(value.saturating_mul(1_000))),
            ..figure
        };
        match input {
            Input::Spokes => {
                if let Some(sized) = super::cost::with_spokes(&self.intent, narrow(value)) {
                    intent = sized;
                }
            }
            Input::Within => intent.traffic.within_regions = figure(intent.traffic.within_regions),
            Input::Between => {
                intent.traffic.between_regions = figure(intent.traffic.between_regions)
            }
            Input::Growth => intent.growth_percent = narrow(value),
            Input::Peak => intent.peak_region_mbps = narrow(value),
            Input::FirewallHour => {}
        }
        Question {
            intent,
            firewall_hour_cents: (input == Input::FirewallHour).then_some(value),
        }
    }

    /// Takes what is recommended for what was wanted.
    pub fn told(&mut self, found: Option<Pattern>) {
        let stays = found == Some(self.recommended);
        if let Some(walk) = &mut self.walk
            && let Some(value) = walk.next()
        {
            walk.told(value, stays, found);
        }
        self.settle();
    }

    /// The design that is asked about.
    #[must_use]
    pub const fn recommended(&self) -> Pattern {
        self.recommended
    }

    /// Ranges that are known so far.
    #[must_use]
    pub fn ranges(&self) -> &[Range] {
        &self.ranges
    }

    /// Ranges known, and all of them.
    #[must_use]
    pub fn progress(&self) -> (usize, usize) {
        (self.ranges.len(), self.ranges.len() + self.left.len())
    }
}

impl Question {
    /// The price list to take.
    #[must_use]
    pub fn catalog(&self, catalog: &Catalog) -> Catalog {
        match self.firewall_hour_cents {
            Some(cents) => catalog
                .clone()
                .with_firewall_hour(self.intent.appliance.tier.word(), cents),
            None => catalog.clone(),
        }
    }
}

impl Range {
    /// The range in a sentence, without a final dot.
    #[must_use]
    pub fn sentence(&self) -> String {
        let end = |end: End, from: &str| match end.then {
            None => format!("{from} {}, as far as was tried", self.figure(end.stays)),
            Some(then) => {
                let next = then.map_or("nothing", Pattern::id);
                format!(
                    "{from} {}, beyond which `{next}` is recommended",
                    self.figure(end.stays)
                )
            }
        };
        format!(
            "{}: {} now; it stays {} and {}",
            self.input.word(),
            self.figure(self.present),
            end(self.low, "down to"),
            end(self.high, "up to")
        )
    }

    /// A value with its unit.
    #[must_use]
    pub fn figure(&self, value: u64) -> String {
        let number = Quantity::from_thousandths(value.saturating_mul(1_000));
        format!("{number} {}", self.input.unit())
    }
}
