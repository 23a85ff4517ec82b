//! What bills are made with, and the curves of chosen patterns against traffic.
//!
//! The rule: the price list with its disputed rules is what the document's choices make of the built-in one; every bill by
//! it, the network's and the patterns', follows at once. A curve is computed in a turn of its own, after the patterns are
//! ranked.

use super::history::Cause;
use super::{Effect, OwnPrices, Ranking, Shared, State, Tab};
use crate::text;
use interspoke_core::intent::Intent;
use interspoke_core::pattern::Pattern;
use interspoke_core::pattern::sketch::MANY;
use interspoke_core::pattern::verdict::Assessment;
use interspoke_core::price::{Bill, Catalog, Curve, Grouping, Priced, Rules};
use interspoke_core::units::{GbPerMonth, Quantity};
use std::rc::Rc;

/// Patterns in one chart: more cannot be told apart.
pub const MOST_CURVES: usize = 4;

/// A change of what bills are made with, or of what is shown of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CostMsg {
    /// What the bill is summed by.
    Group(Grouping),
    /// The derivation of a line was opened or closed, by the line's position.
    Line(usize),
    /// A disputed rule, by its position, is taken as its other side says.
    Dispute(usize, bool),
    /// A pattern comes into the chart, in place of the last one where it is full, or leaves it.
    Chart(Pattern),
    /// The bill is to be saved as comma-separated values, or copied.
    Csv(bool),
    /// Files with prices were chosen.
    Files,
    /// Prices came: answers of the Retail Prices API, or a price sheet.
    Prices(Vec<String>),
    /// The built-in prices alone again.
    BuiltIn,
    /// The price sheet is to be saved.
    Sheet,
    /// Assumed prices are left open, or used.
    LeaveOpen(bool),
}

/// What bills are made with, and what is shown of them.
#[derive(Debug, Clone)]
pub struct Cost {
    /// The price list with its rules.
    pub catalog: Shared<Catalog>,
    /// Where prices come from besides the built-in list.
    pub own: OwnPrices,
    /// A month's cost of the network.
    pub bill: Shared<Bill>,
    /// What the bill is summed by.
    pub grouping: Grouping,
    /// The line whose derivation is open.
    pub line: Option<usize>,
    /// Patterns of the chart; none: the first in rank.
    pub picked: Option<Vec<Pattern>>,
    /// The end of the chart; none: some times what is asked for.
    pub up_to: Option<GbPerMonth>,
    chart: Chart,
}

/// Curves, and what they are of.
#[derive(Debug, Clone, Default)]
struct Chart {
    asked: Option<(Rc<super::ranking::Asked>, GbPerMonth)>,
    curves: Vec<(Pattern, Shared<Charted>)>,
    /// Of these, the first so many are of what is asked; the others of what was asked before.
    fresh: usize,
}

/// The curve of a pattern.
#[derive(Debug)]
pub struct Charted {
    /// The cost against traffic.
    pub curve: Curve,
    /// The traffic that is asked for, both directions of every pair.
    pub now: GbPerMonth,
}

impl Default for Cost {
    /// By the built-in price list, nothing billed yet.
    fn default() -> Self {
        Self {
            bill: Shared::new(Bill::default()),
            catalog: Shared::new(Catalog::built_in()),
            own: OwnPrices::default(),
            grouping: Grouping::Service,
            line: None,
            picked: None,
            up_to: None,
            chart: Chart::default(),
        }
    }
}

