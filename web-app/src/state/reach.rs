//! Who reaches whom, what must hold and what would change: worked out in slices, so that no turn of the browser is long.
//!
//! The rule: each message and each turn does one slice of what is missing, while Reachability is shown in this order: the
//! present estate, the one it is compared with, the one in which something fails, the policies. While another answer is
//! shown, the policies alone are checked after every edit. A small estate needs one slice, so its answer stands at once.
//!
//! | a slice | costs |
//! |---|---|
//! | a pair of classes followed | 1 |
//! | a pair of classes of a policy | 3: each protocol is followed |
//! | subnets grouped into classes | 1 for each 8 |

use super::history::Cause;
use super::{Answers, Shared, State, Tab};
use crate::text;
use interspoke_core::document::{ChosenPolicy, PolicyKind};
use interspoke_core::estate::{
    Check, ClassChange, Estate, Failure, Judgement, Policy, Service, compare,
};
use interspoke_core::topology::{SubnetId, Topology, VnetId};
use std::cell::{Ref, RefCell};
use std::rc::Rc;

/// What happened in Reachability.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReachMsg {
    /// A class opens to its members, or closes. The subnet is its first member.
    Expand(Axis, SubnetId),
    /// More lines of the matrix.
    More,
    /// The kind of policy that is being written.
    Kind(PolicyKind),
    /// The policy being written is checked from now on.
    Add,
    /// A policy goes.
    Remove(usize),
    /// What fails, by its place among [`failures`]; nothing.
    Fail(Option<usize>),
    /// From now on the present estate is what later ones are compared with, or the one before the last change again.
    Hold(bool),
}

/// Rows or columns of the matrix.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Axis {
    /// Where flows start.
    From,
    /// Where they go.
    To,
}

/// A text of Reachability.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
pub enum ReachField {
    /// Names that the matrix shows.
    Filter,
    /// The first group of the policy being written.
    From,
    /// The second group.
    To,
    /// The services that may pass.
    Services,
}

/// An estate that is being followed. States share it; it only ever becomes more complete.
#[derive(Debug, Clone)]
pub struct FollowedEstate {
    estate: Rc<RefCell<Estate>>,
    /// Pairs of classes that are followed, and all.
    pub progress: (usize, usize),
}

impl FollowedEstate {
    fn new(estate: Estate, budget: &mut usize) -> Self {
        let subnets = estate.topology().subnets().len();
        *budget = budget.saturating_sub(subnets / 8);
        Self {
            progress: estate.progress(),
            estate: Rc::new(RefCell::new(estate)),
        }
    }

    /// The estate as far as it is followed.
    pub fn estate(&self) -> Ref<'_, Estate> {
        self.estate.borrow()
    }

    /// Whether every pair is followed.
    #[must_use]
    pub const fn is_complete(&self) -> bool {
        self.progress.0 == self.progress.1
    }

    fn advance(&mut self, budget: &mut usize) {
        if !self.is_complete() && *budget > 0 {
            let before = self.progress.0;
            let mut estate = self.estate.borrow_mut();
            estate.follow(*budget);
            self.progress = estate.progress();
            *budget = budget.saturating_sub(self.progress.0 - before);
        }
    }
}

/// How far a policy is checked.
#[derive(Debug, Clone)]
pub enum Checking {
    /// Not begun.
    Waiting,
    /// Its groups cannot be read: what was expected.
    Unread(String),
    /// On the way.
    Busy(Box<Check>),
    /// Known.
    Judged(Rc<Judgement>),
}

/// A policy as it was written, and what became of it.
#[derive(Debug, Clone)]
pub struct Checked {
    /// What it says.
    pub kind: PolicyKind,
    /// The first group, as typed.
    pub from: String,
    /// The second group, as typed.
    pub to: String,
    /// The services that may pass, as typed.
    pub services: String,
    /// What became of it.
    pub state: Checking,
}

impl Checked {
    pub(crate) fn new(kind: PolicyKind, from: &str, to: &str, services: &str) -> Self {
        Self {
            kind,
            from: from.trim().to_owned(),
            to: to.trim().to_owned(),
            services: services.trim().to_owned(),
            state: Checking::Waiting,
        }
    }

    pub(crate) fn policy(&self, topology: &Topology) -> Result<Policy, String> {
        let from = group(topology, &self.from)?;
        let to = if self.kind.has_two() {
            group(topology, &self.to)?
        } else {
            Vec::new()
        };
        Ok(match self.kind {
            PolicyKind::Inspected => Policy::NoneReachesExceptInspected { from, to },
            PolicyKind::Symmetric => Policy::EverySymmetric(from),
            PolicyKind::Inside => Policy::NothingLeavesAzure(from),
            PolicyKind::Direct => Policy::EveryDirect { from, to },
            PolicyKind::Reaches => Policy::EveryReaches { from, to },
            PolicyKind::Only => Policy::OnlyReaches {
                from,
                to,
                services: services(&self.services)?,
            },
        })
    }
}

