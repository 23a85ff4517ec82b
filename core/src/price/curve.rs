//! What an estate costs against traffic: straight pieces, and who is cheapest where.
//!
//! The rule: the mix of a demand is kept and its sum grows. Every line of a bill is constant or grows evenly with
//! traffic, and a price with steps changes its slope where a step begins; so a bill is a line with corners, and two
//! points tell all that lies between them. Traffic here is everything that is sent, both directions of each pair.
//!
//! | two designs, one region | standing | a GB | at 41,000 GB | at 96,000 GB |
//! |---|---|---|---|---|
//! | a mesh by Virtual Network Manager, 10 VNets | 146.00 | 0.02 | 966.00 | 2,066.00 |
//! | peerings by hand | 0 | 0.02 | 820.00 | 1,920.00 |
//!
//! Left out: what an open line would add; a design that has one is never the cheapest while another is complete.

use super::catalog::Catalog;
use super::demand::Demand;
use super::demand::TrafficUnit;
use super::flow_lines::steps;
use super::line::Bill;
use super::standing::Estate;
use super::traffic::Kind;
use super::work::Work;
use crate::route::{Routing, Settings};
use crate::spec::NetworkSpec;
use crate::topology::{self, Topology};
use crate::units::{GbPerMonth, Money, Quantity};
use std::rc::Rc;

/// An estate whose flows are traced, to be billed for any amount of traffic of one mix.
#[derive(Debug, Clone)]
pub struct Priced<'a> {
    topology: Rc<Topology>,
    spec: &'a NetworkSpec,
    demand: Demand,
    catalog: &'a Catalog,
    work: Work,
    /// All traffic of the demand, in thousandths of a GB.
    volume: u64,
}

/// A corner of a [`Curve`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Point {
    /// All traffic, both directions.
    pub traffic: GbPerMonth,
    /// The known cost of a month.
    pub cost: Money,
}

/// The known cost against traffic: straight between its corners.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Curve {
    /// Corners by traffic; the first without any, the last at the end that was asked for.
    pub points: Vec<Point>,
    /// Whether every line has a price; if not, the curve is a lower bound.
    pub complete: bool,
}

/// Where one design is the cheapest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cheapest {
    /// Its position in the list that was compared.
    pub position: usize,
    /// From this traffic on.
    pub from: GbPerMonth,
    /// Up to this traffic; none: to the end that was asked for.
    pub to: Option<GbPerMonth>,
}

impl<'a> Priced<'a> {
    /// Builds an estate and traces its flows. A demand without any traffic is taken as one GB of each uniform figure.
    #[must_use]
    pub fn new(spec: &'a NetworkSpec, demand: &Demand, catalog: &'a Catalog) -> Self {
        Self::of(topology::build(spec).value.into(), spec, demand, catalog)
    }

    /// The same for an estate that is built already.
    #[must_use]
    pub fn of(
        topology: Rc<Topology>,
        spec: &'a NetworkSpec,
        demand: &Demand,
        catalog: &'a Catalog,
    ) -> Self {
        let routing = Routing::new(Rc::clone(&topology), Settings::default());
        let work = Work::of(&routing, demand);
        let mut priced = Self {
            topology,
            spec,
            demand: demand.clone(),
            catalog,
            work,
            volume: 0,
        };
        priced.volume = priced.work.sent(demand);
        if priced.volume == 0 {
            priced.demand.uniform.within_regions_gb = GbPerMonth::whole(1);
            priced.demand.uniform.between_regions_gb = GbPerMonth::whole(1);
            priced.volume = priced.work.sent(&priced.demand);
        }
        priced
    }

    /// All traffic of its demand, both directions of each pair.
    #[must_use]
    pub const fn traffic(&self) -> GbPerMonth {
        GbPerMonth(Quantity::from_thousandths(self.volume))
    }

    /// The bill when all traffic together is this much.
    #[must_use]
    pub fn at(&self, traffic: GbPerMonth) -> Bill {
        let demand = self.demand.scaled(traffic.0.thousandths(), self.volume);
        self.work
            .bill_of(&self.topology, self.spec, &demand, self.catalog)
    }

