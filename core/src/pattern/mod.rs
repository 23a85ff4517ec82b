//! The catalogue: every way to join spokes, from an Intent to a network that is proved by simulation.
//!
//! The rule: a pattern is a function from an Intent and its addresses to a complete network. What it promises (which
//! pairs reach each other, and how) is checked on the built network, hop by hop; how many of everything it takes is a
//! closed formula that the built network is counted against; its verdict follows from both.
//!
//! | step | module |
//! |---|---|
//! | the parts that networks are made of; meshes as one thing | `build`, `sketch` |
//! | one file a pattern | `peering_mesh` … |
//! | closed formulas | `count`, over a `shape` |
//! | what parts carry, their sizes, hubs in a region | `load`, `size`, `fit` |
//! | what the built network does | `proof` |
//! | impossible, discouraged, viable, recommended | `verdict`, made step by step in `steps`; `encryption` |
//! | what one thing more asks for, object by object; how long round trips take | `effort`, `inventory`, `pace` |
//! | every pattern side by side, in which order and why, which are one design | `select`, `order` by `rank`, `alias` |
//! | in which range a recommendation stays; links that pay; a page to file | `sensitivity`, `mix`, `record` |
//! | cost against traffic and spokes | `cost` |
//! | the figures of the article | `preset` |
//! | an estate's own VNets joined by a pattern; hub and spoke into Virtual WAN, and back | `join`, `turn` |
//!
//! Source: "Patterns for inter-spoke networking", learn.microsoft.com, 2025-06-16, and what each pattern names.

pub mod advice;
pub mod alias;
pub mod bounds;
mod build;
mod ceiling;
pub mod cost;
pub mod count;
pub mod effort;
mod egress;
mod encryption;
pub mod fit;
mod inventory;
mod join;
mod load;
pub mod mix;
pub mod order;
pub mod pace;
pub mod preset;
pub mod proof;
pub mod rank;
pub mod record;
pub mod select;
pub mod sensitivity;
mod shape;
mod size;
pub mod sketch;
mod source;
pub mod steps;
pub mod survive;
pub mod turn;
mod usage;
pub mod uses;
pub mod verdict;

pub use count::{Count, Counter, Counts};
pub use join::JoinError;
pub use shape::Shape;
pub use size::Sizes;

use crate::intent::{AddressPlan, HubManagement, Intent, SpokePlan};
use crate::issue::Source;
use crate::spec::NetworkSpec;
use build::Draft;
use sketch::Sketch;

macro_rules! patterns {
    ($($module:ident $name:ident;)*) => {
        $(mod $module;)*

        /// A pattern of the catalogue.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Pattern { $(
            #[doc = concat!("`", stringify!($module), "`, with `-` for `_`.")]
            $name,
        )* }

        impl Pattern {
            /// Every pattern, in the order of the catalogue.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            const fn definition(self) -> &'static Definition {
                match self { $(Self::$name => &$module::PATTERN,)* }
            }
        }
    };
}

patterns! {
    peering_mesh PeeringMesh;
    subnet_peering_mesh SubnetPeeringMesh;
    avnm_mesh AvnmMesh;
    avnm_hub_spoke_direct AvnmHubSpokeDirect;
    avnm_hub_spoke AvnmHubSpoke;
    vpn_mesh VpnMesh;
    private_link PrivateLink;
    hub_firewall HubFirewall;
    hub_nva HubNva;
    hub_nva_route_server HubNvaRouteServer;
    hub_split HubSplit;
    vwan Vwan;
    vwan_secured VwanSecured;
    vwan_nva VwanNva;
    vwan_transit VwanTransit;
    hub_routing_appliance HubRoutingAppliance;
    hub_vpn_gateway HubVpnGateway;
    expressroute_hairpin ExpressrouteHairpin;
    hub_selective HubSelective;
    regional_mesh_hub RegionalMeshHub;
    vwan_selective VwanSelective;
    vwan_regional_mesh VwanRegionalMesh;
    environment_groups EnvironmentGroups;
}

