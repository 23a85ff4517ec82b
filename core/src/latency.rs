//! How long a packet and its reply are on the way: what is published for each leg and each stop.
//!
//! The rule: a leg between two regions takes the median of Microsoft's table, or an estimate by distance, marked so,
//! where the table has none. A stop takes a published measurement or none. Figures of one kind may be added; nothing is
//! added over a gap: a way with a stop that nobody has measured has no total, only a lower bound.
//!
//! | way | what it says |
//! |---|---|
//! | eastus to westus2, peered | 71 ms (P50, 2026-07) |
//! | the same through two Azure Firewalls | 71 ms, and 0.5 to 2.5 ms twice (measured 2024-07) |
//! | the same over two Virtual WAN hubs | 71 ms, and twice a hub router: no published figure |
//! | eastus to chilecentral | 137 ms, estimated by distance |
//!
//! A round trip is one figure of the table, in the direction of the request; the two directions differ by 18 ms at
//! most. Left out: machines, queues, availability zones (under 2 ms by Microsoft), and what TCP makes of it.

use crate::issue::Source;
use crate::price::Representative;
use crate::route::{Branch, Place};
use crate::spec::{ApplianceKind, GatewayKind};
use crate::topology::Topology;
use crate::units::Quantity;

const TABLE: &str = include_str!("../data/latency-p50-2026-07.txt");

/// The month of the table, as people write it.
pub const MONTH: &str = "2026-07";

const MICROSOFT: Source = Source {
    title: "Azure network round-trip latency statistics, P50",
    url: "https://learn.microsoft.com/azure/networking/azure-network-latency",
    date: "2026-07-30",
};
const DISTANCE: Source = Source {
    title: "20.31 ms + 14.68 ms for 1,000 km, least squares over that table",
    url: "",
    date: "2026-07-30",
};
const LAB: Source = Source {
    title: "nicolgit, Azure latency test V2, West Europe",
    url: "https://github.com/nicolgit/nicolgit.github.io",
    date: "2024-07-11",
};
const APPLIANCE_LAB: Source = Source {
    title: "net-lab-builder, two routing appliances between Sweden Central and North Europe",
    url: "https://github.com/erjosito/net-lab-builder/tree/2f0f1aa",
    date: "2026-08-19",
};
const EDGE_LAB: Source = Source {
    title: "net-lab-builder, hairpin at one edge, Sweden Central",
    url: "https://github.com/erjosito/net-lab-builder/tree/2f0f1aa",
    date: "2026",
};
/// Where that was measured.
const EDGE_LAB_REGION: &str = "swedencentral";
const NOBODY: Source = Source {
    title: "no published figure",
    url: "",
    date: "",
};

/// What a figure is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// The median of Microsoft's table.
    Table,
    /// Somebody's measurement, of one place and day.
    Measured,
    /// Computed here, not published.
    Estimated,
    /// Nobody has published one.
    Unknown,
}

impl Basis {
    /// The word shown to people.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Table => "P50",
            Self::Measured => "measured",
            Self::Estimated => "estimated",
            Self::Unknown => "no published figure",
        }
    }
}

/// A figure: from so many to so many microseconds; without meaning where it is unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figure {
    /// At least, in microseconds.
    pub low: u32,
    /// At most.
    pub high: u32,
    /// What it is.
    pub basis: Basis,
    /// Where and when it was seen.
    pub source: Source,
}

impl Figure {
    const UNKNOWN: Self = Self {
        low: 0,
        high: 0,
        basis: Basis::Unknown,
        source: NOBODY,
    };

    const fn measured(low: u32, high: u32, source: Source) -> Self {
        Self {
            low,
            high,
            basis: Basis::Measured,
            source,
        }
    }

    /// Whether there is a figure.
    #[must_use]
    pub const fn is_known(&self) -> bool {
        !matches!(self.basis, Basis::Unknown)
    }

    /// `71 ms (P50, 2026-07)`, `0.5 to 2.5 ms (measured, 2024-07-11)`, `no published figure`.
    #[must_use]
    pub fn text(&self) -> String {
        let date = match self.basis {
            Basis::Unknown => return self.basis.word().to_owned(),
            Basis::Table => MONTH,
            _ => self.source.date,
        };
        let range = range(self.low, self.high);
        format!("{range} ({}, {date})", self.basis.word())
    }
}

/// Microseconds as milliseconds.
fn range(low: u32, high: u32) -> String {
    let ms = |micros: u32| Quantity::from_thousandths(u64::from(micros));
    if low == high {
        format!("{} ms", ms(low))
    } else {
        format!("{} to {} ms", ms(low), ms(high))
    }
}