    /// The cost from no traffic up to this much.
    #[must_use]
    pub fn curve(&self, up_to: GbPerMonth) -> Curve {
        let end = up_to.0.thousandths();
        let estate = Estate::new(&self.topology, self.spec);
        let mut corners = vec![0, end];
        for (from_gb, volume) in steps(&self.work, &estate, &self.demand, self.catalog) {
            let corner = (u128::from(from_gb) * 1_000 * u128::from(self.volume))
                .div_ceil(u128::from(volume.max(1)));
            corners.extend(u64::try_from(corner).ok().filter(|corner| *corner < end));
        }
        corners.sort_by(u64::cmp);
        corners.dedup();
        let mut complete = true;
        let point = |thousandths: u64| {
            let traffic = GbPerMonth(Quantity::from_thousandths(thousandths));
            let bill = self.at(traffic);
            complete &= bill.is_complete();
            Point {
                traffic,
                cost: bill.total,
            }
        };
        let points = corners.into_iter().map(point).collect();
        Curve { points, complete }
    }
}

impl Curve {
    /// The known cost at a traffic: between two corners on the straight line, past the end the end's; none where the
    /// curve has no corners.
    ///
    /// ```
    /// use interspoke_core::price::{Curve, Point};
    /// use interspoke_core::units::GbPerMonth;
    /// let point = |gb, cost: &str| Point { traffic: GbPerMonth::whole(gb), cost: cost.parse().unwrap() };
    /// let curve = Curve { points: vec![point(0, "USD 146"), point(1_000, "USD 166")], complete: true };
    /// assert_eq!(curve.cost_at(GbPerMonth::whole(500)).unwrap().to_string(), "USD 156.00");
    /// ```
    #[must_use]
    pub fn cost_at(&self, traffic: GbPerMonth) -> Option<Money> {
        let currency = self.points.first()?.cost.currency();
        let nanos = self.nanos_at(traffic.0.thousandths());
        Some(Money::from_nanos(currency, nanos))
    }

    /// The cost at a traffic, between two corners on the straight line, in billionths; past the end at the end's.
    pub(super) fn nanos_at(&self, thousandths: u64) -> i128 {
        let at = |point: &Point| point.traffic.0.thousandths();
        let after = self
            .points
            .iter()
            .position(|point| at(point) >= thousandths);
        let Some(position) = after else {
            return self.points.last().map_or(0, |point| point.cost.nanos());
        };
        let before = position
            .checked_sub(1)
            .and_then(|before| self.points.get(before));
        match (before, self.points.get(position)) {
            (Some(a), Some(b)) => {
                let (width, part) = (
                    at(b).saturating_sub(at(a)).max(1),
                    thousandths.saturating_sub(at(a)),
                );
                let rise = b.cost.nanos().saturating_sub(a.cost.nanos());
                let part = rise.saturating_mul(i128::from(part));
                a.cost
                    .nanos()
                    .saturating_add(crate::units::half_even(part, i128::from(width)))
            }
            (None, Some(point)) => point.cost.nanos(),
            _ => 0,
        }
    }

    /// Traffic of its corners, in thousandths of a GB.
    pub(super) fn corners(&self) -> impl Iterator<Item = u64> {
        self.points
            .iter()
            .map(|point| point.traffic.0.thousandths())
    }
}

impl Work {
    /// Everything that a demand sends, in thousandths of a GB.
    fn sent(&self, demand: &Demand) -> u64 {
        let sent = self.flows.iter().map(|(kind, flows)| {
            let (figure, _) = self.figure(demand, kind);
            let times = match kind {
                Kind::Entry(position, _) => match demand.entries.get(*position as usize) {
                    Some(entry) if entry.unit == TrafficUnit::PerPair => *flows,
                    _ => 1,
                },
                _ => 2,
            };
            figure.0.thousandths().saturating_mul(times)
        });
        sent.fold(0, u64::saturating_add)
    }
}
