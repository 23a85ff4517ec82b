//! From one estate to another: steps that Azure accepts, each intermediate estate simulated, as little cut as possible.
//!
//! The rule: what differs becomes changes, changes become steps (`step`). An order is accepted where no state between
//! its steps has an error that the estate at its beginning lacks. Every accepted state is built and its flows are
//! followed (`effect`); the order whose states cut the fewest flows is searched (`search`), and the plan says whether it
//! is the least or the best found. Each step has its commands, what undoes it, and what to look at afterwards.
//!
//! | from | to | step | cut |
//! |---|---|---|---|
//! | `a` and `b` peered | both behind a firewall | make the hub and its firewall | 0 |
//! | | | peer `a`, peer `b` with the hub | 0 |
//! | | | attach the tables | 0 |
//! | | | delete the peering of `a` and `b` | 0 |
//!
//! Left out: how long Azure takes for a step, and what is lost in the seconds while one is under way; a session that is
//! open while its path changes may have to be opened anew at the firewall.

pub mod change;
mod effect;
mod report;
mod search;
mod step;

use crate::estate::Estate;
use crate::export::{self, commands};
use crate::issue::Issue;
use crate::route::Settings;
use crate::spec::NetworkSpec;
use change::{Change, changes};
pub use effect::Effect;
use effect::State;
pub use search::Order;
use search::{Found, Search, Turn};
use std::collections::BTreeMap;
use step::Work;

/// States that a search may price before it takes the best it has.
pub const TRIES: usize = 400;

/// Why there is no plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Obstacle {
    /// Azure refuses the goal itself.
    Goal(Vec<Issue>),
    /// No order of the steps is accepted throughout; these are refusals that stood in the way.
    NoOrder(Vec<Issue>),
}

/// One step.
#[derive(Debug, Clone)]
pub struct Step {
    /// What is done, as a sentence without a final dot.
    pub title: String,
    /// Its changes.
    pub changes: Vec<Change>,
    /// The estate after it.
    pub estate: NetworkSpec,
    /// What the estate after it does to flows that arrive before and after the whole plan.
    pub effect: Effect,
    /// Pairs that take another way than before the step.
    pub moved: usize,
    /// Some of them.
    pub moved_flows: Vec<String>,
    /// Commands.
    pub code: String,
    /// Commands that take it back.
    pub undo: String,
    /// Commands that show that it is done, and what they should show.
    pub check: Vec<String>,
}

/// The way from one estate to another.
#[derive(Debug, Clone)]
pub struct Plan {
    /// In order.
    pub steps: Vec<Step>,
    /// What is known of the order.
    pub order: Order,
    /// Pairs cut in all states together.
    pub cut: usize,
    /// What the search made least: pairs cut, and pairs past a firewall, in all states together.
    pub price: usize,
    /// States that were built and followed.
    pub states: usize,
}

/// Plans the way from one estate to another.
///
/// # Errors
/// The goal is refused by Azure, or every order of the steps is.
pub fn plan(
    from: &NetworkSpec,
    to: &NetworkSpec,
    settings: Settings,
    tries: usize,
) -> Result<Plan, Obstacle> {
    let mut planning = Planning::new(from, to, settings, tries)?;
    loop {
        if let Some(ended) = planning.advance() {
            return ended;
        }
    }
}

/// A plan while it is worked out: a state or a step at a time.
#[derive(Debug)]
pub struct Planning {
    from: NetworkSpec,
    settings: Settings,
    begin: State,
    end: State,
    works: Vec<Work>,
    search: Search,
    /// Refusals that stood in the way.
    obstacles: Vec<Issue>,
    /// The order, once it is found.
    found: Option<Found>,
    steps: Vec<Step>,
    /// The estate after the steps so far.
    last: NetworkSpec,
    last_state: State,
}

impl Planning {
    /// A plan of which nothing is known yet.
    ///
    /// # Errors
    /// The goal is refused by Azure.
    pub fn new(
        from: &NetworkSpec,
        to: &NetworkSpec,
        settings: Settings,
        tries: usize,
    ) -> Result<Self, Obstacle> {
        let (begin, end) = (State::new(from, settings), State::new(to, settings));
        let refused = besides(&end.errors, &begin.errors);
        if !refused.is_empty() {
            return Err(Obstacle::Goal(refused));
        }
        let works = works(from, to, &begin.estate, &end.estate);
        let before = before(&works, &begin.estate, &end.estate);
        Ok(Self {
            from: from.clone(),
            settings,
            search: Search::new(works.len(), before, tries),
            works,
            obstacles: Vec::new(),
            found: None,
            steps: Vec::new(),
            last: from.clone(),
            last_state: State::new(from, settings),
            begin,
            end,
        })
    }

    /// How many states have been followed, how many steps are told, and of how many.
    #[must_use]
    pub fn progress(&self) -> (usize, usize, usize) {
        (self.search.priced(), self.steps.len(), self.works.len())
    }

