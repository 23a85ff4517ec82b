//! Every pattern for an Intent, assessed one at a time, so that no turn of the browser takes long.
//!
//! The rule: a pattern is assessed, then its hops are followed and its hubs fail one after the other. With few spokes
//! either half is one turn; from [`MANY`] on each step of it is a turn of its own.
//! Rows of the Intent before stay, marked as stale, until their own turn comes. Sharing makes a copy cheap.

use super::Shared;
use super::probe::Probe;
use interspoke_core::intent::{AddressPlan, Intent};
use interspoke_core::latency::RoundTripTime;
use interspoke_core::pattern::mix::{Search, Suggestion};
use interspoke_core::pattern::proof::Built;
use interspoke_core::pattern::rank::Rule;
use interspoke_core::pattern::record::record;
use interspoke_core::pattern::sensitivity::Range;
use interspoke_core::pattern::steps::Steps;
use interspoke_core::pattern::survive::{Survivors, survivors_of};
use interspoke_core::pattern::verdict::{Assessment, Verdict};
use interspoke_core::pattern::{Pattern, Way};
use interspoke_core::price::{Catalog, Kind, Representative};
use interspoke_core::route::Flow;
use interspoke_core::spec::Protocol;
use interspoke_core::throughput::{Ceiling, ceilings};
use std::rc::Rc;

/// A pattern with what was followed in its network.
#[derive(Debug, Clone)]
pub struct Assessed {
    /// The assessment.
    pub assessment: Rc<Assessment>,
    /// What was followed; none until its turn.
    pub followed: Option<Followed>,
}

/// What was followed in the network of a pattern.
#[derive(Debug, Clone, Default)]
pub struct Followed {
    /// Hops between two spokes of a region; none where they do not reach each other.
    pub within: Option<usize>,
    /// Hops between spokes of two regions.
    pub between: Option<usize>,
    /// Round trips of the two, part by part.
    pub round_trips: [Option<RoundTripTime>; 2],
    /// What bounds the farther of the two.
    pub ceilings: Option<Vec<Ceiling>>,
    /// Pairs that survive the failure of a hub: the worst of all hubs.
    pub survivors: Option<Survivors>,
}

/// What patterns are assessed for.
#[derive(Debug)]
pub(super) struct Asked {
    pub(super) intent: Intent,
    pub(super) plan: AddressPlan,
    pub(super) catalog: Shared<Catalog>,
}

/// Every pattern, as far as assessed.
#[derive(Debug, Clone)]
pub struct Ranking {
    asked: Rc<Asked>,
    rows: Vec<Option<Assessed>>,
    rule: Rule,
    probe: Option<Probe>,
    mix: Mix,
    /// Patterns that are done.
    done: usize,
    job: Job,
}

/// Direct links beside the recommended design.
#[derive(Debug, Clone)]
enum Mix {
    /// Nobody asked.
    Unasked,
    /// They are searched once it is known.
    Asked,
    /// Their search; none where there is none to try.
    Search(Option<Search>),
}

/// What is being done about the pattern after those that are done.
#[derive(Debug, Clone)]
enum Job {
    /// Nothing yet.
    Idle,
    /// It is being assessed.
    Assess(Steps),
    /// What its network does is followed; so many hubs have failed.
    Follow(Rc<Built>, usize),
}

/// Hubs that fail in turn, at most.
const MOST_HUBS: usize = 4;

/// From so many spokes on, each step is a turn.
const MANY: usize = 60;
/// Steps that assess a pattern, at most.
const STEPS_OF_A_PATTERN: usize = 11;

impl Ranking {
    /// A ranking to begin; rows of the one before are kept until theirs are known.
    #[must_use]
    pub(super) fn new(asked: Asked, before: Option<&Self>) -> Self {
        let rows = before.map_or_else(
            || Pattern::ALL.iter().map(|_| None).collect(),
            |before| before.rows.clone(),
        );
        Self {
            asked: Rc::new(asked),
            rows,
            rule: before.map_or_else(Rule::default, |before| before.rule),
            probe: None,
            // Whoever accepts a link wants to see the next.
            mix: match before.map(|before| &before.mix) {
                None | Some(Mix::Unasked) => Mix::Unasked,
                Some(_) => Mix::Asked,
            },
            done: 0,
            job: Job::Idle,
        }
    }

    /// What was asked for.
    #[must_use]
    pub fn intent(&self) -> &Intent {
        &self.asked.intent
    }

    /// What its patterns are assessed for.
    pub(super) fn asked(&self) -> Rc<Asked> {
        Rc::clone(&self.asked)
    }

    /// Whether it is for this Intent and this price list.
    pub(super) fn is_for(&self, intent: &Intent, catalog: &Shared<Catalog>) -> bool {
        self.asked.intent == *intent && self.asked.catalog == *catalog
    }

