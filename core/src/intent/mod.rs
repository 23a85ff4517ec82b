//! What a person asks for, before anything exists: regions, spokes, who may talk to whom, and what it must bear.
//!
//! The rule: an [`Intent`] has a default for every member, so an empty one is the question "two regions with three
//! spokes each, everything through a firewall". [`Intent::check`] reports every problem at once; [`AddressPlan`]
//! gives each network its range; a pattern of [`crate::pattern`] turns both into a network.
//!
//! | member | default |
//! |---|---|
//! | `regions` | East US and West US 2, three spokes each, addresses chosen |
//! | `inspection` | all spoke-to-spoke traffic; `internet`: through the firewall |
//! | `onPremises` | none |
//! | `hub` | either managed by oneself or by Microsoft |
//! | `appliance` | Azure Firewall Standard |
//! | `traffic` | 1,000 GB a month in each region between its spokes, 1,000 GB between the regions, each direction |
//! | everything else | off |
//!
//! Left out: IPv6 (a prefix of it is refused with a sentence), names of one's own for hubs and spokes.

mod check;
mod plan;
mod traffic;

pub use crate::price::TrafficUnit;
pub use check::Problem;
pub use plan::{AddressPlan, RegionPlan, Slot, SpokePlan};
pub(crate) use plan::{bits_for, free_ranges};
pub use traffic::{MatrixEntry, TrafficFigure, TrafficIntent};

use crate::json::{self, JsonError, is_default};
use crate::spec::{CircuitFamily, CircuitPlanSpec, CircuitTier};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::VariantNames;

/// Everything that is asked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Intent {
    /// Where the spokes are.
    pub regions: Vec<RegionIntent>,
    /// Prefix length of spokes whose ranges are chosen.
    pub spoke_prefix_length: u8,
    /// Names of environments, as `dev` and `prod`; spokes take them in turn unless a region lists its own.
    pub environments: Vec<String>,
    /// What two environments, or one with itself, may do; pairs that are not listed follow `inspection`.
    pub environment_rules: Vec<EnvironmentRule>,
    /// Which spoke-to-spoke traffic an appliance must see.
    pub inspection: Inspection,
    /// How spokes reach the Internet.
    pub internet: InternetPath,
    /// What attaches on-premises networks.
    pub on_premises: OnPremises,
    /// Ranges on-premises.
    pub on_premises_prefixes: Vec<String>,
    /// The ExpressRoute circuit; absent: 1 Gbps with metered data, Premium where the
    /// regions are neither one nor all in Europe or in North America.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub circuit: Option<CircuitPlanSpec>,
    /// Whether networks of other clouds must be reached.
    pub other_clouds: bool,
    /// Their ranges.
    pub other_cloud_prefixes: Vec<String>,
    /// How much traffic there is.
    pub traffic: TrafficIntent,
    /// Peak between two spokes, in Mbps; 0: not said.
    pub peak_pair_mbps: u32,
    /// Peak of all spokes of one region, in Mbps; 0: not said.
    pub peak_region_mbps: u32,
    /// Longest round trip between two spokes in milliseconds; 0: not said.
    pub latency_ceiling_ms: u32,
    /// Whether traffic between spokes must be encrypted inside Azure.
    pub encryption: bool,
    /// Pairs of spokes that need a direct path, whatever `inspection` says.
    pub direct_pairs: Vec<Pair>,
    /// Who runs the hub.
    pub hub: HubManagement,
    /// The appliance.
    pub appliance: ApplianceIntent,
    /// Who makes peerings.
    pub peerings: PeeringManagement,
    /// Whether spokes belong to several tenants.
    pub several_tenants: bool,
    /// Names of spokes that own a gateway or an SD-WAN device.
    pub spokes_with_gateway: Vec<String>,
    /// Growth of spokes and traffic in per cent a year, compounded monthly.
    pub growth_percent: u32,
    /// Hubs in each region; 0: as few as the limits allow.
    #[serde(skip_serializing_if = "is_default")]
    pub hubs_per_region: u32,
    /// Machines with an address in each spoke; 0: not said.
    #[serde(skip_serializing_if = "is_default")]
    pub machines_per_spoke: u32,
    /// How large a connected group may be.
    #[serde(skip_serializing_if = "is_default")]
    pub connected_groups: ConnectedGroupSize,
}

