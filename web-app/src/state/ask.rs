//! What can be asked for, field by field: how each member of an Intent is shown, chosen and typed.
//!
//! The rule: a field is named by [`Ask`] and nothing else; its value is a position among words, or a text. Words and
//! captions stand in the message catalogue.

use super::environments;
use interspoke_core::intent::{
    ApplianceChoice, ConnectedGroupSize, Demand, EnvironmentRule, FirewallTier, HubManagement,
    Inspection, Intent, InternetPath, IntrusionPrevention, MatrixEntry, OnPremises, Pair,
    PeeringManagement, RegionIntent, TrafficFigure, TrafficIntent, TrafficUnit,
};
use interspoke_core::pattern::Pattern;
use interspoke_core::region;
use interspoke_core::spec::{CircuitFamily, CircuitPlanSpec, CircuitTier};
use interspoke_core::units::GbPerMonth;

/// A field of the Intent.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
pub enum Ask {
    /// Which spoke-to-spoke traffic is inspected.
    Inspection,
    /// The way to the Internet.
    Internet,
    /// What attaches on-premises networks.
    OnPremises,
    /// Who runs the hub.
    Hub,
    /// The appliance.
    Appliance,
    /// Tier of Azure Firewall.
    Tier,
    /// Who makes peerings.
    Peerings,
    /// Encryption inside Azure.
    Encryption,
    /// Several tenants.
    Tenants,
    /// Other clouds.
    Clouds,
    /// Names of environments.
    Environments,
    /// What two environments may do, by the position of their pair.
    Rule(usize),
    /// GB a month within each region.
    Within,
    /// GB a month between regions.
    Between,
    /// GB a month to and from on-premises.
    ToOnPremises,
    /// Peak of a pair in Mbps.
    PeakPair,
    /// Peak of a region in Mbps.
    PeakRegion,
    /// Longest round trip.
    Latency,
    /// Growth a year.
    Growth,
    /// Hubs in each region.
    Hubs,
    /// Machines in each spoke.
    Machines,
    /// How large a connected group may be.
    Groups,
    /// What a firewall's intrusion prevention does.
    Prevention,
    /// Azure region at a position.
    Region(usize),
    /// Its spokes.
    Spokes(usize),
    /// Its range.
    Range(usize),
    /// First spoke of a chosen pair.
    PairA(usize),
    /// Second spoke of a chosen pair.
    PairB(usize),
    /// Prefix length of spokes whose ranges are chosen.
    PrefixLength,
    /// A range for each spoke of a region.
    SpokeRanges(usize),
    /// The environment of each spoke of a region.
    SpokeEnvironments(usize),
    /// Virtual machine size of an NVA.
    NvaSize,
    /// NVAs in each hub.
    NvaCount,
    /// Reach of the ExpressRoute circuit.
    CircuitTier,
    /// How its data is charged.
    CircuitData,
    /// Its bandwidth in Mbps.
    CircuitMbps,
    /// Ranges on-premises.
    SiteRanges,
    /// Ranges of other clouds.
    CloudRanges,
    /// Spokes that own a gateway.
    Gateways,
    /// GB a month to the Internet.
    ToInternet,
    /// What a traffic figure counts.
    UnitWithin,
    /// What a traffic figure counts.
    UnitBetween,
    /// What a traffic figure counts.
    UnitOnPremises,
    /// What a traffic figure counts.
    UnitInternet,
    /// One spoke of a pair with traffic of its own.
    MatrixA(usize),
    /// The other.
    MatrixB(usize),
    /// Its GB a month.
    MatrixGb(usize),
}