/// What a pattern is. Each file of a pattern has one.
struct Definition {
    id: &'static str,
    title: &'static str,
    family: Family,
    /// Who runs what stands between spokes; `Either`: there is no hub.
    hub: HubManagement,
    inspector: Inspector,
    blueprint: fn(&mut Draft<'_>),
    counts: fn(&Shape) -> Counts,
    /// How two spokes reach each other.
    way: fn(&Intent, &SpokePlan, &SpokePlan) -> Way,
    /// How spokes reach what lies outside.
    outside: fn(&Intent) -> Outside,
    says: fn(&Intent) -> Vec<Sentence>,
    advice: fn(&Intent) -> Vec<Advice>,
    /// What passes between spokes that are not joined directly.
    passes: fn(&Shape) -> &'static [Part],
    /// What goes on-premises passes the appliance too.
    sites_inspected: bool,
    /// Traffic to the Internet has an appliance of its own.
    apart: bool,
    /// NVAs stand in hubs of Virtual WAN.
    nvas_in_hub: bool,
    /// NVAs of a set at most.
    most_nvas: u64,
    /// Virtual Network Manager makes it, whoever makes peerings otherwise.
    always_managed: bool,
    /// Whether hubs of Virtual WAN have a private routing policy.
    routing_intent: fn(&Shape) -> bool,
    /// Further limits: which, how much is used, by which member of the Intent.
    bounds: fn(&Sizes) -> Vec<(&'static str, u64, &'static str)>,
    /// A region may have several hubs.
    divides: bool,
    /// What would make it another design than the one that it is for many Intents.
    apart_by: &'static str,
    /// The pattern that is this one with chosen direct pairs.
    with_pairs: Option<Pattern>,
}

/// What every pattern starts from.
const PLAIN: Definition = Definition {
    id: "",
    title: "",
    family: Family::Direct,
    hub: HubManagement::Either,
    inspector: Inspector::None,
    blueprint: |_| {},
    counts: |_| Counts::default(),
    way: |_, _, _| Way::Lost,
    outside: |_| Outside::NOTHING,
    says: |_| Vec::new(),
    advice: |_| Vec::new(),
    passes: |_| &[],
    sites_inspected: false,
    apart: false,
    nvas_in_hub: false,
    most_nvas: size::SUBNET_HOLDS,
    always_managed: false,
    routing_intent: |_| false,
    bounds: |_| Vec::new(),
    divides: false,
    apart_by: "",
    with_pairs: None,
};

/// What forwards between spokes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// Azure Firewall or NVAs.
    Appliance,
    /// The router of a Virtual WAN hub.
    Router,
    /// Azure's routing appliance.
    RoutingAppliance,
    /// VPN gateways of the spokes, a tunnel for each pair.
    SpokeGateways,
    /// The VPN gateway of a hub.
    VpnGateway,
    /// The ExpressRoute gateway of a hub, and the circuit.
    ExpressRouteGateway,
}

/// Families of the article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Family {
    /// Spokes connect to each other.
    Direct,
    /// Spokes communicate over an appliance or router.
    Appliance,
    /// Both.
    Mixed,
}

impl Family {
    /// What people call it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Appliance => "through an appliance",
            Self::Mixed => "mixed",
        }
    }
}

/// What a pattern inspects with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Inspector {
    /// Nothing, or only the Internet's traffic.
    None,
    /// What the Intent names.
    AsAsked,
    /// Azure Firewall.
    Firewall,
    /// NVAs.
    Nvas,
}

/// How a flow gets from one end to the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Way {
    /// It does not.
    Lost,
    /// Nothing forwards between the two.
    Direct,
    /// Through a tunnel between gateways of the two.
    Tunnel,
    /// Something forwards and nothing inspects.
    Forwarded,
    /// An Azure Firewall or NVA sees it.
    Inspected,
}

impl Way {
    /// What people call it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Lost => "not reached",
            Self::Direct => "direct",
            Self::Tunnel => "through a tunnel",
            Self::Forwarded => "forwarded without inspection",
            Self::Inspected => "inspected",
        }
    }
}

/// What a pattern promises towards the outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outside {
    /// Spokes and on-premises networks reach each other.
    pub on_premises: bool,
    /// Spokes and other clouds reach each other.
    pub other_clouds: bool,
    /// How spokes reach the Internet.
    pub internet: Way,
}

/// A sentence with its source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// The sentence, without a final dot.
    pub text: String,
    /// Where it comes from; none where it follows from the design itself.
    pub source: Option<Source>,
}

/// A sentence that advises against a pattern in this case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advice {
    /// What it says.
    pub sentence: Sentence,
    /// The member of the Intent that makes it apply; empty where it always does.
    pub input: &'static str,
    /// What would make it not apply.
    pub change: &'static str,
}

fn says(source: Source, text: impl Into<String>) -> Sentence {
    Sentence {
        text: text.into(),
        source: Some(source),
    }
}

fn follows(text: impl Into<String>) -> Sentence {
    Sentence {
        text: text.into(),
        source: None,
    }
}

impl Outside {
    /// Nothing but the Internet, straight from each spoke.
    const NOTHING: Self = Self {
        on_premises: false,
        other_clouds: false,
        internet: Way::Direct,
    };
}

