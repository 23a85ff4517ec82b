//! Charging rules that sources dispute: settings, each with the default that this program takes.
//!
//! The rule: where two sources disagree about *whether* something is charged, the total depends on it, so a person
//! may choose. The newest Microsoft text is the default; where none is newer, only what both sides agree on is charged.
//!
//! | setting | default | the other side |
//! |---|---|---|
//! | hub router under routing intent | not charged beside the firewall | charged, USD 0.02 a GB |
//! | hub router at the destination's hub | charged a second time, as in Microsoft's examples | not charged |
//! | routing infrastructure units in the hub's price | 2 | 1: three cost sheets bill one unit a hub, USD 73.00 |
//! | tunnels in a VPN gateway's price | 10 | 0: two sources bill every tunnel |
//! | data between availability zones | not charged | USD 0.01 out and 0.01 in, as the Retail Prices API still lists |
//! | data between hubs or appliances of two continents | USD 0.05 a GB from Europe or North America | the source region's rate |
//!
//! Left out: disputes about a price; the catalogue's data names the one taken and its source.

use crate::units::GbPerMonth;

/// How disputed charges are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rules {
    /// Charge the hub router's data processing where routing intent sends traffic through the hub's firewall.
    pub router_under_intent: bool,
    /// Charge the hub router's data processing in the destination's hub too.
    pub router_at_destination: bool,
    /// Routing infrastructure units that come with a hub.
    pub included_routing_units: u32,
    /// Tunnels that come with a VPN gateway.
    pub included_tunnels: u32,
    /// Charge data between availability zones.
    pub between_zones: bool,
    /// Data from one availability zone to another, in one direction; it counts only where it is charged.
    pub between_zones_gb: GbPerMonth,
    /// Charge data between hubs or appliances of two continents at the rate between continents.
    pub between_continents: bool,
}

impl Default for Rules {
    /// The defaults of the module's table.
    fn default() -> Self {
        Self {
            router_under_intent: false,
            router_at_destination: true,
            between_continents: true,
            included_routing_units: 2,
            included_tunnels: 10,
            between_zones: false,
            between_zones_gb: GbPerMonth::ZERO,
        }
    }
}

impl Rules {
    /// Whether a dispute of [`Rules::DISPUTES`], by its position, is taken as its other side says.
    ///
    /// ```
    /// use interspoke_core::price::Rules;
    /// assert!(!Rules::default().takes_other(2));
    /// assert!(Rules::default().with_other(2, true).takes_other(2));
    /// ```
    #[must_use]
    pub fn takes_other(&self, position: usize) -> bool {
        let default = Self::default();
        match position {
            0 => self.router_under_intent,
            1 => !self.router_at_destination,
            2 => self.included_routing_units != default.included_routing_units,
            3 => self.included_tunnels != default.included_tunnels,
            4 => self.between_zones,
            5 => !self.between_continents,
            _ => false,
        }
    }

    /// With a dispute taken as its other side says, or by default; a position without a dispute changes nothing.
    ///
    /// ```
    /// use interspoke_core::price::Rules;
    /// assert_eq!(Rules::default().with_other(2, true).included_routing_units, 1);
    /// assert_eq!(Rules::default().with_other(3, true).with_other(3, false), Rules::default());
    /// ```
    #[must_use]
    pub fn with_other(mut self, position: usize, other: bool) -> Self {
        let default = Self::default();
        match position {
            0 => self.router_under_intent = other,
            1 => self.router_at_destination = !other,
            2 if other => self.included_routing_units = 1,
            2 => self.included_routing_units = default.included_routing_units,
            3 if other => self.included_tunnels = 0,
            3 => self.included_tunnels = default.included_tunnels,
            4 => self.between_zones = other,
            5 => self.between_continents = !other,
            _ => {}
        }
        self
    }
}

/// A disputed rule in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dispute {
    /// The member of [`Rules`].
    pub member: &'static str,
    /// What is disputed.
    pub question: &'static str,
    /// What is taken by default, and why.
    pub default: &'static str,
    /// What the other side says.
    pub other: &'static str,
}

impl Rules {
    /// Every dispute, in the order of the members.
    pub const DISPUTES: [Dispute; 6] = [
        Dispute {
            member: "routerUnderIntent",
            question: "Does the hub router charge for what routing intent sends through the firewall?",
            default: "no: the workbook LargeScaleHnS 1.2 (2026-01-23) bills the firewall alone",
            other: "no Microsoft text says so: USD 0.02 a GB more",
        },
        Dispute {
            member: "routerAtSourceAlone",
            question: "Does the router of the destination's hub charge too?",
            default: "yes, by Microsoft's price examples (2025-03-26)",
            other: "no by Microsoft's text of 2020-06-18, which names one fee for transit from VNet to VNet: USD 0.02 a GB less between hubs",
        },
        Dispute {
            member: "includedRoutingUnits",
            question: "How many routing infrastructure units come with a hub?",
            default: "2, by a comment of the workbook (2026-01-23)",
            other: "1: its own sheet and two calculators bill one unit a hub, USD 73.00 a month",
        },
        Dispute {
            member: "includedTunnels",
            question: "How many tunnels come with a VPN gateway?",
            default: "10 (azure-cost-calculator, 2026-03-07)",
            other: "none: infracost and a lab bill each tunnel, USD 10.95 a month",
        },
        Dispute {
            member: "betweenZones",
            question: "Is data between availability zones charged?",
            default: "no: Azure update of 2024-05, guide of 2025-05",
            other: "the Retail Prices API of 2026-07 lists USD 0.01 out and 0.01 in",
        },
        Dispute {
            member: "sourceRateBetweenContinents",
            question: "What does data between hubs or appliances of two continents cost?",
            default: "USD 0.05 a GB from Europe or North America, by Microsoft's price examples (2025-03-26)",
            other: "the source region's rate, USD 0.02 from Europe or North America (Retail Prices API, 2026-07-21)",
        },
    ];
}