/// The services that a text names, with commas between.
///
/// # Errors
/// Says what was expected and what was found.
pub(super) fn services(text: &str) -> Result<Vec<Service>, String> {
    text.split(',').map(|one| one.trim().parse()).collect()
}

/// The VNets that a text means: names, regions, `spokes`, or beginnings of names as `dev*`, with commas between.
///
/// # Errors
/// Says what was expected and what was found.
pub fn group(topology: &Topology, text: &str) -> Result<Vec<VnetId>, String> {
    let mut spokes = vec![true; topology.vnets().len()];
    let machines = topology.appliances().iter().map(|nic| nic.vnet);
    for hub in machines.chain(topology.gateways().iter().map(|gateway| gateway.vnet)) {
        if let Some(spoke) = spokes.get_mut(hub.index()) {
            *spoke = false;
        }
    }
    let mut meant = vec![false; spokes.len()];
    for term in text.split(',').map(str::trim) {
        let (begins, mut found) = (term.strip_suffix('*'), false);
        let all = term.eq_ignore_ascii_case(text::SPOKES);
        let rows = topology.vnets().iter().zip(&mut meant).zip(&spokes);
        for ((vnet, meant), spoke) in rows {
            let named = match begins {
                Some(begin) => vnet.name.starts_with(begin),
                None => {
                    vnet.name.eq_ignore_ascii_case(term) || vnet.region.eq_ignore_ascii_case(term)
                }
            };
            if named || all && *spoke {
                (*meant, found) = (true, true);
            }
        }
        if !found || term.is_empty() {
            return Err(text::expected_group(term));
        }
    }
    let rows = topology.vnets().iter().zip(meant);
    Ok(rows
        .filter(|(_, meant)| *meant)
        .map(|(vnet, _)| vnet.id)
        .collect())
}

/// Everything that may fail, with its name.
#[must_use]
pub fn failures(topology: &Topology) -> Vec<(String, Failure)> {
    let mut all: Vec<(String, Failure)> = Vec::new();
    for device in topology.devices() {
        all.push((device.name.clone(), Failure::Machine(device.id)));
    }
    for gateway in topology.gateways() {
        all.push((gateway.name.clone(), Failure::Gateway(gateway.id)));
    }
    for circuit in topology.circuits() {
        all.push((circuit.name.clone(), Failure::Circuit(circuit.id)));
    }
    for hub in topology.hubs() {
        all.push((hub.name.clone(), Failure::Hub(hub.id)));
    }
    let mut regions: Vec<&str> = Vec::new();
    let places = topology.vnets().iter().map(|vnet| vnet.region.as_str());
    for region in places.chain(topology.hubs().iter().map(|hub| hub.region.as_str())) {
        if !regions.contains(&region) {
            regions.push(region);
        }
    }
    for region in regions {
        for zone in Estate::zones(topology, region) {
            all.push((
                text::zone(region, zone),
                Failure::Zone(region.to_owned(), zone),
            ));
        }
        all.push((text::region(region), Failure::Region(region.to_owned())));
    }
    all
}

/// Something that fails, and what becomes of every pair.
#[derive(Debug, Clone)]
pub struct Failing {
    /// Its name.
    pub name: String,
    /// The estate without it.
    pub rest: Option<FollowedEstate>,
    /// Every pair that was reached before.
    pub pairs: Option<Rc<[ClassChange]>>,
}

/// What the reader looks at in Reachability.
#[derive(Debug, Clone)]
pub struct Reaching {
    /// The present estate; none until Reachability is shown.
    pub now: Option<FollowedEstate>,
    /// The answers that later ones are compared with.
    since: Option<Shared<Answers>>,
    /// They stay until the reader lets them go.
    pub held: bool,
    /// Their estate.
    pub before: Option<FollowedEstate>,
    /// Pairs that changed.
    pub changes: Option<Rc<[ClassChange]>>,
    /// What fails.
    pub failing: Option<Failing>,
    /// Policies, in the order in which they were written.
    pub checks: Vec<Checked>,
    /// The kind being written.
    pub kind: PolicyKind,
    /// Classes that are open, by their first members.
    pub open: Vec<(Axis, SubnetId)>,
    /// How often more lines were asked for, plus one.
    pub pages: usize,
}