impl Intent {
    /// The circuit that is asked for, or the one that is taken where none is named.
    ///
    /// ```
    /// use interspoke_core::{intent::{Intent, RegionIntent}, spec::CircuitTier};
    /// let far = Intent { regions: vec![RegionIntent::new("eastus", 1), RegionIntent::new("westeurope", 1)], ..Intent::default() };
    /// assert_eq!(Intent::default().circuit_plan().tier, CircuitTier::Standard);
    /// assert_eq!(far.circuit_plan().tier, CircuitTier::Premium);
    /// ```
    #[must_use]
    pub fn circuit_plan(&self) -> CircuitPlanSpec {
        let names: Vec<&str> = self
            .regions
            .iter()
            .map(|region| region.region.as_str())
            .collect();
        let tier = if crate::price::one_continent(&names) {
            CircuitTier::Standard
        } else {
            CircuitTier::Premium
        };
        self.circuit.unwrap_or(CircuitPlanSpec {
            tier,
            family: CircuitFamily::MeteredData,
            bandwidth_in_mbps: 1_000,
        })
    }
}

impl Default for Intent {
    /// Two regions with three spokes each, everything through Azure Firewall Standard.
    fn default() -> Self {
        Self {
            regions: vec![
                RegionIntent::new("eastus", 3),
                RegionIntent::new("westus2", 3),
            ],
            spoke_prefix_length: 24,
            environments: Vec::new(),
            environment_rules: Vec::new(),
            inspection: Inspection::All,
            internet: InternetPath::Firewall,
            on_premises: OnPremises::None,
            on_premises_prefixes: vec!["192.168.0.0/16".to_owned()],
            circuit: None,
            other_clouds: false,
            other_cloud_prefixes: vec!["172.31.0.0/16".to_owned()],
            traffic: TrafficIntent::default(),
            peak_pair_mbps: 0,
            peak_region_mbps: 0,
            latency_ceiling_ms: 0,
            encryption: false,
            direct_pairs: Vec::new(),
            hub: HubManagement::Either,
            appliance: ApplianceIntent::default(),
            peerings: PeeringManagement::ByHand,
            several_tenants: false,
            spokes_with_gateway: Vec::new(),
            growth_percent: 0,
            hubs_per_region: 0,
            machines_per_spoke: 0,
            connected_groups: ConnectedGroupSize::Usual,
        }
    }
}

/// One region.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct RegionIntent {
    /// Azure region, as `eastus`.
    pub region: String,
    /// How many spokes.
    pub spokes: u32,
    /// A range for the hub and the spokes of the region; absent: chosen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prefix: Option<String>,
    /// A range for each spoke in turn; empty: chosen inside the region's range.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub spoke_prefixes: Vec<String>,
    /// The environment of each spoke in turn; empty: the Intent's environments in turn.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub spoke_environments: Vec<String>,
}

impl RegionIntent {
    /// A region with so many spokes, addresses to be chosen.
    #[must_use]
    pub fn new(region: &str, spokes: u32) -> Self {
        Self {
            region: region.to_owned(),
            spokes,
            ..Self::default()
        }
    }

    /// The name of a spoke of this region, counted from 0.
    ///
    /// ```
    /// assert_eq!(interspoke_core::intent::RegionIntent::new("eastus", 3).spoke_name(0), "eastus-spoke1");
    /// ```
    #[must_use]
    pub fn spoke_name(&self, position: u32) -> String {
        format!("{}-spoke{}", self.region, position.saturating_add(1))
    }
}

/// What two environments may do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct EnvironmentRule {
    /// One environment.
    pub a: String,
    /// The other, or the same.
    pub b: String,
    /// What is asked of their pairs.
    pub talk: Demand,
}

/// What is asked of a pair of spokes.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    JsonSchema,
    VariantNames,
)]
#[serde(rename_all = "camelCase")]
#[strum(serialize_all = "camelCase")]
pub enum Demand {
    /// They reach each other, whatever the way.
    Reachable,
    /// They reach each other and nothing forwards between them.
    Direct,
    /// They reach each other through an appliance that inspects.
    Inspected,
    /// They do not reach each other.
    Isolated,
}