impl Pattern {
    /// Its short name.
    ///
    /// ```
    /// use interspoke_core::pattern::Pattern;
    /// assert_eq!(Pattern::HubFirewall.id(), "hub-firewall");
    /// assert_eq!(Pattern::named("hub-firewall"), Some(Pattern::HubFirewall));
    /// ```
    #[must_use]
    pub const fn id(self) -> &'static str {
        self.definition().id
    }

    /// The pattern of that short name.
    #[must_use]
    pub fn named(id: &str) -> Option<Self> {
        Self::ALL.iter().find(|pattern| pattern.id() == id).copied()
    }

    /// What people call it.
    #[must_use]
    pub const fn title(self) -> &'static str {
        self.definition().title
    }

    /// Its family.
    #[must_use]
    pub const fn family(self) -> Family {
        self.definition().family
    }

    /// Who runs its hub; `Either` where there is none.
    #[must_use]
    pub const fn hub(self) -> HubManagement {
        self.definition().hub
    }

    const fn inspector(self) -> Inspector {
        self.definition().inspector
    }

    /// The whole network: the same Intent always gives the same.
    ///
    /// ```
    /// use interspoke_core::intent::{AddressPlan, Intent};
    /// use interspoke_core::pattern::Pattern;
    /// let intent = Intent::default();
    /// let plan = AddressPlan::new(&intent).unwrap();
    /// let network = Pattern::HubFirewall.blueprint(&intent, &plan);
    /// assert_eq!((network.vnets.len(), network.peerings.len(), network.route_tables.len()), (8, 14, 4));
    /// ```
    #[must_use]
    pub fn blueprint(self, intent: &Intent, plan: &AddressPlan) -> NetworkSpec {
        self.sketch(intent, plan, usize::MAX).spec
    }

    /// The network that it is judged by; meshes are one thing from so many members on.
    #[must_use]
    pub fn sketch(self, intent: &Intent, plan: &AddressPlan, many: usize) -> Sketch {
        let fit = self.fit(intent, plan);
        self.drawn(intent, &fit.plan(intent, plan), &fit.sizes, many)
    }

    /// The network of exactly these addresses, hubs and sizes.
    fn drawn(self, intent: &Intent, plan: &AddressPlan, sizes: &Sizes, many: usize) -> Sketch {
        self.finished(Draft::new(intent, plan, sizes, many))
    }

    /// The same without the spokes themselves: what is compared object by object, and never built.
    fn outline(self, intent: &Intent, plan: &AddressPlan, sizes: &Sizes) -> Sketch {
        let mut draft = Draft::new(intent, plan, sizes, sketch::MANY);
        draft.outlined = true;
        self.finished(draft)
    }

    fn finished(self, mut draft: Draft<'_>) -> Sketch {
        draft.apart = self.definition().apart;
        (self.definition().blueprint)(&mut draft);
        draft.finish()
    }

    /// Hubs and sizes that it takes.
    #[must_use]
    pub fn fit(self, intent: &Intent, plan: &AddressPlan) -> fit::Fit {
        fit::Fit::new(self, intent, &Shape::new(intent, plan))
    }

    /// The addresses of its network: the Intent's, with as many hubs as it takes.
    #[must_use]
    pub fn plan(self, intent: &Intent, plan: &AddressPlan) -> AddressPlan {
        self.fit(intent, plan).plan(intent, plan)
    }

    /// How many of everything it takes, in closed form.
    ///
    /// ```
    /// use interspoke_core::intent::{AddressPlan, Intent};
    /// use interspoke_core::pattern::{Counter, Pattern, Shape};
    /// let intent = Intent::default();
    /// let shape = Shape::new(&intent, &AddressPlan::new(&intent).unwrap());
    /// let counts = Pattern::PeeringMesh.counts(&shape);
    /// assert_eq!(counts.value(Counter::Links), Some(15 + 6 + 1));
    /// ```
    #[must_use]
    pub fn counts(self, shape: &Shape) -> Counts {
        fit::Fit::new(self, &shape.intent, shape).counts
    }

    /// How it promises that two spokes reach each other.
    #[must_use]
    pub fn way(self, intent: &Intent, a: &SpokePlan, b: &SpokePlan) -> Way {
        if shape::isolates(intent) && intent.demand(a, b) == crate::intent::Demand::Isolated {
            return Way::Lost;
        }
        (self.definition().way)(intent, a, b)
    }

    /// What it promises towards the outside.
    #[must_use]
    pub fn outside(self, intent: &Intent) -> Outside {
        (self.definition().outside)(intent)
    }

    /// What a reader must know about it, whatever is asked besides.
    #[must_use]
    pub fn says(self, intent: &Intent) -> Vec<Sentence> {
        (self.definition().says)(intent)
    }

    /// What advises against it in this case.
    #[must_use]
    pub fn advice(self, intent: &Intent) -> Vec<Advice> {
        (self.definition().advice)(intent)
    }
}