/// The round trip between two regions; unknown for one region with itself and for regions that nothing covers.
///
/// ```
/// use interspoke_core::latency::{between, Basis};
/// assert_eq!(between("eastus", "westus2").text(), "71 ms (P50, 2026-07)");
/// assert_eq!(between("westus2", "eastus").low, 73_000);
/// assert_eq!(between("eastus", "chilecentral").basis, Basis::Estimated);
/// assert_eq!(between("eastus", "nowhere").basis, Basis::Unknown);
/// ```
#[must_use]
pub fn between(from: &str, to: &str) -> Figure {
    let mut seen: Vec<&str> = Vec::new();
    for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
        let mut cells = line.split(' ');
        let name = cells.next().unwrap_or_default();
        let (estimated, name) = name
            .strip_prefix('~')
            .map_or((false, name), |name| (true, name));
        let other = match name {
            _ if name == from => to,
            _ if name == to => from,
            _ => {
                seen.push(name);
                continue;
            }
        };
        if let Some(cell) = seen
            .iter()
            .position(|known| *known == other)
            .and_then(|column| cells.nth(column))
        {
            return figure(cell, name == from, estimated).unwrap_or(Figure::UNKNOWN);
        }
        seen.push(name);
    }
    Figure::UNKNOWN
}

/// A cell as `71`, `71+2`: towards the row, and how much the way from the row takes more.
fn figure(cell: &str, away: bool, estimated: bool) -> Option<Figure> {
    let split = cell.find(['+', '-']).unwrap_or(cell.len());
    let (towards, more) = cell.split_at_checked(split)?;
    let towards: i32 = towards.parse().ok()?;
    let more: i32 = if more.is_empty() {
        0
    } else {
        more.parse().ok()?
    };
    let ms = if away {
        towards.checked_add(more)?
    } else {
        towards
    };
    let micros = u32::try_from(ms).ok()?.checked_mul(1_000)?;
    let (basis, source) = if estimated {
        (Basis::Estimated, DISTANCE)
    } else {
        (Basis::Table, MICROSOFT)
    };
    Some(Figure {
        low: micros,
        high: micros,
        basis,
        source,
    })
}

/// One leg or stop of a way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// What it is, as `eastus to westus2` or `Azure Firewall`.
    pub what: String,
    /// Whether it is there because of the way that was chosen: not the one leg that every way has.
    pub added: bool,
    /// What is published of it.
    pub figure: Figure,
}

/// The round trip of a way, part by part.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RoundTripTime {
    /// Legs between regions and stops, in order.
    pub parts: Vec<Part>,
}

impl RoundTripTime {
    /// Of the first way of a traced flow.
    #[must_use]
    pub fn of(topology: &Topology, flow: &Representative) -> Self {
        flow.trip
            .forward
            .first()
            .map_or_else(Self::default, |branch| of_branch(topology, branch))
    }

    /// Whether every part has a figure.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.parts.iter().all(|part| part.figure.is_known())
    }

    /// At least so many microseconds: the known parts. A ceiling below it is missed whatever the others are.
    #[must_use]
    pub fn at_least(&self) -> u32 {
        self.sum(|_| true).0
    }

    /// From so many to so many microseconds; none where a part has no figure.
    #[must_use]
    pub fn total(&self) -> Option<(u32, u32)> {
        self.is_complete().then(|| self.sum(|_| true))
    }

    /// What the way adds to the direct one; none where a part that it adds has no figure.
    #[must_use]
    pub fn added(&self) -> Option<(u32, u32)> {
        let known = self
            .parts
            .iter()
            .filter(|part| part.added)
            .all(|part| part.figure.is_known());
        known.then(|| self.sum(|part| part.added))
    }

    fn sum(&self, counted: impl Fn(&Part) -> bool) -> (u32, u32) {
        let figures = self
            .parts
            .iter()
            .filter(|part| counted(part) && part.figure.is_known());
        figures.fold((0, 0), |(low, high), part| {
            (
                low.saturating_add(part.figure.low),
                high.saturating_add(part.figure.high),
            )
        })
    }

    /// Every part with its figure: `eastus to westus2: 71 ms (P50, 2026-07); 2 × hub router: no published figure`.
    #[must_use]
    pub fn text(&self) -> String {
        let mut counted: Vec<(&Part, u32)> = Vec::new();
        for part in &self.parts {
            match counted
                .iter_mut()
                .find(|(known, _)| known.what == part.what)
            {
                Some((_, times)) => *times = times.saturating_add(1),
                None => counted.push((part, 1)),
            }
        }
        let one = |(part, times): &(&Part, u32)| {
            let times = if *times > 1 {
                format!("{times} × ")
            } else {
                String::new()
            };
            format!("{times}{}: {}", part.what, part.figure.text())
        };
        let texts: Vec<String> = counted.iter().map(one).collect();
        if texts.is_empty() {
            return "inside one region, nothing on the way: no published figure is needed"
                .to_owned();
        }
        texts.join("; ")
    }
}