/// A change of what is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AskMsg {
    /// A word was chosen, by its position.
    Choose(Ask, usize),
    /// A text was chosen from a list.
    Pick(Ask, String),
    /// One more region.
    AddRegion,
    /// One region less.
    RemoveRegion(usize),
    /// One more pair that needs a direct path.
    AddPair,
    /// One less.
    RemovePair(usize),
    /// These pairs get a direct path.
    Link(Vec<Pair>),
    /// One more pair with traffic of its own.
    AddFlow,
    /// One less.
    RemoveFlow(usize),
    /// A pattern draws the network.
    Draw(Pattern),
    /// A figure of the article opens, by its id.
    Figure(&'static str),
    /// Open what people join spokes for.
    Use(&'static str),
}

const GROUPS: [ConnectedGroupSize; 3] = [
    ConnectedGroupSize::Usual,
    ConnectedGroupSize::HighScale,
    ConnectedGroupSize::OnRequest,
];
const PREVENTION: [IntrusionPrevention; 3] = [
    IntrusionPrevention::Off,
    IntrusionPrevention::Alert,
    IntrusionPrevention::Deny,
];
const INSPECTION: [Inspection; 3] = [
    Inspection::None,
    Inspection::BetweenEnvironments,
    Inspection::All,
];
const INTERNET: [InternetPath; 2] = [InternetPath::Any, InternetPath::Firewall];
const ON_PREMISES: [OnPremises; 4] = [
    OnPremises::None,
    OnPremises::Vpn,
    OnPremises::ExpressRoute,
    OnPremises::Both,
];
const HUB: [HubManagement; 3] = [
    HubManagement::SelfManaged,
    HubManagement::MicrosoftManaged,
    HubManagement::Either,
];
const APPLIANCE: [ApplianceChoice; 3] = [
    ApplianceChoice::None,
    ApplianceChoice::AzureFirewall,
    ApplianceChoice::Nva,
];
const TIER: [FirewallTier; 3] = [
    FirewallTier::Basic,
    FirewallTier::Standard,
    FirewallTier::Premium,
];
const PEERINGS: [PeeringManagement; 3] = [
    PeeringManagement::ByHand,
    PeeringManagement::NetworkManagerStatic,
    PeeringManagement::NetworkManagerDynamic,
];
const DEMAND: [Demand; 4] = [
    Demand::Reachable,
    Demand::Direct,
    Demand::Inspected,
    Demand::Isolated,
];

const CIRCUIT_TIER: [CircuitTier; 3] = [
    CircuitTier::Local,
    CircuitTier::Standard,
    CircuitTier::Premium,
];
const CIRCUIT_DATA: [CircuitFamily; 2] = [CircuitFamily::MeteredData, CircuitFamily::UnlimitedData];
const UNIT: [TrafficUnit; 2] = [TrafficUnit::Total, TrafficUnit::PerPair];

/// Regions that are offered first when one is added.
const NEXT_REGIONS: [&str; 6] = [
    "eastus",
    "westus2",
    "westeurope",
    "southeastasia",
    "northeurope",
    "centralus",
];

/// Pairs of environments, one with itself included, in the order of their names.
#[must_use]
pub fn environment_pairs(intent: &Intent) -> Vec<(String, String)> {
    let names = &intent.environments;
    let mut pairs = Vec::new();
    for (i, a) in names.iter().enumerate() {
        for b in names.iter().skip(i) {
            pairs.push((a.clone(), b.clone()));
        }
    }
    pairs
}

/// The position of a field's value among its words.
#[must_use]
pub fn chosen(intent: &Intent, ask: Ask) -> Option<usize> {
    fn at<T: PartialEq>(all: &[T], one: &T) -> Option<usize> {
        all.iter().position(|each| each == one)
    }
    match ask {
        Ask::Inspection => at(&INSPECTION, &intent.inspection),
        Ask::Internet => at(&INTERNET, &intent.internet),
        Ask::OnPremises => at(&ON_PREMISES, &intent.on_premises),
        Ask::Hub => at(&HUB, &intent.hub),
        Ask::Appliance => at(&APPLIANCE, &intent.appliance.kind),
        Ask::Tier => at(&TIER, &intent.appliance.tier),
        Ask::Peerings => at(&PEERINGS, &intent.peerings),
        Ask::Groups => at(&GROUPS, &intent.connected_groups),
        Ask::Prevention => at(&PREVENTION, &intent.appliance.intrusion_prevention),
        Ask::Encryption => Some(usize::from(intent.encryption)),
        Ask::Tenants => Some(usize::from(intent.several_tenants)),
        Ask::Clouds => Some(usize::from(intent.other_clouds)),
        Ask::CircuitTier => at(&CIRCUIT_TIER, &intent.circuit_plan().tier),
        Ask::CircuitData => at(&CIRCUIT_DATA, &intent.circuit_plan().family),
        Ask::UnitWithin | Ask::UnitBetween | Ask::UnitOnPremises | Ask::UnitInternet => {
            at(&UNIT, &figure_of(&intent.traffic, ask)?.unit)
        }
        Ask::Rule(at_pair) => {
            let pairs = environment_pairs(intent);
            let (a, b) = pairs.get(at_pair)?;
            let rule = intent.environment_rules.iter().find(|r| joins(r, a, b));
            Some(rule.and_then(|r| at(&DEMAND, &r.talk)).map_or(0, |i| i + 1))
        }
        _ => None,
    }
}

fn joins(rule: &EnvironmentRule, a: &str, b: &str) -> bool {
    (rule.a == a && rule.b == b) || (rule.a == b && rule.b == a)
}

/// Sets a field to the word at a position; a position without a word changes nothing.
pub(super) fn choose(intent: &mut Intent, ask: Ask, at: usize) {
    fn set<T: Copy>(slot: &mut T, all: &[T], at: usize) {
        if let Some(one) = all.get(at) {
            *slot = *one;
        }
    }
    match ask {
        Ask::Inspection => set(&mut intent.inspection, &INSPECTION, at),
        Ask::Internet => set(&mut intent.internet, &INTERNET, at),
        Ask::OnPremises => set(&mut intent.on_premises, &ON_PREMISES, at),
        Ask::Hub => set(&mut intent.hub, &HUB, at),
        Ask::Appliance => set(&mut intent.appliance.kind, &APPLIANCE, at),
        Ask::Tier => set(&mut intent.appliance.tier, &TIER, at),
        Ask::Peerings => set(&mut intent.peerings, &PEERINGS, at),
        Ask::Groups => set(&mut intent.connected_groups, &GROUPS, at),
        Ask::Prevention => set(&mut intent.appliance.intrusion_prevention, &PREVENTION, at),
        Ask::Encryption => intent.encryption = at == 1,
        Ask::Tenants => intent.several_tenants = at == 1,
        Ask::Clouds => intent.other_clouds = at == 1,
        Ask::CircuitTier => set(&mut circuit(intent).tier, &CIRCUIT_TIER, at),
        Ask::CircuitData => set(&mut circuit(intent).family, &CIRCUIT_DATA, at),
        Ask::UnitWithin | Ask::UnitBetween | Ask::UnitOnPremises | Ask::UnitInternet => {
            if let Some(figure) = figure_in(&mut intent.traffic, ask) {
                set(&mut figure.unit, &UNIT, at);
            }
        }
        Ask::Rule(pair) => {
            let pairs = environment_pairs(intent);
            let Some((a, b)) = pairs.get(pair) else {
                return;
            };
            intent.environment_rules.retain(|rule| !joins(rule, a, b));
            if let Some(talk) = at.checked_sub(1).and_then(|at| DEMAND.get(at)) {
                intent.environment_rules.push(EnvironmentRule {
                    a: a.clone(),
                    b: b.clone(),
                    talk: *talk,
                });
            }
        }
        _ => {}
    }
}

/// The circuit, named from now on.
fn circuit(intent: &mut Intent) -> &mut CircuitPlanSpec {
    let taken = intent.circuit_plan();
    intent.circuit.get_or_insert(taken)
}

/// The traffic figure of a field, or of its unit.
fn figure_of(traffic: &TrafficIntent, ask: Ask) -> Option<&TrafficFigure> {
    match ask {
        Ask::Within | Ask::UnitWithin => Some(&traffic.within_regions),
        Ask::Between | Ask::UnitBetween => Some(&traffic.between_regions),
        Ask::ToOnPremises | Ask::UnitOnPremises => Some(&traffic.to_on_premises),
        Ask::ToInternet | Ask::UnitInternet => Some(&traffic.to_internet),
        _ => None,
    }
}

fn figure_in(traffic: &mut TrafficIntent, ask: Ask) -> Option<&mut TrafficFigure> {
    match ask {
        Ask::Within | Ask::UnitWithin => Some(&mut traffic.within_regions),
        Ask::Between | Ask::UnitBetween => Some(&mut traffic.between_regions),
        Ask::ToOnPremises | Ask::UnitOnPremises => Some(&mut traffic.to_on_premises),
        Ask::ToInternet | Ask::UnitInternet => Some(&mut traffic.to_internet),
        _ => None,
    }
}

/// The field of the unit of a traffic figure.
#[must_use]
pub const fn unit(ask: Ask) -> Option<Ask> {
    match ask {
        Ask::Within => Some(Ask::UnitWithin),
        Ask::Between => Some(Ask::UnitBetween),
        Ask::ToOnPremises => Some(Ask::UnitOnPremises),
        Ask::ToInternet => Some(Ask::UnitInternet),
        _ => None,
    }
}

/// A list that is typed as one text.
fn list_in(intent: &mut Intent, ask: Ask) -> Option<&mut Vec<String>> {
    match ask {
        Ask::SpokeRanges(at) => intent.regions.get_mut(at).map(|r| &mut r.spoke_prefixes),
        Ask::SiteRanges => Some(&mut intent.on_premises_prefixes),
        Ask::CloudRanges => Some(&mut intent.other_cloud_prefixes),
        Ask::Gateways => Some(&mut intent.spokes_with_gateway),
        _ => None,
    }
}

/// A field's value as text.
#[must_use]
pub fn written(intent: &Intent, ask: Ask) -> String {
    let region = |at: usize| intent.regions.get(at);
    let gb = |gb: GbPerMonth| gb.0.to_string();
    let number = |n: u32| if n == 0 { String::new() } else { n.to_string() };
    match ask {
        Ask::Environments => intent.environments.join(", "),
        Ask::Within | Ask::Between | Ask::ToOnPremises | Ask::ToInternet => {
            figure_of(&intent.traffic, ask).map_or_else(String::new, |figure| gb(figure.gb))
        }
        Ask::PeakPair => number(intent.peak_pair_mbps),
        Ask::PeakRegion => number(intent.peak_region_mbps),
        Ask::Latency => number(intent.latency_ceiling_ms),
        Ask::Growth => number(intent.growth_percent),
        Ask::Hubs => number(intent.hubs_per_region),
        Ask::Machines => number(intent.machines_per_spoke),
        Ask::Region(at) => region(at).map_or_else(String::new, |r| r.region.clone()),
        Ask::Spokes(at) => region(at).map_or_else(String::new, |r| r.spokes.to_string()),
        Ask::Range(at) => region(at)
            .and_then(|r| r.prefix.clone())
            .unwrap_or_default(),
        Ask::PairA(at) => pair(intent, at).map_or_else(String::new, |p| p.a.clone()),
        Ask::PairB(at) => pair(intent, at).map_or_else(String::new, |p| p.b.clone()),
        Ask::PrefixLength => intent.spoke_prefix_length.to_string(),
        Ask::CircuitMbps => intent.circuit_plan().bandwidth_in_mbps.to_string(),
        Ask::NvaSize => intent.appliance.nva_size.clone(),
        Ask::NvaCount => intent.appliance.nva_count.to_string(),
        Ask::SpokeRanges(at) => {
            region(at).map_or_else(String::new, |r| r.spoke_prefixes.join(", "))
        }
        Ask::SpokeEnvironments(at) => region(at).map_or_else(String::new, |r| {
            environments::written(&r.spoke_environments)
        }),
        Ask::SiteRanges => intent.on_premises_prefixes.join(", "),
        Ask::CloudRanges => intent.other_cloud_prefixes.join(", "),
        Ask::Gateways => intent.spokes_with_gateway.join(", "),
        Ask::MatrixA(at) => flow(intent, at).map_or_else(String::new, |f| f.a.clone()),
        Ask::MatrixB(at) => flow(intent, at).map_or_else(String::new, |f| f.b.clone()),
        Ask::MatrixGb(at) => flow(intent, at).map_or_else(String::new, |f| gb(f.gb)),
        _ => String::new(),
    }
}

fn pair(intent: &Intent, at: usize) -> Option<&Pair> {
    intent.direct_pairs.get(at)
}

fn flow(intent: &Intent, at: usize) -> Option<&MatrixEntry> {
    intent.traffic.matrix.get(at)
}

/// The parts of a list.
fn parts(text: &str) -> Vec<String> {
    let parts = text.split(',').map(str::trim).filter(|n| !n.is_empty());
    parts.map(str::to_owned).collect()
}

/// Sets a field to a text.
///
/// # Errors
/// What was expected and what was found; the Intent stays as it was.
pub(super) fn write(intent: &mut Intent, ask: Ask, text: &str) -> Result<(), String> {
    let text = text.trim();
    match ask {
        Ask::Environments => {
            intent.environments = parts(text);
            let known = intent.environments.clone();
            intent
                .environment_rules
                .retain(|rule| known.contains(&rule.a) && known.contains(&rule.b));
        }
        Ask::Within | Ask::Between | Ask::ToOnPremises | Ask::ToInternet => {
            let gb = volume(text)?;
            if let Some(figure) = figure_in(&mut intent.traffic, ask) {
                figure.gb = gb;
            }
        }
        Ask::MatrixGb(at) => {
            let gb = volume(text)?;
            if let Some(flow) = intent.traffic.matrix.get_mut(at) {
                flow.gb = gb;
            }
        }
        Ask::MatrixA(at) | Ask::MatrixB(at) => {
            if let Some(flow) = intent.traffic.matrix.get_mut(at) {
                let slot = if ask == Ask::MatrixA(at) {
                    &mut flow.a
                } else {
                    &mut flow.b
                };
                text.clone_into(slot);
            }
        }
        // What is too large for the member is refused by it.
        Ask::PrefixLength => {
            intent.spoke_prefix_length = u8::try_from(number(text)?).unwrap_or(u8::MAX)
        }
        Ask::NvaCount => {
            intent.appliance.nva_count = u8::try_from(number(text)?).unwrap_or(u8::MAX)
        }
        Ask::CircuitMbps => circuit(intent).bandwidth_in_mbps = number(text)?,
        Ask::NvaSize => text.clone_into(&mut intent.appliance.nva_size),
        Ask::SpokeEnvironments(at) => {
            let known = intent.environments.clone();
            if let Some(region) = intent.regions.get_mut(at) {
                let spokes: Vec<String> =
                    (0..region.spokes).map(|n| region.spoke_name(n)).collect();
                region.spoke_environments = environments::read(text, &spokes, &known)?;
            }
        }
        Ask::SpokeRanges(_) | Ask::SiteRanges | Ask::CloudRanges | Ask::Gateways => {
            if let Some(list) = list_in(intent, ask) {
                *list = parts(text);
            }
        }
        Ask::PeakPair => intent.peak_pair_mbps = number(text)?,
        Ask::PeakRegion => intent.peak_region_mbps = number(text)?,
        Ask::Latency => intent.latency_ceiling_ms = number(text)?,
        Ask::Growth => intent.growth_percent = number(text)?,
        Ask::Hubs => intent.hubs_per_region = number(text)?,
        Ask::Machines => intent.machines_per_spoke = number(text)?,
        Ask::Region(at) => {
            let name =
                region::named(text).ok_or_else(|| crate::text::form::expected_region(text))?;
            if let Some(region) = intent.regions.get_mut(at) {
                let from = std::mem::replace(&mut region.region, name.to_owned());
                rename(intent, &from, name);
            }
        }
        Ask::Spokes(at) => {
            let spokes = number(text)?;
            if let Some(region) = intent.regions.get_mut(at) {
                region.spokes = spokes;
                region.spoke_prefixes.clear();
                region.spoke_environments.clear();
            }
        }
        Ask::Range(at) => {
            if let Some(region) = intent.regions.get_mut(at) {
                region.prefix = (!text.is_empty()).then(|| text.to_owned());
            }
        }
        Ask::PairA(at) | Ask::PairB(at) => {
            if let Some(pair) = intent.direct_pairs.get_mut(at) {
                let slot = if ask == Ask::PairA(at) {
                    &mut pair.a
                } else {
                    &mut pair.b
                };
                text.clone_into(slot);
            }
        }
        _ => {}
    }
    Ok(())
}

/// Spokes that are named follow the name of their region.
fn rename(intent: &mut Intent, from: &str, to: &str) {
    let pairs = intent.direct_pairs.iter_mut();
    let pairs = pairs.flat_map(|pair| [&mut pair.a, &mut pair.b]);
    let flows = intent.traffic.matrix.iter_mut();
    let flows = flows.flat_map(|flow| [&mut flow.a, &mut flow.b]);
    for name in pairs.chain(flows).chain(&mut intent.spokes_with_gateway) {
        let number = name
            .strip_prefix(from)
            .and_then(|rest| rest.strip_prefix("-spoke"));
        if let Some(number) = number {
            *name = format!("{to}-spoke{number}");
        }
    }
}

fn volume(text: &str) -> Result<GbPerMonth, String> {
    text.parse::<GbPerMonth>()
        .map_err(|error| error.to_string())
}

fn number(text: &str) -> Result<u32, String> {
    if text.is_empty() {
        return Ok(0);
    }
    let digits: String = text.chars().filter(|c| *c != ',').collect();
    digits
        .parse()
        .map_err(|_| crate::text::expected_number(text, u32::MAX))
}

/// Every spoke's name, as far as a list of them can be read.
#[must_use]
pub fn spoke_names(intent: &Intent) -> Vec<String> {
    const MOST: usize = 400;
    let names = intent
        .regions
        .iter()
        .flat_map(|region| (0..region.spokes).map(|at| region.spoke_name(at)));
    names.take(MOST).collect()
}

/// Every change but those that replace the network.
pub(super) fn change(intent: &mut Intent, msg: &AskMsg) {
    match msg {
        AskMsg::Choose(ask, at) => choose(intent, *ask, *at),
        // What a list offers can be read.
        AskMsg::Pick(ask, text) => write(intent, *ask, text).unwrap_or_default(),
        AskMsg::AddRegion => {
            let taken = |name: &&&str| intent.regions.iter().all(|r| r.region != **name);
            let next = NEXT_REGIONS.iter().find(taken).copied();
            intent
                .regions
                .push(RegionIntent::new(next.unwrap_or("eastus2"), 3));
        }
        AskMsg::RemoveRegion(at) => {
            if *at < intent.regions.len() && intent.regions.len() > 1 {
                intent.regions.remove(*at);
                let names = spoke_names(intent);
                intent
                    .direct_pairs
                    .retain(|p| names.contains(&p.a) && names.contains(&p.b));
                let matrix = &mut intent.traffic.matrix;
                matrix.retain(|f| names.contains(&f.a) && names.contains(&f.b));
                intent
                    .spokes_with_gateway
                    .retain(|name| names.contains(name));
            }
        }
        AskMsg::AddPair => {
            let names = spoke_names(intent);
            if let (Some(first), Some(last)) = (names.first(), names.last()) {
                intent.direct_pairs.push(Pair::new(first, last));
            }
        }
        AskMsg::Link(pairs) => intent.direct_pairs.extend(pairs.iter().cloned()),
        AskMsg::RemovePair(at) => {
            if *at < intent.direct_pairs.len() {
                intent.direct_pairs.remove(*at);
            }
        }
        AskMsg::AddFlow => {
            let names = spoke_names(intent);
            if let (Some(a), Some(b)) = (names.first(), names.last()) {
                let (a, b, gb) = (a.clone(), b.clone(), GbPerMonth::whole(100));
                intent.traffic.matrix.push(MatrixEntry { a, b, gb });
            }
        }
        AskMsg::RemoveFlow(at) => {
            if *at < intent.traffic.matrix.len() {
                intent.traffic.matrix.remove(*at);
            }
        }
        AskMsg::Draw(_) | AskMsg::Figure(_) | AskMsg::Use(_) => {}
    }
}

/// Where the core's problems place a field.
#[must_use]
pub fn path(ask: Ask) -> String {
    let fixed = match ask {
        Ask::Region(at) => return format!("regions[{at}].region"),
        Ask::Spokes(at) => return format!("regions[{at}].spokes"),
        Ask::Range(at) => return format!("regions[{at}].prefix"),
        Ask::Rule(at) => return format!("environmentRules[{at}]"),
        Ask::PairA(at) | Ask::PairB(at) => return format!("directPairs[{at}]"),
        Ask::SpokeRanges(at) => return format!("regions[{at}].spokePrefixes"),
        Ask::SpokeEnvironments(at) => return format!("regions[{at}].spokeEnvironments"),
        Ask::MatrixA(at) | Ask::MatrixB(at) | Ask::MatrixGb(at) => {
            return format!("traffic.matrix[{at}]");
        }
        Ask::PrefixLength => "spokePrefixLength",
        Ask::CircuitTier => "circuit.tier",
        Ask::CircuitData => "circuit.family",
        Ask::CircuitMbps => "circuit.bandwidthInMbps",
        Ask::NvaSize => "appliance.nvaSize",
        Ask::NvaCount => "appliance.nvaCount",
        Ask::SiteRanges => "onPremisesPrefixes",
        Ask::CloudRanges => "otherCloudPrefixes",
        Ask::Gateways => "spokesWithGateway",
        Ask::ToInternet | Ask::UnitInternet => "traffic.toInternet",
        Ask::UnitWithin => "traffic.withinRegions",
        Ask::UnitBetween => "traffic.betweenRegions",
        Ask::UnitOnPremises => "traffic.toOnPremises",
        Ask::Inspection => "inspection",
        Ask::Internet => "internet",
        Ask::OnPremises => "onPremises",
        Ask::Hub => "hub",
        Ask::Appliance => "appliance.kind",
        Ask::Tier => "appliance.tier",
        Ask::Peerings => "peerings",
        Ask::Encryption => "encryption",
        Ask::Tenants => "severalTenants",
        Ask::Clouds => "otherClouds",
        Ask::Environments => "environments",
        Ask::Within => "traffic.withinRegions",
        Ask::Between => "traffic.betweenRegions",
        Ask::ToOnPremises => "traffic.toOnPremises",
        Ask::PeakPair => "peakPairMbps",
        Ask::PeakRegion => "peakRegionMbps",
        Ask::Latency => "latencyCeilingMs",
        Ask::Growth => "growthPercent",
        Ask::Hubs => "hubsPerRegion",
        Ask::Machines => "machinesPerSpoke",
        Ask::Groups => "connectedGroups",
        Ask::Prevention => "appliance.intrusionPrevention",
    };
    fixed.to_owned()
}