impl Default for Reaching {
    /// Nothing is followed yet; two policies that hold in every sound design are there to be checked.
    fn default() -> Self {
        let all = text::SPOKES;
        Self {
            now: None,
            since: None,
            held: false,
            before: None,
            changes: None,
            failing: None,
            checks: vec![
                Checked::new(PolicyKind::Symmetric, all, "", ""),
                Checked::new(PolicyKind::Inside, all, "", ""),
            ],
            kind: PolicyKind::Inspected,
            open: Vec::new(),
            pages: 1,
        }
    }
}

impl Reaching {
    /// Pairs of classes that a slice may follow.
    const SLICE: usize = 600;

    /// The answers are others now; `old` are those before them. A step of its own is what changes are counted from.
    pub(super) fn changed(&mut self, old: &Shared<Answers>, step: bool) {
        let was = self.now.take();
        if step && !self.held || self.since.is_none() {
            self.since = Some(old.clone());
            self.before = was.filter(FollowedEstate::is_complete);
        }
        self.changes = None;
        if let Some(failing) = &mut self.failing {
            (failing.rest, failing.pairs) = (None, None);
        }
        for check in &mut self.checks {
            check.state = Checking::Waiting;
        }
    }

    /// Whether there is something that later estates are compared with.
    #[must_use]
    pub const fn compares(&self) -> bool {
        self.since.is_some()
    }

    /// Whether a policy is still to be checked.
    fn is_checking(&self) -> bool {
        let busy = |check: &Checked| matches!(check.state, Checking::Waiting | Checking::Busy(_));
        self.checks.iter().any(busy)
    }

    /// The present estate as far as the budget follows it; none while it is not complete.
    fn present(&mut self, answers: &Shared<Answers>, budget: &mut usize) -> Option<FollowedEstate> {
        let now = match &mut self.now {
            Some(now) => now,
            none => none.insert(FollowedEstate::new(grouped(answers), budget)),
        };
        now.advance(budget);
        now.is_complete().then(|| now.clone())
    }

    /// Policies as far as the budget checks them; whether one is still to be checked.
    fn check(&mut self, now: &FollowedEstate, budget: &mut usize) -> bool {
        for check in &mut self.checks {
            if *budget == 0 {
                return true;
            }
            check.advance(now, budget);
        }
        self.is_checking()
    }

    /// One slice of the policies alone, for every answer but Reachability; whether one is still to be checked.
    fn watch(&mut self, answers: &Shared<Answers>) -> bool {
        if !self.is_checking() {
            return false;
        }
        let mut left = Self::SLICE;
        match self.present(answers, &mut left) {
            Some(now) => self.check(&now, &mut left),
            None => true,
        }
    }

    /// One slice of what is missing; whether something still is.
    fn work(&mut self, answers: &Shared<Answers>) -> bool {
        let mut left = Self::SLICE;
        let budget = &mut left;
        let Some(now) = self.present(answers, budget) else {
            return true;
        };
        if let Some(since) = &self.since
            && self.changes.is_none()
        {
            if *budget == 0 {
                return true;
            }
            let before = match &mut self.before {
                Some(before) => before,
                none => none.insert(FollowedEstate::new(grouped(since), budget)),
            };
            before.advance(budget);
            if !before.is_complete() || *budget == 0 {
                return true;
            }
            let mut changes = compare(&before.estate(), &now.estate());
            *budget = budget.saturating_sub(Self::SLICE / 4);
            changes.retain(|change| change.changed);
            self.changes = Some(changes.into());
        }
        if let Some(failing) = &mut self.failing
            && failing.pairs.is_none()
        {
            let all = failures(answers.topology());
            let found = all.into_iter().find(|(name, _)| *name == failing.name);
            match found {
                None => self.failing = None,
                Some((_, failure)) => {
                    if *budget == 0 || failing.advance(&now, &failure, budget) {
                        return true;
                    }
                }
            }
        }
        self.check(&now, budget)
    }
}

fn grouped(answers: &Answers) -> Estate {
    let topology = Rc::clone(answers.routing.topology());
    Estate::grouped(topology, answers.routing.settings())
}

impl Failing {
    /// Something fails; nothing is known yet.
    pub(super) const fn of(name: String) -> Self {
        Self {
            name,
            rest: None,
            pairs: None,
        }
    }