fn of_branch(topology: &Topology, branch: &Branch) -> RoundTripTime {
    let mut parts: Vec<Part> = Vec::new();
    let hops = &branch.hops;
    let ends = (hops.first(), hops.last());
    let end = |hop: Option<&crate::route::Hop>| hop.and_then(|hop| region(topology, hop.place));
    let (source, destination) = (end(ends.0), end(ends.1));
    let mut here: Option<&str> = None;
    let inner = hops.len().saturating_sub(1);
    for (position, hop) in hops.iter().enumerate() {
        if let Some(there) = region(topology, hop.place) {
            if let Some(from) = here.filter(|from| *from != there) {
                let direct = Some(from) == source && Some(there) == destination;
                let known = parts.iter().any(|part| !part.added);
                parts.push(Part {
                    what: format!("{from} to {there}"),
                    added: !direct || known,
                    figure: between(from, there),
                });
            }
            here = Some(there);
        }
        let before = position
            .checked_sub(1)
            .and_then(|before| hops.get(before))
            .map(|hop| hop.place);
        if position < inner && position > 0 {
            parts.extend(stop(
                topology,
                before,
                hop.place,
                hops.get(position.saturating_add(1)).map(|hop| hop.place),
            ));
        }
    }
    let outside = match ends.1.map(|hop| hop.place) {
        Some(Place::Site(_)) => "to the site",
        Some(Place::Internet) => "over the Internet",
        _ => return RoundTripTime { parts },
    };
    parts.push(Part {
        what: outside.to_owned(),
        added: false,
        figure: Figure::UNKNOWN,
    });
    RoundTripTime { parts }
}

/// What a stop between the ends takes.
fn stop(
    topology: &Topology,
    before: Option<Place>,
    place: Place,
    after: Option<Place>,
) -> Option<Part> {
    let is_gateway = |place: Option<Place>| matches!(place, Some(Place::Gateway(_)));
    let (what, figure) = match place {
        Place::Appliance(id) => match topology.appliance(id).kind {
            ApplianceKind::AzureFirewall => ("Azure Firewall", Figure::measured(500, 2_500, LAB)),
            ApplianceKind::RoutingAppliance => {
                ("routing appliance", Figure::measured(0, 0, APPLIANCE_LAB))
            }
            ApplianceKind::Nva => ("NVA", Figure::UNKNOWN),
        },
        Place::Gateway(id) if topology.gateway(id).kind == GatewayKind::Vpn => {
            if is_gateway(before) {
                return None;
            }
            if is_gateway(after) {
                ("IPsec tunnel between two gateways", Figure::UNKNOWN)
            } else {
                ("VPN gateway", Figure::measured(800, 1_100, LAB))
            }
        }
        // The way to the edge and back has the gateway in it.
        Place::Gateway(_) => return None,
        Place::MicrosoftEdge(_) => {
            let sides = (
                before.and_then(|place| region(topology, place)),
                after.and_then(|place| region(topology, place)),
            );
            let same = sides.0.is_some() && sides.0 == sides.1;
            let figure = match sides.0 {
                // Measured in one city: elsewhere the edge may be farther.
                Some(place) if same && place == EDGE_LAB_REGION => {
                    Figure::measured(9_000, 17_000, EDGE_LAB)
                }
                Some(_) if same => Figure {
                    basis: Basis::Estimated,
                    ..Figure::measured(9_000, 17_000, EDGE_LAB)
                },
                _ => Figure::UNKNOWN,
            };
            ("way to the Microsoft edge and back", figure)
        }
        Place::Hub(_) => ("hub router", Figure::UNKNOWN),
        Place::HubFirewall(id) => match topology
            .hub(id)
            .firewall
            .as_ref()
            .map(|firewall| firewall.kind)
        {
            Some(ApplianceKind::AzureFirewall) => (
                "Azure Firewall in a hub",
                Figure {
                    basis: Basis::Estimated,
                    ..Figure::measured(500, 2_500, LAB)
                },
            ),
            _ => ("NVA in a hub", Figure::UNKNOWN),
        },
        Place::HubGateway(_) => ("hub gateway", Figure::UNKNOWN),
        Place::Site(_) => ("site", Figure::UNKNOWN),
        Place::Subnet(_) | Place::PrivateEndpoint(_) | Place::Internet => return None,
    };
    Some(Part {
        what: what.to_owned(),
        added: true,
        figure,
    })
}

fn region(topology: &Topology, place: Place) -> Option<&str> {
    let vnet = match place {
        Place::Subnet(id) => topology.subnet(id).vnet,
        Place::Appliance(id) => topology.appliance(id).vnet,
        Place::Gateway(id) => topology.gateway(id).vnet,
        Place::PrivateEndpoint(id) => topology.private_endpoint(id).vnet,
        Place::Hub(id) | Place::HubFirewall(id) | Place::HubGateway(id) => {
            return Some(&topology.hub(id).region);
        }
        Place::MicrosoftEdge(_) | Place::Site(_) | Place::Internet => return None,
    };
    Some(&topology.vnet(vnet).region)
}