    /// Its addresses.
    #[must_use]
    pub fn plan(&self) -> &AddressPlan {
        &self.asked.plan
    }

    /// Patterns that are assessed, and all of them.
    #[must_use]
    pub fn progress(&self) -> (usize, usize) {
        (self.done, self.rows.len())
    }

    /// Whether every pattern is assessed.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.done >= self.rows.len()
    }

    /// Rows with whether they are of an Intent before, in the order of the catalogue.
    pub fn rows(&self) -> impl Iterator<Item = (&Assessed, bool)> {
        let fresh = self.done + usize::from(matches!(self.job, Job::Follow(..)));
        let rows = self.rows.iter().enumerate();
        rows.filter_map(move |(at, row)| Some((row.as_ref()?, at >= fresh)))
    }

    /// How they are ranked.
    #[must_use]
    pub const fn rule(&self) -> Rule {
        self.rule
    }

    /// Ranks them by another rule; what was asked about the old one is forgotten.
    pub(super) fn rank_by(&mut self, rule: Rule) {
        if rule != self.rule {
            (self.rule, self.probe) = (rule, None);
            if !matches!(self.mix, Mix::Unasked) {
                self.mix = Mix::Asked;
            }
        }
    }

    /// Every assessment that is known, the best first.
    #[must_use]
    pub fn ranked(&self) -> Vec<&Assessment> {
        let rows: Vec<&Assessment> = { self.rows.iter() }
            .flatten()
            .map(|row| &*row.assessment)
            .collect();
        let order = self.rule.order(&rows);
        order
            .into_iter()
            .filter_map(|at| rows.get(at).copied())
            .collect()
    }

    /// The recommended pattern, once all are assessed.
    #[must_use]
    pub fn recommended(&self) -> Option<&Assessed> {
        let first = self.ranked().into_iter().next().map(|first| first.pattern);
        let mut rows = self.rows.iter().flatten();
        rows.find(|row| Some(row.assessment.pattern) == first)
            .filter(|row| row.assessment.verdict == Verdict::Viable && self.is_complete())
    }

    /// Asks in which ranges the recommended pattern stays so.
    pub(super) fn ask_ranges(&mut self) {
        if let Some(best) = self.recommended().map(|row| row.assessment.pattern) {
            let asked = &self.asked;
            self.probe = Some(Probe::new(&asked.intent, best, &asked.catalog, self.rule));
        }
    }

    /// Ranges that are known, with how many of all: none before they are asked for.
    #[must_use]
    pub fn ranges(&self) -> Option<(&[Range], (usize, usize))> {
        let probe = self.probe.as_ref()?;
        Some((probe.ranges(), probe.progress()))
    }

    /// Asks which direct links would pay.
    pub(super) fn ask_mix(&mut self) {
        self.mix = Mix::Asked;
    }

    /// Direct links that pay, with how many are tried of all: none before they are asked for.
    #[must_use]
    pub fn links(&self) -> Option<(&[Suggestion], (usize, usize))> {
        match &self.mix {
            Mix::Unasked => None,
            Mix::Asked => Some((&[], (0, 1))),
            Mix::Search(None) => Some((&[], (0, 0))),
            Mix::Search(Some(search)) => Some((search.found(), search.progress())),
        }
    }

    /// Whether ranges or links are still searched.
    #[must_use]
    pub fn is_searching(&self) -> bool {
        self.is_mixing() || self.probe.as_ref().is_some_and(Probe::is_busy)
    }

    fn is_mixing(&self) -> bool {
        match &self.mix {
            Mix::Unasked => false,
            Mix::Asked => true,
            Mix::Search(search) => search.as_ref().is_some_and(|search| !search.is_done()),
        }
    }

    /// A step of the search for links.
    fn mix_on(&mut self) {
        let asked = Rc::clone(&self.asked);
        let (intent, plan) = (&asked.intent, &asked.plan);
        match &mut self.mix {
            Mix::Search(Some(search)) => search.step(intent, plan, &asked.catalog),
            _ => {
                let best = self.recommended().map(|row| row.assessment.pattern);
                let search = best.and_then(|best| Search::new(best, intent, plan));
                self.mix = Mix::Search(search);
            }
        }
    }

    /// The decision as a page of Markdown.
    #[must_use]
    pub fn record(&self) -> String {
        let ranges = self.probe.as_ref().map_or(&[][..], Probe::ranges);
        record(&self.asked.intent, &self.ranked(), self.rule, ranges)
    }

    /// The viable patterns after the best, by rank, once all are assessed.
    #[must_use]
    pub fn runners_up(&self, best: Pattern) -> Vec<Pattern> {
        let ranked = self.ranked().into_iter().filter(|_| self.is_complete());
        let others = ranked.filter(|one| one.verdict == Verdict::Viable && one.pattern != best);
        others.map(|one| one.pattern).collect()
    }

    /// One turn.
    pub(super) fn turn(&mut self) {
        if self.is_complete() {
            self.search();
            return;
        }
        let many = self.plan().spokes().count() >= MANY;
        let half = matches!(self.job, Job::Follow(..));
        loop {
            self.step();
            let other = matches!(self.job, Job::Follow(..)) != half;
            if many || other || matches!(self.job, Job::Idle) {
                return;
            }
        }
    }

    /// A turn of the search: a step of many spokes, a pattern of few.
    fn search(&mut self) {
        let steps = if self.plan().spokes().count() >= MANY {
            1
        } else {
            STEPS_OF_A_PATTERN
        };
        for _ in 0..steps {
            if self.is_mixing() {
                self.mix_on();
            } else if let Some(probe) = self.probe.as_mut().filter(|probe| probe.is_busy()) {
                probe.step();
            }
        }
    }

    fn step(&mut self) {
        let asked = Rc::clone(&self.asked);
        let (intent, plan, catalog) = (&asked.intent, &asked.plan, &asked.catalog);
        let (Some(pattern), Some(slot)) =
            (Pattern::ALL.get(self.done), self.rows.get_mut(self.done))
        else {
            return;
        };
        let steps = match &mut self.job {
            Job::Idle => Steps::new(*pattern, intent, plan),
            Job::Assess(steps) => steps.next(intent, plan, catalog),
            Job::Follow(built, failed) => {
                let next = slot.as_mut().and_then(|row| {
                    let plan = Rc::clone(&row.assessment.plan);
                    fail(row.followed.as_mut()?, built, &asked.intent, &plan, *failed)
                });
                if next.is_some() {
                    *failed += 1;
                } else {
                    self.job = Job::Idle;
                    self.done += 1;
                }
                return;
            }
        };
        let Some(built) = steps.done() else {
            self.job = Job::Assess(steps);
            return;
        };
        let assessment = Rc::clone(steps.assessment());
        let followed = built.map(|built| follow(built, &assessment.plan));
        *slot = Some(Assessed {
            assessment,
            // What a limit refuses is never built.
            followed: Some(followed.unwrap_or_default()),
        });
        match built {
            Some(built) => self.job = Job::Follow(Rc::clone(built), 0),
            None => {
                self.job = Job::Idle;
                self.done += 1;
            }
        }
    }
}

