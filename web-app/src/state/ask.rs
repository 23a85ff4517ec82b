//! What can be asked for, field by field: how each member of an Intent is shown, chosen and typed.
//!
//! The rule: a field is named by [`Ask`] and nothing else; its value is a position among words, or a text. Words and
//! captions stand in the message catalogue.

use interspoke_core::intent::{
    ApplianceChoice, Demand, EnvironmentRule, FirewallTier, HubManagement, Inspection, Intent,
    InternetPath, OnPremises, Pair, PeeringManagement, RegionIntent, TrafficFigure,
};
use interspoke_core::pattern::Pattern;
use interspoke_core::units::GbPerMonth;

/// A field of the Intent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
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
    /// A pattern draws the network.
    Draw(Pattern),
    /// A figure of the article opens, by its id.
    Figure(&'static str),
}

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
        Ask::Encryption => Some(usize::from(intent.encryption)),
        Ask::Tenants => Some(usize::from(intent.several_tenants)),
        Ask::Clouds => Some(usize::from(intent.other_clouds)),
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
        Ask::Encryption => intent.encryption = at == 1,
        Ask::Tenants => intent.several_tenants = at == 1,
        Ask::Clouds => intent.other_clouds = at == 1,
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

/// A field's value as text.
#[must_use]
pub fn written(intent: &Intent, ask: Ask) -> String {
    let region = |at: usize| intent.regions.get(at);
    let gb = |figure: &TrafficFigure| {
        let text = figure.gb.to_string();
        text.trim_end_matches(" GB a month").to_owned()
    };
    let number = |n: u32| if n == 0 { String::new() } else { n.to_string() };
    match ask {
        Ask::Environments => intent.environments.join(", "),
        Ask::Within => gb(&intent.traffic.within_regions),
        Ask::Between => gb(&intent.traffic.between_regions),
        Ask::ToOnPremises => gb(&intent.traffic.to_on_premises),
        Ask::PeakPair => number(intent.peak_pair_mbps),
        Ask::PeakRegion => number(intent.peak_region_mbps),
        Ask::Latency => number(intent.latency_ceiling_ms),
        Ask::Growth => number(intent.growth_percent),
        Ask::Region(at) => region(at).map_or_else(String::new, |r| r.region.clone()),
        Ask::Spokes(at) => region(at).map_or_else(String::new, |r| r.spokes.to_string()),
        Ask::Range(at) => region(at)
            .and_then(|r| r.prefix.clone())
            .unwrap_or_default(),
        Ask::PairA(at) => pair(intent, at).map_or_else(String::new, |p| p.a.clone()),
        Ask::PairB(at) => pair(intent, at).map_or_else(String::new, |p| p.b.clone()),
        _ => String::new(),
    }
}

fn pair(intent: &Intent, at: usize) -> Option<&Pair> {
    intent.direct_pairs.get(at)
}

/// Sets a field to a text.
///
/// # Errors
/// What was expected and what was found; the Intent stays as it was.
pub(super) fn write(intent: &mut Intent, ask: Ask, text: &str) -> Result<(), String> {
    let text = text.trim();
    match ask {
        Ask::Environments => {
            let names = text.split(',').map(str::trim).filter(|n| !n.is_empty());
            intent.environments = names.map(str::to_owned).collect();
            let known = intent.environments.clone();
            intent
                .environment_rules
                .retain(|rule| known.contains(&rule.a) && known.contains(&rule.b));
        }
        Ask::Within => figure(&mut intent.traffic.within_regions, text)?,
        Ask::Between => figure(&mut intent.traffic.between_regions, text)?,
        Ask::ToOnPremises => figure(&mut intent.traffic.to_on_premises, text)?,
        Ask::PeakPair => intent.peak_pair_mbps = number(text)?,
        Ask::PeakRegion => intent.peak_region_mbps = number(text)?,
        Ask::Latency => intent.latency_ceiling_ms = number(text)?,
        Ask::Growth => intent.growth_percent = number(text)?,
        Ask::Region(at) => {
            if let Some(region) = intent.regions.get_mut(at) {
                rename(&mut intent.direct_pairs, &region.region, text);
                text.clone_into(&mut region.region);
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

/// Pairs follow the name of their region.
fn rename(pairs: &mut [Pair], from: &str, to: &str) {
    for pair in pairs {
        for end in [&mut pair.a, &mut pair.b] {
            let number = end
                .strip_prefix(from)
                .and_then(|rest| rest.strip_prefix("-spoke"));
            if let Some(number) = number {
                *end = format!("{to}-spoke{number}");
            }
        }
    }
}

fn figure(slot: &mut TrafficFigure, text: &str) -> Result<(), String> {
    let gb = text
        .parse::<GbPerMonth>()
        .map_err(|error| error.to_string())?;
    *slot = TrafficFigure::total(gb);
    Ok(())
}

fn number(text: &str) -> Result<u32, String> {
    if text.is_empty() {
        return Ok(0);
    }
    let digits: String = text.chars().filter(|c| *c != ',').collect();
    digits
        .parse()
        .map_err(|_| crate::text::expected_number(text))
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
            }
        }
        AskMsg::AddPair => {
            let names = spoke_names(intent);
            if let (Some(first), Some(last)) = (names.first(), names.last()) {
                intent.direct_pairs.push(Pair::new(first, last));
            }
        }
        AskMsg::RemovePair(at) => {
            if *at < intent.direct_pairs.len() {
                intent.direct_pairs.remove(*at);
            }
        }
        AskMsg::Draw(_) | AskMsg::Figure(_) => {}
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
    };
    fixed.to_owned()
}