impl State {
    pub(super) fn cost_msg(&mut self, msg: CostMsg) -> Vec<Effect> {
        let cost = &mut self.cost;
        match msg {
            CostMsg::Group(grouping) => (cost.grouping, cost.line) = (grouping, None),
            CostMsg::Line(at) => cost.line = Some(at).filter(|at| cost.line != Some(*at)),
            CostMsg::Dispute(at, other) => {
                if let Some(dispute) = Rules::DISPUTES.get(at) {
                    self.choose_for_document(Cause::Deed, |choices| {
                        choices.rules.retain(|name| name != dispute.member);
                        if other {
                            choices.rules.push(dispute.member.to_owned());
                        }
                    });
                }
                self.say_total();
            }
            CostMsg::Chart(pattern) => {
                let mut picked = self.charted_patterns();
                let before = picked.len();
                picked.retain(|one| *one != pattern);
                if picked.len() == before {
                    picked.truncate(MOST_CURVES - 1);
                    picked.push(pattern);
                }
                self.cost.picked = Some(picked);
            }
            CostMsg::Csv(copy) => {
                self.work_out();
                let csv = self.cost.bill.csv();
                let said = if copy {
                    text::COPIED_CSV
                } else {
                    text::SAVED_CSV
                };
                self.notice = Some(said.to_owned());
                return vec![if copy {
                    Effect::Copy(csv)
                } else {
                    Effect::Save("interspoke-bill.csv".to_owned(), "text/csv", csv)
                }];
            }
            CostMsg::Files => return vec![Effect::ReadPrices],
            CostMsg::Prices(texts) => self.read_prices(&texts),
            CostMsg::BuiltIn => self.built_in_prices(),
            CostMsg::LeaveOpen(leave) => self.leave_assumed_open(leave),
            CostMsg::Sheet => {
                self.notice = Some(text::SAVED_SHEET.to_owned());
                let sheet = cost.catalog.sheet();
                let name = "interspoke-prices.csv".to_owned();
                return vec![Effect::Save(name, "text/csv", sheet)];
            }
        }
        Vec::new()
    }

    /// Says the total, once it is known.
    pub(super) fn say_total(&mut self) {
        self.work_out();
        self.notice = Some(text::total_now(&self.cost.bill.total_text()));
    }

    /// Bills everything with another price list.
    pub(super) fn price_with(&mut self, catalog: Catalog) {
        self.cost.catalog = Shared::new(catalog);
        self.bill_again();
    }

    /// Data between availability zones, for the rule that charges it.
    pub(super) fn set_zones(&mut self, gb: GbPerMonth) {
        let cause = Cause::Typing("zones".to_owned());
        self.choose_for_document(cause, |choices| {
            choices.between_zones_gb = Some(gb).filter(|gb| *gb > GbPerMonth::ZERO);
        });
    }

    /// The patterns of the chart: those that were picked, else the first in rank that can be billed.
    #[must_use]
    pub fn charted_patterns(&self) -> Vec<Pattern> {
        if let Some(picked) = &self.cost.picked {
            return picked.clone();
        }
        let ranked = self.ranking.as_ref().is_some_and(Ranking::is_complete);
        if !ranked {
            let before = self.cost.chart.curves.iter();
            return before.map(|(pattern, _)| *pattern).collect();
        }
        // Of patterns that cost the same the first is enough.
        let mut picked: Vec<(Pattern, i128)> = Vec::new();
        for (pattern, total) in self.billed() {
            if picked.len() < MOST_CURVES && picked.iter().all(|(_, known)| *known != total) {
                picked.push((pattern, total));
            }
        }
        picked.into_iter().map(|(pattern, _)| pattern).collect()
    }

    /// Every pattern that a limit does not refuse, in rank; none before all were assessed once.
    #[must_use]
    pub fn billed_patterns(&self) -> Vec<Pattern> {
        let billed = self.billed().into_iter();
        billed.map(|(pattern, _)| pattern).collect()
    }

    /// The same with their totals.
    fn billed(&self) -> Vec<(Pattern, i128)> {
        let ranking = self.ranking.as_ref();
        let rows = ranking.map(super::Ranking::ranked).unwrap_or_default();
        if rows.len() < Pattern::ALL.len() {
            return Vec::new();
        }
        let total = |row: &&Assessment| Some((row.pattern, row.bill.as_ref()?.total.nanos()));
        rows.iter().filter_map(total).collect()
    }

