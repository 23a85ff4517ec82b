//! Azure's limits that bound a design: value, scope, source, date, and what it was before.
//!
//! The rule: a design uses so much of a limit; past it Azure refuses (`hard`), another subscription gives more
//! (`subscription`), one flow is slowed (`soft`), or a part carries no more (`throughput`). Where sources disagree the newest Microsoft text is the value and the
//! others stand beside it.
//!
//! | limit | value | scope | was |
//! |---|---|---|---|
//! | `vnet.peerings` | 500 | a VNet | |
//! | `udr.routes` | 1,000 | a route table | 400 until 2026-05 |
//! | `avnm.connected_group` | 250 | a connected group | 3,000 and 5,000 on request |
//!
//! The data stands in `core/data/limits-2026-11.tsv` with its provenance. Left out: limits that no design of this
//! program can reach, and flows of a NIC.

use crate::issue::Source;
use crate::units::Quantity;
use std::sync::LazyLock;

const DATA: &str = include_str!("../data/limits-2026-11.tsv");

/// How a limit binds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Bind {
    /// Azure refuses what passes it.
    Hard,
    /// Another subscription gives more.
    Subscription,
    /// One flow: what passes it is slowed.
    Soft,
    /// A part of that size carries no more; past the largest size nothing does.
    Throughput,
}

/// A limit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limit {
    /// Its short name.
    pub id: &'static str,
    /// What is limited.
    pub name: &'static str,
    /// The most.
    pub value: u64,
    /// Of what.
    pub unit: &'static str,
    /// Where it is counted.
    pub scope: &'static str,
    /// How it binds.
    pub bind: Bind,
    /// Where the value stands, and when.
    pub source: Source,
    /// Values of other dates and sources.
    pub before: &'static str,
    /// Other tiers; for `avnm.cg_regions`, the regions.
    pub tiers: &'static str,
    /// What to do about it.
    pub action: &'static str,
}

impl Limit {
    /// Every limit.
    ///
    /// ```
    /// use interspoke_core::limit::Limit;
    /// let routes = Limit::named("udr.routes").unwrap();
    /// assert_eq!((routes.value, routes.source.date), (1_000, "2026-05-25"));
    /// assert!(routes.before.starts_with("400"));
    /// ```
    #[must_use]
    pub fn all() -> &'static [Self] {
        static ALL: LazyLock<Vec<Limit>> = LazyLock::new(|| {
            DATA.lines()
                .filter(|line| !line.starts_with('#'))
                .filter_map(read)
                .collect()
        });
        &ALL
    }

    /// The limit of that short name.
    #[must_use]
    pub fn named(id: &str) -> Option<&'static Self> {
        Self::all().iter().find(|limit| limit.id == id)
    }
}

fn read(line: &'static str) -> Option<Limit> {
    let mut fields = line.split('\t');
    let mut next = || fields.next();
    Some(Limit {
        id: next()?,
        name: next()?,
        value: next()?.parse().ok()?,
        unit: next()?,
        scope: next()?,
        bind: match next()? {
            "hard" => Bind::Hard,
            "subscription" => Bind::Subscription,
            "throughput" => Bind::Throughput,
            _ => Bind::Soft,
        },
        source: Source {
            title: next()?,
            url: "",
            date: next()?,
        },
        before: next()?,
        tiers: next()?,
        action: next()?,
    })
}

/// How much of a limit a design uses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Usage {
    /// The limit.
    pub limit: &'static Limit,
    /// What is used; `None` where it is past counting.
    pub used: Option<u64>,
    /// What is allowed here: the limit's value, or less where the design lowers it.
    pub allowed: u64,
    /// The member of the Intent that drives it.
    pub input: &'static str,
}

impl Usage {
    /// Whether it is passed.
    #[must_use]
    pub fn exceeded(&self) -> bool {
        self.used.is_none_or(|used| used > self.allowed)
    }

    /// Whether the design cannot be: Azure refuses it, or its largest parts do not carry what is asked of them.
    #[must_use]
    pub fn refused(&self) -> bool {
        matches!(self.limit.bind, Bind::Hard | Bind::Throughput) && self.exceeded()
    }

    /// The part that is used, in per cent, rounded up; `None` where it is past counting.
    ///
    /// ```
    /// use interspoke_core::limit::{Limit, Usage};
    /// let limit = Limit::named("vnet.peerings").unwrap();
    /// let usage = Usage { limit, used: Some(7), allowed: limit.value, input: "regions" };
    /// assert_eq!(usage.share_percent(), Some(2));
    /// assert_eq!(usage.to_string(), "7 of 500 peerings per VNet");
    /// ```
    #[must_use]
    pub fn share_percent(&self) -> Option<u64> {
        let used = u128::from(self.used?);
        let share = (used * 100).div_ceil(u128::from(self.allowed.max(1)));
        Some(u64::try_from(share).unwrap_or(u64::MAX))
    }

    /// The usage, and what is limited where that says more than its unit and scope do.
    ///
    /// ```
    /// use interspoke_core::limit::{Limit, Usage};
    /// let of = |id: &str, used| {
    ///     let limit = Limit::named(id).unwrap();
    ///     Usage { limit, used: Some(used), allowed: limit.value, input: "regions" }.named()
    /// };
    /// assert_eq!(of("vnet.peerings", 600), "600 of 500 peerings per VNet");
    /// assert_eq!(of("vwan.vnets_no_intent", 600), "600 of 500 VNet connections per hub, no routing intent");
    /// assert_eq!(of("vwan.er", 30_000), "30,000 of 20,000 Mbps per hub: Throughput of the ExpressRoute gateway of a hub");
    /// ```
    #[must_use]
    pub fn named(&self) -> String {
        let (usage, name) = (self.to_string(), self.limit.name);
        let own = format!("{} {}", self.limit.unit, self.scope());
        if let Some(rest) = name.strip_prefix(&own) {
            return format!("{usage}{rest}");
        }
        let known = usage.to_lowercase();
        let mut words = name.split_whitespace().map(str::to_lowercase);
        if words.all(|word| known.contains(&word)) {
            usage
        } else {
            format!("{usage}: {name}")
        }
    }

    /// Where it is counted, without remarks.
    fn scope(&self) -> &'static str {
        let mut parts = self.limit.scope.split([':', ',']);
        parts.next().unwrap_or_default()
    }
}

impl std::fmt::Display for Usage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let text = |n: u64| Quantity::from_thousandths(n.saturating_mul(1_000)).to_string();
        let used = self
            .used
            .map_or_else(|| "more than can be counted".to_owned(), text);
        let scope = self.scope();
        write!(
            f,
            "{used} of {} {} {scope}",
            text(self.allowed),
            self.limit.unit
        )
    }
}