    /// Follows one more state, or tells one more step; the plan once it is whole.
    pub fn advance(&mut self) -> Option<Result<Plan, Obstacle>> {
        let Some(found) = self.found.clone() else {
            return self.look_further().err().map(Err);
        };
        let Some(at) = found.way.get(self.steps.len()) else {
            return Some(Ok(self.whole(&found)));
        };
        if let Some(work) = self.works.get(*at).cloned() {
            self.tell(&work, &found.way);
        }
        None
    }

    fn look_further(&mut self) -> Result<(), Obstacle> {
        match self.search.turn() {
            Turn::Price(done) => {
                let price = self.price(&done);
                self.search.know(done, price);
            }
            Turn::Ended(Some(found)) => self.found = Some(found),
            Turn::Ended(None) => {
                let mut obstacles = std::mem::take(&mut self.obstacles);
                obstacles.sort_by(|a, b| a.subject.cmp(&b.subject));
                obstacles.dedup();
                return Err(Obstacle::NoOrder(obstacles));
            }
        }
        Ok(())
    }

    /// What a state costs; none where Azure refuses it. A pair that slips past a firewall weighs as much as one that is
    /// cut.
    fn price(&mut self, done: &[bool]) -> Option<usize> {
        let chosen = self.works.iter().zip(done).filter(|(_, done)| **done);
        let spec = step::after(&self.from, chosen.map(|(work, _)| work));
        let (_, errors) = effect::build(&spec);
        let refused = besides(&errors, &self.begin.errors);
        if !refused.is_empty() {
            self.obstacles.extend(refused);
            return None;
        }
        let now = State::new(&spec, self.settings);
        let effect = effect::effect(&self.begin, &self.end, &now);
        Some(effect.cut + effect.uninspected)
    }

    /// Tells the next step, with all that is said of it.
    fn tell(&mut self, work: &Work, way: &[usize]) {
        let count = self.steps.len() + 1;
        let done = way.iter().take(count).filter_map(|at| self.works.get(*at));
        let spec = step::after(&self.from, done);
        let state = State::new(&spec, self.settings);
        let (moved, moved_flows) = effect::moved(&self.last_state, &state);
        self.steps.push(Step {
            title: work.title.clone(),
            changes: work.changes.clone(),
            effect: effect::effect(&self.begin, &self.end, &state),
            moved,
            moved_flows,
            code: commands(&self.last, &spec, OPTIONS),
            undo: commands(&spec, &self.last, OPTIONS),
            check: check(work),
            estate: spec.clone(),
        });
        self.last = spec;
        self.last_state = state;
    }

    fn whole(&mut self, found: &Found) -> Plan {
        let steps = std::mem::take(&mut self.steps);
        Plan {
            cut: steps.iter().map(|step| step.effect.cut).sum(),
            steps,
            order: found.order,
            price: found.price,
            states: self.search.priced(),
        }
    }
}

/// Steps speak of objects as the estates call them.
const OPTIONS: export::Options = export::Options {
    naming: export::Naming::AsWritten,
    groups: export::Groups::One,
};

/// What differs between two estates, a sentence an object.
#[must_use]
pub fn differences(from: &NetworkSpec, to: &NetworkSpec) -> Vec<String> {
    let works = step::works(changes(from, to)).into_iter();
    works.map(|work| work.title).collect()
}

fn besides(errors: &[Issue], known: &[Issue]) -> Vec<Issue> {
    errors
        .iter()
        .filter(|error| !known.contains(error))
        .cloned()
        .collect()
}

fn works(from: &NetworkSpec, to: &NetworkSpec, begin: &Estate, end: &Estate) -> Vec<Work> {
    let works = step::merge_links(step::works(changes(from, to)));
    let works = step::move_in(works);
    let looks = Looks::new(begin, end);
    step::bundle(works, |work| looks.of(work))
}

/// What VNets look like from outside: the classes of their subnets before and after.
struct Looks(BTreeMap<String, String>);

impl Looks {
    fn new(begin: &Estate, end: &Estate) -> Self {
        let mut looks: BTreeMap<String, String> = BTreeMap::new();
        for estate in [begin, end] {
            let topology = estate.topology();
            for vnet in topology.vnets() {
                let classes = vnet.subnets.iter().map(|subnet| estate.class_of(*subnet));
                let classes: Vec<_> = classes.collect();
                let look = looks.entry(vnet.name.clone()).or_default();
                // A VNet without workloads is like no other.
                if classes.iter().all(Option::is_none) {
                    look.push_str(&vnet.name);
                } else {
                    look.push_str(&format!("{classes:?}"));
                }
            }
        }
        Self(looks)
    }

    fn of(&self, work: &Work) -> String {
        let about: Vec<&str> = work
            .about
            .iter()
            .map(|name| self.0.get(name).map_or(name.as_str(), String::as_str))
            .collect();
        if about.is_empty() {
            return format!("{} {}", work.rank, work.title);
        }
        format!("{} {}", work.rank, about.join(" and "))
    }
}