    /// The end of the chart.
    #[must_use]
    pub fn chart_end(&self) -> GbPerMonth {
        let asked = || far(&self.intent());
        self.cost.up_to.unwrap_or_else(asked)
    }

    /// The curve of a pattern, once its turn came; it may still be of what was asked before.
    #[must_use]
    pub fn charted(&self, pattern: Pattern) -> Option<&Charted> {
        let mut curves = self.cost.chart.curves.iter();
        curves
            .find(|(one, _)| *one == pattern)
            .map(|(_, charted)| &**charted)
    }

    /// The next pattern whose curve is not computed.
    pub(super) fn next_curve(&mut self) -> Option<Pattern> {
        if self.tab != Tab::Cost {
            return None;
        }
        let asked = self.ranking.as_ref().filter(|r| r.is_complete())?.asked();
        let end = self.chart_end();
        let chart = &mut self.cost.chart;
        let same = |(old, to): &(Rc<_>, GbPerMonth)| Rc::ptr_eq(old, &asked) && *to == end;
        if !chart.asked.as_ref().is_some_and(same) {
            (chart.asked, chart.fresh) = (Some((asked, end)), 0);
        }
        let fresh = self.cost.chart.curves.iter().take(self.cost.chart.fresh);
        let fresh: Vec<Pattern> = fresh.map(|(pattern, _)| *pattern).collect();
        let patterns = self.charted_patterns();
        patterns.into_iter().find(|one| !fresh.contains(one))
    }

    /// Computes the curve of a pattern.
    pub(super) fn chart(&mut self, pattern: Pattern) {
        let Some((asked, end)) = self.cost.chart.asked.clone() else {
            return;
        };
        let sketch = pattern.sketch(&asked.intent, &asked.plan, MANY);
        let topology = sketch.join().value.into();
        let demand = asked.intent.traffic_demand();
        let priced = Priced::of(topology, &sketch.spec, &demand, &asked.catalog);
        let charted = Charted {
            curve: priced.curve(end),
            now: priced.traffic(),
        };
        let chart = &mut self.cost.chart;
        chart.curves.retain(|(one, _)| *one != pattern);
        let at = chart.fresh.min(chart.curves.len());
        chart.curves.insert(at, (pattern, Shared::new(charted)));
        chart.fresh = at + 1;
    }
}

/// A round figure of some times what is asked for: 1, 2 or 5 and zeros, 10 TB at least.
fn far(intent: &Intent) -> GbPerMonth {
    let traffic = intent.bill_traffic().0;
    let gb = |figure: GbPerMonth| figure.0.thousandths() / 1_000;
    let regions = u64::try_from(intent.regions.len()).unwrap_or(1);
    let one_way = gb(traffic.within_regions_gb)
        .saturating_mul(regions)
        .saturating_add(gb(traffic.between_regions_gb))
        .saturating_add(gb(traffic.to_on_premises_gb));
    let wanted = one_way.saturating_mul(20);
    let end = crate::scene::step(wanted, 1).max(10_000);
    GbPerMonth(Quantity::from_thousandths(end.saturating_mul(1_000)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use interspoke_core::intent::TrafficFigure;

    #[test]
    fn the_chart_ends_at_a_round_figure_some_times_beyond_what_is_asked() {
        for (gb, end) in [
            (0, "10,000 GB a month"),
            (1_000, "50,000 GB a month"),
            (2_000, "100,000 GB a month"),
            (30_000, "2,000,000 GB a month"),
        ] {
            let mut intent = Intent::default();
            intent.traffic.within_regions = TrafficFigure::total(GbPerMonth::whole(gb));
            intent.traffic.between_regions = TrafficFigure::default();
            assert_eq!(far(&intent).to_string(), end, "{gb}");
        }
    }
}
