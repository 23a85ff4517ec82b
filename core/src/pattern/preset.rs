//! The figures of the article, each as an Intent and a pattern that draw the same objects.
//!
//! The rule: a figure is not drawn by hand. Its preset builds the network that it shows; tests hold the objects and
//! counts against what the article says of it. Where a figure leaves something open (how many spokes, which appliance)
//! it takes three spokes a region and Azure Firewall.
//!
//! | figure | pattern | objects |
//! |---|---|---|
//! | one region, direct | `peering-mesh` | a hub, three spokes, 3 + 3 links |
//! | two regions, full mesh | `peering-mesh` | two hubs, six spokes, 15 + 6 + 1 links |
//! | two hubs with one chosen pair | `hub-selective` | 6 + 1 + 1 links |
//!
//! Source: "Patterns for inter-spoke networking", learn.microsoft.com, 2025-06-16.

use super::Pattern;
use super::source::ARTICLE;
use crate::intent::{
    AddressPlan, Inspection, Intent, InternetPath, Pair, PeeringManagement, RegionIntent,
};
use crate::issue::Source;
use crate::spec::NetworkSpec;

/// A figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Preset {
    /// Short name.
    pub id: &'static str,
    /// What it shows.
    pub title: &'static str,
    /// File name of the article's figure, without its ending.
    pub figure: &'static str,
    /// What draws it.
    pub pattern: Pattern,
    regions: usize,
    wants: Wants,
}

/// What the figure's spokes want of each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wants {
    /// To reach each other, nothing between.
    Direct,
    /// Everything through appliances.
    Inspection,
    /// Appliances where they stand, nothing has to be inspected.
    Mixed,
    /// The same, with one pair over both regions direct.
    ChosenPair,
    /// The same, with groups made by Virtual Network Manager.
    Managed,
}

const fn preset(
    id: &'static str,
    title: &'static str,
    figure: &'static str,
    pattern: Pattern,
    regions: usize,
    wants: Wants,
) -> Preset {
    Preset {
        id,
        title,
        figure,
        pattern,
        regions,
        wants,
    }
}

/// Every figure that is a network, in the article's order. The chart is [`crate::peering::chart`].
pub const PRESETS: &[Preset] = &[
    preset(
        "manager-hub-spoke",
        "Virtual Network Manager: hub and spoke",
        "virtual-network-manager-connectivity-options",
        Pattern::AvnmHubSpoke,
        1,
        Wants::Managed,
    ),
    preset(
        "manager-mesh",
        "Virtual Network Manager: mesh",
        "virtual-network-manager-connectivity-options",
        Pattern::AvnmMesh,
        1,
        Wants::Managed,
    ),
    preset(
        "manager-direct",
        "Virtual Network Manager: hub and spoke with direct connectivity",
        "virtual-network-manager-connectivity-options",
        Pattern::AvnmHubSpokeDirect,
        1,
        Wants::Managed,
    ),
    preset(
        "direct-1",
        "One region, direct",
        "spoke-to-spoke-through-peerings",
        Pattern::PeeringMesh,
        1,
        Wants::Direct,
    ),
    preset(
        "direct-2",
        "Two regions, full mesh",
        "spoke-to-spoke-through-peerings-2-hubs-full-mesh",
        Pattern::PeeringMesh,
        2,
        Wants::Direct,
    ),
    preset(
        "firewall-1",
        "One region through a firewall",
        "spoke-to-spoke-via-nva",
        Pattern::HubFirewall,
        1,
        Wants::Inspection,
    ),
    preset(
        "split-1",
        "One region, north-south and east-west apart",
        "spoke-to-spoke-via-nva-north-south",
        Pattern::HubSplit,
        1,
        Wants::Inspection,
    ),
    preset(
        "firewall-2",
        "Two regions through firewalls",
        "spoke-to-spoke-via-nva-2-hubs",
        Pattern::HubFirewall,
        2,
        Wants::Inspection,
    ),
    preset(
        "split-2",
        "Two regions, north-south and east-west apart",
        "spoke-to-spoke-via-nva-2-hubs-north-south",
        Pattern::HubSplit,
        2,
        Wants::Inspection,
    ),
    preset(
        "vwan-2",
        "Two regions on Virtual WAN",
        "spoke-to-spoke-through-virtual-wan",
        Pattern::Vwan,
        2,
        Wants::Direct,
    ),
    preset(
        "selective-2",
        "Two hubs with one chosen pair",
        "spoke-to-spoke-through-selective-peerings-2-hubs",
        Pattern::HubSelective,
        2,
        Wants::ChosenPair,
    ),
    preset(
        "regional-2",
        "Two hubs with a mesh in each region",
        "spoke-to-spoke-through-peerings-2-hubs",
        Pattern::RegionalMeshHub,
        2,
        Wants::Mixed,
    ),
    preset(
        "vwan-regional-2",
        "Virtual WAN with a mesh in each region",
        "spoke-to-spoke-through-peerings-virtual-wan",
        Pattern::VwanRegionalMesh,
        2,
        Wants::Direct,
    ),
];

impl Preset {
    /// The preset of that short name.
    #[must_use]
    pub fn named(id: &str) -> Option<&'static Self> {
        PRESETS.iter().find(|preset| preset.id == id)
    }

    /// The article.
    #[must_use]
    pub const fn source(&self) -> Source {
        ARTICLE
    }

    /// What the figure asks for.
    #[must_use]
    pub fn intent(&self) -> Intent {
        let regions = [
            RegionIntent::new("eastus", 3),
            RegionIntent::new("westus", 3),
        ];
        let mut intent = Intent {
            regions: regions.into_iter().take(self.regions).collect(),
            ..Intent::default()
        };
        if self.wants != Wants::Inspection {
            intent.inspection = Inspection::None;
        }
        if matches!(self.wants, Wants::Direct | Wants::Managed) {
            intent.internet = InternetPath::Any;
        }
        if self.wants == Wants::Managed {
            intent.peerings = PeeringManagement::NetworkManagerStatic;
        }
        if self.wants == Wants::ChosenPair {
            intent.inspection = Inspection::All;
            intent.direct_pairs = vec![Pair::new("eastus-spoke1", "westus-spoke1")];
        }
        intent
    }

    /// The network that the figure shows.
    ///
    /// ```
    /// use interspoke_core::pattern::preset::Preset;
    /// let network = Preset::named("direct-1").unwrap().network();
    /// assert_eq!((network.vnets.len(), network.peerings.len()), (4, 12));
    /// ```
    #[must_use]
    pub fn network(&self) -> NetworkSpec {
        let intent = self.intent();
        AddressPlan::new(&intent)
            .map(|plan| self.pattern.blueprint(&intent, &plan))
            .unwrap_or_default()
    }
}