    /// Whether something is still missing.
    fn advance(&mut self, now: &FollowedEstate, failure: &Failure, budget: &mut usize) -> bool {
        let rest = match &mut self.rest {
            Some(rest) => rest,
            none => none.insert(FollowedEstate::new(
                now.estate().begin_without(std::slice::from_ref(failure)),
                budget,
            )),
        };
        rest.advance(budget);
        if !rest.is_complete() || *budget == 0 {
            return true;
        }
        let mut pairs = compare(&now.estate(), &rest.estate());
        *budget = budget.saturating_sub(Reaching::SLICE / 4);
        pairs.retain(|pair| pair.before.as_ref().is_some_and(|answer| answer.reached));
        self.pairs = Some(pairs.into());
        false
    }
}

impl Checked {
    fn advance(&mut self, now: &FollowedEstate, budget: &mut usize) {
        let estate = now.estate();
        if matches!(self.state, Checking::Waiting) {
            self.state = match self.policy(estate.topology()) {
                Ok(policy) => Checking::Busy(Box::new(estate.begin(policy))),
                Err(expected) => Checking::Unread(expected),
            };
        }
        if let Checking::Busy(check) = &mut self.state {
            let before = check.progress().0;
            let judged = check.step(&estate, (*budget / 3).max(1));
            let done = check.progress().0 - before;
            *budget = budget.saturating_sub(3 * done + 1);
            if let Some(judged) = judged {
                self.state = Checking::Judged(Rc::new(judged));
            }
        }
    }
}

impl State {
    /// One slice: of everything while Reachability is shown, of the policies after every edit; whether something is
    /// still missing.
    pub(super) fn reach_on(&mut self) -> bool {
        if self.tab == Tab::Reachability {
            return self.reach.work(&self.answers);
        }
        self.history.can_undo() && self.reach.watch(&self.answers)
    }

    pub(super) fn reach(&mut self, msg: ReachMsg) {
        let reach = &mut self.reach;
        match msg {
            ReachMsg::Expand(axis, first) => {
                let line = (axis, first);
                let before = reach.open.len();
                reach.open.retain(|open| *open != line);
                if reach.open.len() == before {
                    reach.open.push(line);
                }
            }
            ReachMsg::More => reach.pages += 1,
            ReachMsg::Kind(kind) => reach.kind = kind,
            ReachMsg::Add => self.add_policy(),
            ReachMsg::Remove(at) => {
                let mut policies = self.chosen_policies();
                if at < policies.len() {
                    policies.remove(at);
                    self.choose_policies(policies);
                }
            }
            ReachMsg::Fail(at) => {
                let all = failures(self.answers.topology());
                let found = at.and_then(|at| all.into_iter().nth(at));
                let name = found.map(|(name, _)| name);
                self.choose_for_document(Cause::Deed, |choices| choices.fails = name);
            }
            ReachMsg::Hold(held) => {
                reach.held = held;
                reach.since = Some(self.answers.clone());
                reach.before = reach.now.clone().filter(FollowedEstate::is_complete);
                reach.changes = None;
            }
        }
    }

    /// A text of Reachability; what was expected, if it cannot be read.
    pub(super) fn reach_typed(&self, field: ReachField, typed: &str) -> Option<String> {
        match field {
            ReachField::Filter => None,
            ReachField::From | ReachField::To => group(self.answers.topology(), typed).err(),
            ReachField::Services => services(typed).err(),
        }
    }

    /// What a group of the policy being written stands at.
    #[must_use]
    pub fn group_text(&self, field: ReachField) -> super::Draft {
        let typed = self.drafts.field(super::Field::Reach(field)).cloned();
        let usual = match field {
            ReachField::Services => text::SERVICES,
            _ => text::SPOKES,
        };
        typed.unwrap_or_else(|| super::Draft {
            text: usual.to_owned(),
            error: None,
        })
    }

    fn choose_policies(&mut self, policies: Vec<ChosenPolicy>) {
        self.choose_for_document(Cause::Deed, |choices| choices.policies = Some(policies));
    }

    fn add_policy(&mut self) {
        let (from, to) = (
            self.group_text(ReachField::From),
            self.group_text(ReachField::To),
        );
        let services = self.group_text(ReachField::Services);
        let kind = self.reach.kind;
        let read = from.error.is_none()
            && (to.error.is_none() || !kind.has_two())
            && (services.error.is_none() || !kind.has_services());
        if read {
            let mut policies = self.chosen_policies();
            let named = if kind.has_services() {
                services.text.as_str()
            } else {
                ""
            };
            let checked = Checked::new(kind, &from.text, &to.text, named);
            policies.push(ChosenPolicy {
                kind,
                from: checked.from,
                to: checked.to,
                services: checked.services,
            });
            self.choose_policies(policies);
        } else {
            self.notice = Some(text::NOT_ADDED.to_owned());
        }
    }
}