/// Lets one hub fail; nothing where no further one does.
fn fail(
    followed: &mut Followed,
    built: &Built,
    intent: &Intent,
    plan: &AddressPlan,
    region: usize,
) -> Option<()> {
    if region >= MOST_HUBS {
        return None;
    }
    let left = survivors_of(built, intent, plan, region)?;
    if followed
        .survivors
        .as_ref()
        .is_none_or(|worst| left.after < worst.after)
    {
        followed.survivors = Some(left);
    }
    Some(())
}

/// Hops, round trips and ceilings of its network.
fn follow(built: &Built, plan: &AddressPlan) -> Followed {
    let spoke = |region: usize, at: usize| plan.regions.get(region)?.spokes.get(at);
    let way = |a: (usize, usize), b: (usize, usize), kind: Kind| {
        let (from, to) = (spoke(a.0, a.1)?, spoke(b.0, b.1)?);
        let (source, destination) = (from.workload(), to.workload());
        if built.way(source, destination).0 == Way::Lost {
            return None;
        }
        let trip = built.estate.routing().round_trip(Flow {
            source,
            destination,
            protocol: Protocol::Tcp,
            port: None,
        });
        Some(Representative {
            kind,
            from: from.name.clone(),
            to: to.name.clone(),
            places: (String::new(), String::new()),
            flows: 1,
            trip,
        })
    };
    let within = way((0, 0), (0, 1), Kind::Within(String::new()));
    // The first region may have several hubs.
    let home = plan.regions.first().map(|region| &region.region);
    let other = { plan.regions.iter() }.position(|region| Some(&region.region) != home);
    let between = other.and_then(|other| way((0, 0), (other, 0), Kind::Between));
    let topology = built.topology();
    let hops = |flow: &Option<Representative>| {
        let first = flow.as_ref()?.trip.forward.first()?;
        first.hops.len().checked_sub(1)
    };
    let time = |flow: &Option<Representative>| Some(RoundTripTime::of(topology, flow.as_ref()?));
    let farther = between.as_ref().or(within.as_ref());
    Followed {
        within: hops(&within),
        between: hops(&between),
        round_trips: [time(&within), time(&between)],
        ceilings: farther.map(|flow| ceilings(topology, &built.sketch.spec, flow)),
        survivors: None,
    }
}
