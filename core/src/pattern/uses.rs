//! What people join spokes for, each as an Intent with the pattern that is recommended for it.
//!
//! The rule: a use asks for what its sentence says and leaves the rest usual; its pattern is the one that the comparison
//! recommends, which a test holds.
//!
//! | use | asks for | recommended |
//! |---|---|---|
//! | tiers of one application | inspection between perimeter and internal spokes | a hub with a firewall |
//! | microservices | twelve spokes that talk freely, joined by Network Manager | a mesh of Network Manager |
//!
//! Left out: how large each is in a reader's company; every figure can be changed afterwards.
//!
//! Source: "Patterns for inter-spoke networking", its potential use cases (2025-06-16).

use super::Pattern;
use super::source::ARTICLE;
use crate::intent::{
    Inspection, Intent, InternetPath, MatrixEntry, OnPremises, Pair, PeeringManagement,
    RegionIntent,
};
use crate::issue::Source;
use crate::units::GbPerMonth;

/// What spokes are joined for.
#[derive(Debug, Clone, Copy)]
pub struct Use {
    /// Short name.
    pub id: &'static str,
    /// What it is called.
    pub title: &'static str,
    /// Who talks to whom, in a sentence.
    pub says: &'static str,
    /// The pattern that is recommended.
    pub pattern: Pattern,
    asks: fn() -> Intent,
}

/// Every use, in the article's order.
pub const USES: &[Use] = &[
    Use {
        id: "tiers",
        title: "Tiers in VNets of their own",
        says: "Servers of a perimeter VNet talk to services of internal VNets, through a firewall.",
        pattern: Pattern::HubFirewall,
        asks: tiers,
    },
    Use {
        id: "environments",
        title: "Environments that replicate data",
        says: "Development, staging and production copy data among each other, inspected between them.",
        pattern: Pattern::HubFirewall,
        asks: environments,
    },
    Use {
        id: "microservices",
        title: "Microservices of many teams",
        says: "Twelve applications call each other freely; Network Manager joins them.",
        pattern: Pattern::AvnmMesh,
        asks: microservices,
    },
    Use {
        id: "replication",
        title: "A database across regions",
        says: "Two databases replicate over regions by a direct link; all else is inspected.",
        pattern: Pattern::HubSelective,
        asks: replication,
    },
    Use {
        id: "desktops",
        title: "Users on virtual desktops",
        says: "Users sit in Azure: their desktops reach applications, the Internet and the office through a firewall.",
        pattern: Pattern::HubFirewall,
        asks: desktops,
    },
];

impl Use {
    /// The use of that short name.
    #[must_use]
    pub fn named(id: &str) -> Option<&'static Self> {
        USES.iter().find(|one| one.id == id)
    }

    /// The article that lists it.
    #[must_use]
    pub const fn source(&self) -> Source {
        ARTICLE
    }

    /// What it asks for.
    ///
    /// ```
    /// use interspoke_core::pattern::uses::Use;
    /// let intent = Use::named("microservices").unwrap().intent();
    /// assert!(intent.check().is_empty());
    /// ```
    #[must_use]
    pub fn intent(&self) -> Intent {
        (self.asks)()
    }
}

fn of(regions: &[(&str, u32)]) -> Intent {
    let regions = regions.iter();
    Intent {
        regions: regions
            .map(|(name, spokes)| RegionIntent::new(name, *spokes))
            .collect(),
        ..Intent::default()
    }
}

fn named(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

fn tiers() -> Intent {
    Intent {
        environments: named(&["perimeter", "internal"]),
        inspection: Inspection::BetweenEnvironments,
        ..of(&[("eastus", 4)])
    }
}

fn environments() -> Intent {
    Intent {
        environments: named(&["dev", "staging", "prod"]),
        inspection: Inspection::BetweenEnvironments,
        ..of(&[("eastus", 6)])
    }
}

fn microservices() -> Intent {
    let mut intent = Intent {
        inspection: Inspection::None,
        internet: InternetPath::Any,
        peerings: PeeringManagement::NetworkManagerStatic,
        ..of(&[("eastus", 12)])
    };
    intent.traffic.within_regions.gb = GbPerMonth::whole(10_000);
    intent
}

fn replication() -> Intent {
    let (a, b) = ("eastus-spoke1", "westus-spoke1");
    let mut intent = Intent {
        direct_pairs: vec![Pair::new(a, b)],
        ..of(&[("eastus", 3), ("westus", 3)])
    };
    intent.traffic.matrix.push(MatrixEntry {
        a: a.to_owned(),
        b: b.to_owned(),
        gb: GbPerMonth::whole(20_000),
    });
    intent
}

fn desktops() -> Intent {
    Intent {
        on_premises: OnPremises::Vpn,
        ..of(&[("eastus", 4)])
    }
}