/// Which spoke-to-spoke traffic an appliance must see.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, VariantNames,
)]
#[serde(rename_all = "camelCase")]
#[strum(serialize_all = "camelCase")]
pub enum Inspection {
    /// None has to.
    None,
    /// What crosses from one environment to another.
    BetweenEnvironments,
    /// All of it.
    #[default]
    All,
}

/// How spokes reach the Internet.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, VariantNames,
)]
#[serde(rename_all = "camelCase")]
#[strum(serialize_all = "camelCase")]
pub enum InternetPath {
    /// Any way.
    Any,
    /// Through an appliance that inspects.
    #[default]
    Firewall,
}

/// What attaches on-premises networks.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, VariantNames,
)]
#[serde(rename_all = "camelCase")]
#[strum(serialize_all = "camelCase")]
pub enum OnPremises {
    /// There are none.
    #[default]
    None,
    /// VPN.
    Vpn,
    /// ExpressRoute.
    ExpressRoute,
    /// Both.
    Both,
}

/// Who runs the hub.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, VariantNames,
)]
#[serde(rename_all = "camelCase")]
#[strum(serialize_all = "camelCase")]
pub enum HubManagement {
    /// Either is fine.
    #[default]
    Either,
    /// A hub virtual network of one's own.
    SelfManaged,
    /// Virtual WAN.
    MicrosoftManaged,
}

/// Who makes peerings.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, VariantNames,
)]
#[serde(rename_all = "camelCase")]
#[strum(serialize_all = "camelCase")]
pub enum PeeringManagement {
    /// A person or a template, one by one.
    #[default]
    ByHand,
    /// Virtual Network Manager, members listed.
    NetworkManagerStatic,
    /// Virtual Network Manager, members by policy.
    NetworkManagerDynamic,
}

/// How large a connected group of Virtual Network Manager may be.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, VariantNames,
)]
#[serde(rename_all = "camelCase")]
#[strum(serialize_all = "camelCase")]
pub enum ConnectedGroupSize {
    /// 250 VNets.
    #[default]
    #[serde(rename = "")]
    #[strum(serialize = "")]
    Usual,
    /// 3,000 VNets, with the high-scale option registered.
    HighScale,
    /// 5,000 VNets, by a request.
    OnRequest,
}

impl ConnectedGroupSize {
    /// The short name of the limit of its members.
    ///
    /// ```
    /// use interspoke_core::{intent::ConnectedGroupSize, limit::Limit};
    /// assert_eq!(Limit::named(ConnectedGroupSize::HighScale.limit()).unwrap().value, 3_000);
    /// ```
    #[must_use]
    pub const fn limit(self) -> &'static str {
        match self {
            Self::Usual => "avnm.connected_group",
            Self::HighScale => "avnm.connected_group.high_scale",
            Self::OnRequest => "avnm.connected_group.on_request",
        }
    }
}

/// What a firewall's intrusion prevention does.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, VariantNames,
)]
#[serde(rename_all = "camelCase")]
#[strum(serialize_all = "camelCase")]
pub enum IntrusionPrevention {
    /// Nothing.
    #[default]
    Off,
    /// It tells; Azure Firewall Premium.
    Alert,
    /// It drops; Azure Firewall Premium.
    Deny,
}

/// The appliance that inspects.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct ApplianceIntent {
    /// What it is.
    pub kind: ApplianceChoice,
    /// Tier of Azure Firewall.
    pub tier: FirewallTier,
    /// Virtual machine size of an NVA.
    pub nva_size: String,
    /// NVAs in each hub.
    pub nva_count: u8,
    /// What intrusion prevention does; anything but off takes Azure Firewall Premium.
    #[serde(skip_serializing_if = "is_default")]
    pub intrusion_prevention: IntrusionPrevention,
}

impl Default for ApplianceIntent {
    /// Azure Firewall Standard; where a pattern uses NVAs, two of size `D4s_v5`.
    fn default() -> Self {
        Self {
            kind: ApplianceChoice::AzureFirewall,
            tier: FirewallTier::Standard,
            nva_size: "D4s_v5".to_owned(),
            nva_count: 2,
            intrusion_prevention: IntrusionPrevention::Off,
        }
    }
}