/// Steps before each step: the one before it that is alike, and what its own objects need.
fn before(works: &[Work], begin: &Estate, end: &Estate) -> Vec<Vec<usize>> {
    let looks = Looks::new(begin, end);
    let mut last: BTreeMap<String, usize> = BTreeMap::new();
    let mut all = Vec::new();
    for (at, work) in works.iter().enumerate() {
        let mut before: Vec<usize> = last.insert(looks.of(work), at).into_iter().collect();
        let earlier = works.iter().enumerate().take(at);
        let needed = earlier.filter(|(_, other)| must_precede(other, work));
        before.extend(needed.map(|(other, _)| other));
        all.push(before);
    }
    all
}

/// What no refusal says and order has to keep: two changes of one object, hosts and services after what they stand in,
/// firewalls and NVAs before routes to them.
fn must_precede(earlier: &Work, later: &Work) -> bool {
    earlier.changes.iter().any(|first| {
        later.changes.iter().any(|second| match (first, second) {
            (Change::Manager(_), Change::Manager(_)) => true,
            (Change::Ranges { vnet: a, .. }, Change::Ranges { vnet: b, .. }) => a == b,
            (Change::Routes { table: a, .. }, Change::Routes { table: b, .. }) => a == b,
            (Change::Appliance(made), Change::Routes { add, .. }) => {
                made.before.is_none()
                    && made.after.as_ref().is_some_and(|appliance| {
                        add.iter().any(|route| {
                            let hop = route.next_hop_ip_address.as_ref();
                            hop == Some(&appliance.ip) || hop == appliance.load_balancer_ip.as_ref()
                        })
                    })
            }
            _ => false,
        })
    })
}

/// What to look at after a step, one line a kind of change.
fn check(work: &Work) -> Vec<String> {
    let mut lines: Vec<String> = work.changes.iter().filter_map(line).collect();
    lines.sort();
    lines.dedup();
    lines
}

fn line(change: &Change) -> Option<String> {
    let text = match change {
        Change::Peering(swap) => match &swap.after {
            Some(link) => format!(
                "peering {} to {}: peeringState is Connected, peeringSyncLevel is FullyInSync",
                link.from, link.to
            ),
            None => "the peering is no longer listed on either VNet".to_owned(),
        },
        Change::Attach {
            vnet,
            subnet,
            after,
            ..
        } => match after {
            Some(table) => format!(
                "effective routes of a NIC in {vnet}/{subnet} show the user routes of {table}"
            ),
            None => format!("effective routes of a NIC in {vnet}/{subnet} show no user route"),
        },
        Change::Routes { table, add, remove } => {
            let prefixes = |routes: &[crate::spec::RouteSpec]| {
                let prefixes: Vec<&str> =
                    routes.iter().map(|route| route.prefix.as_str()).collect();
                prefixes.join(", ")
            };
            match (add.is_empty(), remove.is_empty()) {
                (false, _) => format!(
                    "effective routes of subnets with {table} show {} as user routes",
                    prefixes(add)
                ),
                _ => format!(
                    "effective routes of subnets with {table} no longer show {}",
                    prefixes(remove)
                ),
            }
        }
        Change::Appliance(swap) => match &swap.after {
            Some(nic) => format!(
                "{}: provisioningState is Succeeded, its private address is {}",
                nic.name, nic.ip
            ),
            None => "the appliance is no longer listed, and no route names its address".to_owned(),
        },
        Change::Gateway(swap) => match &swap.after {
            Some(gateway) => format!(
                "{}: provisioningState is Succeeded, its BGP peers are Connected",
                gateway.name
            ),
            None => "the gateway is no longer listed".to_owned(),
        },
        Change::Ranges { vnet, .. } => {
            format!("peerings of {vnet}: peeringSyncLevel is FullyInSync")
        }
        Change::Connection(hub, swap) => match &swap.after {
            Some(connection) => format!(
                "effective routes of {hub} show the ranges of {}",
                connection.vnet
            ),
            None => format!("effective routes of {hub} no longer show the VNet's ranges"),
        },
        Change::Intent { hub, .. } => format!(
            "{hub}: routingState is Provisioned; its default table names the firewall as next hop"
        ),
        Change::Tunnel(swap) => match &swap.after {
            Some(tunnel) => format!(
                "the connection of {} and {} is Connected",
                tunnel.a, tunnel.b
            ),
            None => "the connection is no longer listed".to_owned(),
        },
        Change::Circuit(swap) => match &swap.after {
            Some(circuit) => format!(
                "{}: serviceProviderProvisioningState is Provisioned, the gateway learns its routes",
                circuit.name
            ),
            None => "the gateway no longer learns routes of the circuit".to_owned(),
        },
        Change::Manager(_) => {
            "the deployment status of Virtual Network Manager is Deployed in every region"
                .to_owned()
        }
        _ => return None,
    };
    Some(text)
}
