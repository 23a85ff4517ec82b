//! Two pinned patterns side by side: what differs, each difference as a sentence.
//!
//! What is equal in both is left out; what is not known of one is said to be so, and never compared.

use crate::state::{Assessed, Ranking, State};
use crate::text;
use interspoke_core::pattern::Counter;
use interspoke_core::pattern::pace::Pace;
use interspoke_core::pattern::verdict::Assessment;
use interspoke_core::units::{Money, Quantity};

/// Something in which two designs differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// In what.
    pub what: &'static str,
    /// The figure of each.
    pub values: [String; 2],
    /// The difference as a sentence.
    pub says: String,
}

/// The pinned patterns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beside {
    /// Their names, the first pinned first.
    pub titles: Vec<&'static str>,
    /// In what two of them differ, cost first.
    pub differences: Vec<Difference>,
}

/// The pinned patterns, if any is.
pub(super) fn beside(state: &State, ranking: &Ranking) -> Option<Beside> {
    let rows = ranking.rows().map(|(row, _)| row);
    let rows: Vec<&Assessed> = rows.collect();
    let pinned = state.pinned.iter().filter_map(|pattern| {
        let mut rows = rows.iter();
        rows.find(|row| row.assessment.pattern == *pattern)
    });
    let pinned: Vec<&&Assessed> = pinned.collect();
    let titles: Vec<&'static str> = pinned
        .iter()
        .map(|row| row.assessment.pattern.title())
        .collect();
    let differences = match &pinned[..] {
        [a, b] => differences(a, b),
        _ => Vec::new(),
    };
    (!titles.is_empty()).then_some(Beside {
        titles,
        differences,
    })
}

fn differences(a: &Assessed, b: &Assessed) -> Vec<Difference> {
    let pair = Pair([a, b]);
    let mut found: Vec<Difference> = Vec::new();
    found.extend(pair.cost());
    let upkeep = |one: &Assessment| one.upkeep.now;
    found.extend(pair.number(text::BESIDE_KEPT, upkeep, text::grouped));
    found.extend(pair.latency());
    let hops = |of: fn(&Assessed) -> Option<usize>| {
        move |row: &Assessed| of(row).and_then(|hops| u64::try_from(hops).ok())
    };
    let within = hops(|row| row.followed.as_ref()?.within);
    let between = hops(|row| row.followed.as_ref()?.between);
    found.extend(pair.figure(text::BESIDE_HOPS[0], within, text::grouped));
    found.extend(pair.figure(text::BESIDE_HOPS[1], between, text::grouped));
    let survive = |row: &Assessed| {
        let survivors = row.followed.as_ref()?.survivors.as_ref()?;
        u64::try_from(survivors.after).ok()
    };
    found.extend(pair.figure(text::BESIDE_SURVIVE, survive, text::grouped));
    found.extend(pair.limit());
    for counter in Counter::ALL {
        let count = |one: &Assessment| one.counts.value(*counter);
        found.extend(pair.number(counter.word(), count, text::grouped));
    }
    found
}

/// The limit of which the largest part is used.
fn fullest(assessment: &Assessment) -> String {
    let used = { assessment.usages.iter() }.filter(|usage| usage.used != Some(0));
    let fullest = used.max_by_key(|usage| usage.share_percent().unwrap_or(u64::MAX));
    fullest.map_or_else(|| text::NONE.to_owned(), ToString::to_string)
}

/// Two designs.
struct Pair<'a>([&'a Assessed; 2]);

impl Pair<'_> {
    fn titles(&self) -> [&'static str; 2] {
        self.0.map(|row| row.assessment.pattern.title())
    }

    /// A figure of an assessment.
    fn number(
        &self,
        what: &'static str,
        of: impl Fn(&Assessment) -> Option<u64>,
        write: impl Fn(u64) -> String,
    ) -> Option<Difference> {
        self.figure(what, |row| of(&row.assessment), write)
    }

    fn figure(
        &self,
        what: &'static str,
        of: impl Fn(&Assessed) -> Option<u64>,
        write: impl Fn(u64) -> String,
    ) -> Option<Difference> {
        let [a, b] = self.0.map(of);
        if a == b {
            return None;
        }
        let shown = |value: Option<u64>| value.map_or_else(|| text::NONE.to_owned(), &write);
        let [first, second] = self.titles();
        let says = match a.zip(b) {
            Some((a, b)) if a > b => text::more_of(what, &write(a - b), first, second),
            Some((a, b)) => text::more_of(what, &write(b - a), second, first),
            None => text::known_of(what, if a.is_some() { first } else { second }),
        };
        Some(Difference {
            what,
            values: [shown(a), shown(b)],
            says,
        })
    }

    fn cost(&self) -> Option<Difference> {
        let bills = self.0.map(|row| row.assessment.bill.as_ref());
        let [Some(a), Some(b)] = bills else {
            return None;
        };
        if a.total == b.total {
            return None;
        }
        let [first, second] = self.titles();
        let (dear, cheap) = if a.total.nanos() > b.total.nanos() {
            (first, second)
        } else {
            (second, first)
        };
        let apart = a.total.nanos().abs_diff(b.total.nanos());
        let apart = Money::from_nanos(a.total.currency(), i128::try_from(apart).ok()?);
        let is_all = a.is_complete() && b.is_complete();
        Some(Difference {
            what: text::BESIDE_COST,
            values: [a, b].map(|bill| bill.total.to_string()),
            says: text::dearer(dear, cheap, &apart.to_string(), is_all),
        })
    }

    fn latency(&self) -> Option<Difference> {
        let [Some(a), Some(b)] = self.0.map(|row| row.assessment.slowest) else {
            return None;
        };
        let ms = |micros: u32| Quantity::from_thousandths(u64::from(micros)).to_string();
        let shown = |(micros, is_all): Pace| {
            let least = if is_all { "" } else { "at least " };
            format!("{least}{} ms", ms(micros))
        };
        let [first, second] = self.titles();
        let apart = ms(a.0.abs_diff(b.0));
        let (slow, fast) = if a.0 > b.0 {
            (first, second)
        } else {
            (second, first)
        };
        (a != b).then(|| Difference {
            what: text::BESIDE_LATENCY,
            values: [shown(a), shown(b)],
            says: text::slower(slow, fast, &apart, a.1 && b.1),
        })
    }

    /// The limit that each comes nearest to.
    fn limit(&self) -> Option<Difference> {
        let values = self.0.map(|row| fullest(&row.assessment));
        if values[0] == values[1] {
            return None;
        }
        let [first, second] = self.titles();
        let says = text::nearest(first, &values[0], second, &values[1]);
        Some(Difference {
            what: text::BESIDE_LIMIT,
            says,
            values,
        })
    }
}