/// What kind of appliance is wanted.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, VariantNames,
)]
#[serde(rename_all = "camelCase")]
#[strum(serialize_all = "camelCase")]
pub enum ApplianceChoice {
    /// None.
    None,
    /// Azure Firewall.
    #[default]
    AzureFirewall,
    /// Virtual machines of a vendor.
    Nva,
}

/// Tiers of Azure Firewall.
#[derive(
    Debug,
    Clone,
    Copy,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    JsonSchema,
    VariantNames,
)]
pub enum FirewallTier {
    /// Basic.
    Basic,
    /// Standard.
    #[default]
    Standard,
    /// Premium.
    Premium,
}

impl FirewallTier {
    /// Azure's word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Basic => "Basic",
            Self::Standard => "Standard",
            Self::Premium => "Premium",
        }
    }
}

/// Two spokes by name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Pair {
    /// One.
    pub a: String,
    /// The other.
    pub b: String,
}

impl Pair {
    /// Two spokes.
    #[must_use]
    pub fn new(a: &str, b: &str) -> Self {
        Self {
            a: a.to_owned(),
            b: b.to_owned(),
        }
    }

    fn joins(&self, a: &str, b: &str) -> bool {
        (self.a == a && self.b == b) || (self.a == b && self.b == a)
    }
}

impl Intent {
    /// Every problem of the Intent, in the order of its members; empty where it can be planned.
    ///
    /// ```
    /// use interspoke_core::intent::Intent;
    /// let mut intent = Intent::default();
    /// assert!(intent.check().is_empty());
    /// intent.regions[0].prefix = Some("10.0.0.0/99".to_owned());
    /// intent.growth_percent = 5_000;
    /// let problems: Vec<String> = intent.check().iter().map(|problem| problem.path.clone()).collect();
    /// assert_eq!(problems, ["regions[0].prefix", "growthPercent"]);
    /// ```
    #[must_use]
    pub fn check(&self) -> Vec<Problem> {
        check::problems(self)
    }

    /// What is asked of a pair of spokes: chosen pairs first, then the rules of their environments, then `inspection`.
    #[must_use]
    pub fn demand(&self, a: &SpokePlan, b: &SpokePlan) -> Demand {
        if self.is_chosen(a, b) {
            return Demand::Direct;
        }
        let between = a.environment != b.environment;
        let rule = self.environment_rules.iter().find(|rule| {
            let pair = Pair::new(&rule.a, &rule.b);
            pair.joins(a.environment_name(self), b.environment_name(self))
        });
        match (rule, self.inspection) {
            (Some(rule), _) => rule.talk,
            (None, Inspection::All) => Demand::Inspected,
            (None, Inspection::BetweenEnvironments) if between => Demand::Inspected,
            (None, _) => Demand::Reachable,
        }
    }

    /// Whether two spokes are one of the pairs that need a direct path.
    #[must_use]
    pub fn is_chosen(&self, a: &SpokePlan, b: &SpokePlan) -> bool {
        self.direct_pairs
            .iter()
            .any(|pair| pair.joins(&a.name, &b.name))
    }

    /// Whether a VPN gateway is needed to reach what lies outside Azure.
    #[must_use]
    pub const fn wants_vpn(&self) -> bool {
        matches!(self.on_premises, OnPremises::Vpn | OnPremises::Both) || self.other_clouds
    }

    /// Whether an ExpressRoute gateway is needed.
    #[must_use]
    pub const fn wants_express_route(&self) -> bool {
        matches!(
            self.on_premises,
            OnPremises::ExpressRoute | OnPremises::Both
        )
    }

    /// Whether peerings between hubs and spokes are made by Virtual Network Manager.
    #[must_use]
    pub fn is_managed(&self) -> bool {
        self.peerings != PeeringManagement::ByHand
    }

    /// Whether the Internet must be reached through an appliance.
    #[must_use]
    pub fn inspects_internet(&self) -> bool {
        self.internet == InternetPath::Firewall
    }

    /// Reads a saved Intent.
    ///
    /// # Errors
    /// The text is not JSON, or has a member that an Intent does not have.
    pub fn from_json(text: &str) -> Result<Self, JsonError> {
        json::read(text)
    }
}
