//! Impossible, discouraged, viable, recommended: earned by flows, limits and guidance, each reason with its input.
//!
//! The rule: *impossible* where a flow refutes something hard that was asked for, Azure refuses a part, or a hard
//! limit is passed (then nothing is built). *Discouraged* where a cited sentence advises against it in this case. Else
//! *viable*; the first of these in rank is *recommended*: exactly one, or none.
//!
//! In which order they stand: `rank`.
//!
//! | default Intent | verdict | because |
//! |---|---|---|
//! | `peering-mesh` | impossible | no appliance sees traffic between spokes |
//! | `hub-firewall` | recommended | every pair is inspected, and it is the cheapest of those whose bill is complete |
//! | `hub-vpn-gateway` | impossible | nothing inspects; it is not recommended besides |
//!
//! Left out: what a round trip is made of; `ceiling` and [`crate::latency`] know. An unknown figure never fails a ceiling.

use super::advice::{advice, general, lost_on_growth, transit_by_hand, unmet};
use super::bounds::{Growth, growth, largest};
use super::ceiling::Ceiling;
use super::effort::{Efforts, Upkeep};
use super::encryption::unencrypted;
use super::fit::Fit;
use super::pace::Pace;
use super::proof::{Built, Proof, Property, Refutation, prove};
use super::sketch::MANY;
use super::{Counts, Pattern, Sentence, Shape};
use crate::intent::{AddressPlan, Intent};
use crate::issue::Source;
use crate::limit::{Bind, Limit, Usage};
use crate::price::Bill;
use std::rc::Rc;

/// What becomes of a pattern for an Intent; the best is the largest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Verdict {
    /// Something hard is not met.
    Impossible,
    /// A cited sentence advises against it.
    Discouraged,
    /// It does what is asked.
    Viable,
    /// The first of the viable ones.
    Recommended,
}

impl Verdict {
    /// The word shown to people.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Impossible => "impossible",
            Self::Discouraged => "discouraged",
            Self::Viable => "viable",
            Self::Recommended => "recommended",
        }
    }
}

/// What a reason rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ground {
    /// A limit that is passed.
    Limit(Usage),
    /// A flow that refutes a property.
    Flow(Property, Refutation),
    /// What Azure refuses.
    Refusal,
    /// Guidance against it.
    Guidance,
    /// Something softly asked for that it does not meet.
    Preference,
    /// A property that every followed flow shows.
    Holds(Property),
    /// What is not known.
    Unknown,
}

/// Why a verdict is what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// What it rests on.
    pub ground: Ground,
    /// The fact, without a final dot.
    pub text: String,
    /// Where the fact stands; none where the flow itself shows it.
    pub source: Option<Source>,
    /// The member of the Intent that makes it count; empty where it always does.
    pub input: &'static str,
}

/// A pattern for an Intent.
#[derive(Debug, Clone)]
pub struct Assessment {
    /// The pattern.
    pub pattern: Pattern,
    /// What becomes of it.
    pub verdict: Verdict,
    /// Why, the gravest first.
    pub reasons: Vec<Reason>,
    /// What would change the verdict.
    pub change: Option<String>,
    /// What a reader must know.
    pub says: Vec<Sentence>,
    /// How many of everything.
    pub counts: Counts,
    /// How much of each limit.
    pub usages: Vec<Usage>,
    /// When growth passes the first limit.
    pub growth: Option<Growth>,
    /// What it does.
    pub proof: Option<Proof>,
    /// What it costs.
    pub bill: Option<Bill>,
    /// How many soft wishes it does not meet.
    pub misses: usize,
    /// Its hubs and the sizes of its parts.
    pub fit: Fit,
    /// Its addresses.
    pub plan: Rc<AddressPlan>,
    /// Objects kept by hand, now and in a year.
    pub upkeep: Upkeep,
    /// What one thing more asks for; unknown where nothing was built.
    pub efforts: Efforts,
    /// The slowest round trip between two spokes, in microseconds at least, and whether that is all.
    pub slowest: Option<Pace>,
    /// What it shares with a pattern that is the same design; none where nothing was built.
    pub fingerprint: Option<u64>,
}

impl Assessment {
    /// Formulas and limits.
    pub(super) fn planned(pattern: Pattern, intent: &Intent, plan: &AddressPlan) -> Self {
        let shape = Shape::new(intent, plan);
        let fit = Fit::new(pattern, intent, &shape);
        let upkeep = Upkeep::of(pattern, intent, &shape, &fit.counts);
        let mut says = pattern.says(intent);
        says.extend(general(pattern, intent, &fit.counts));
        says.extend(fit.says(intent));
        let mut assessment = Self {
            pattern,
            verdict: Verdict::Viable,
            reasons: Vec::new(),
            change: None,
            says,
            counts: fit.counts.clone(),
            usages: fit.usages.clone(),
            plan: fit.plan(intent, plan).into(),
            fit,
            growth: growth(pattern, intent, &shape),
            upkeep,
            efforts: Efforts::default(),
            slowest: None,
            fingerprint: None,
            proof: None,
            bill: None,
            misses: 0,
        };
        assessment.limits(intent, &shape);
        assessment
    }

    /// Whether a limit refuses it, so that nothing is built.
    pub(super) fn is_refused(&self) -> bool {
        self.verdict != Verdict::Viable
    }

    /// What was wished for, what guidance says, what is not known.
    pub(super) fn finish(&mut self, intent: &Intent) {
        self.wishes(intent);
        self.guidance(intent);
        self.unknown();
    }

    fn reason(
        &mut self,
        ground: Ground,
        text: String,
        source: Option<Source>,
        input: &'static str,
    ) {
        self.reasons.push(Reason {
            ground,
            text,
            source,
            input,
        });
    }

    /// Refuses what passes a hard limit.
    fn limits(&mut self, intent: &Intent, shape: &Shape) {
        let refused: Vec<Usage> = self
            .usages
            .iter()
            .filter(|usage| usage.refused())
            .cloned()
            .collect();
        // Of two limits of one kind the one that allows less says it all.
        let refused = tightest(refused);
        for usage in &refused {
            self.verdict = Verdict::Impossible;
            let text = usage.named();
            let (source, input) = (usage.limit.source, usage.input);
            self.reason(Ground::Limit(usage.clone()), text, Some(source), input);
        }
        if let Some(usage) = refused.first() {
            let spokes = largest(self.pattern, intent, shape).map(|(spokes, _)| spokes);
            let spokes = spokes.filter(|_| usage.limit.bind == Bind::Hard);
            let up_to = spokes.map_or_else(String::new, |n| format!(", {n} spokes in all"));
            let (allowed, unit, action) = (usage.allowed, usage.limit.unit, usage.limit.action);
            self.change = Some(format!("viable up to {allowed} {unit}{up_to}; or {action}"));
        }
        if let Some(unmet) = unmet(self.pattern, intent, shape, &self.fit) {
            self.verdict = Verdict::Impossible;
            let Sentence { text, source } = unmet.sentence;
            self.reason(Ground::Refusal, text, source, unmet.input);
            self.change
                .get_or_insert_with(|| format!("viable {}", unmet.change));
        }
        let missing = self.pattern.regions_without_groups(intent, shape);
        if let Some(limit) = Limit::named("avnm.cg_regions").filter(|_| !missing.is_empty()) {
            self.verdict = Verdict::Impossible;
            let text = format!("connected groups are not listed for {}", missing.join(", "));
            let usage = Usage {
                limit,
                used: None,
                allowed: limit.value,
                input: "regions",
            };
            self.reason(Ground::Limit(usage), text, Some(limit.source), "regions");
            self.change
                .get_or_insert_with(|| format!("viable in {}", limit.action));
        }
    }

    /// What the proof shows, and the bill.
    pub(super) fn proved(&mut self, proof: Proof, bill: Bill, intent: &Intent) {
        self.bill = Some(bill);
        let mut asked = Vec::new();
        for issue in proof.refusals() {
            self.verdict = Verdict::Impossible;
            self.reason(
                Ground::Refusal,
                issue.to_string(),
                issue.code.source(),
                refused_for(intent),
            );
        }
        for outcome in &proof.outcomes {
            if let Some(refutation) = &outcome.refutation {
                self.verdict = Verdict::Impossible;
                asked.push(outcome.property);
                let mut text =
                    refuted(outcome.property, refutation, outcome.refuted, outcome.flows);
                let why = (outcome.property == Property::Encryption)
                    .then(|| unencrypted(self.pattern, intent, refutation.way));
                let (says, source) =
                    why.map_or_else(Default::default, |says| (says.text, says.source));
                text.push_str(&says);
                let ground = Ground::Flow(outcome.property, refutation.clone());
                self.reason(ground, text, source, outcome.property.input());
            }
        }
        for outcome in proof.outcomes.iter().filter(|outcome| outcome.holds()) {
            let text = format!(
                "{}: {} of {} flows",
                outcome.property.word(),
                outcome.flows,
                outcome.flows
            );
            self.reason(
                Ground::Holds(outcome.property),
                text,
                None,
                outcome.property.input(),
            );
        }
        if !asked.is_empty() {
            let wishes: Vec<&str> = asked.iter().map(|property| wish(*property)).collect();
            self.change = Some(format!("viable if {}", wishes.join(" and ")));
        } else if self.verdict == Verdict::Impossible {
            self.change = Some("viable without spokes that own a gateway".to_owned());
        }
        self.proof = Some(proof);
    }

    /// What round trips say to the Intent's ceiling.
    pub(super) fn timed(&mut self, ceiling: &Ceiling, ms: u32) {
        let input = "latencyCeilingMs";
        if let Some((text, source)) = ceiling.over(ms) {
            self.misses += 1;
            self.reason(Ground::Preference, text, source, input);
        }
        if let Some(text) = ceiling.unknown() {
            self.reason(Ground::Unknown, text, None, input);
        }
    }

    /// Soft wishes: who runs the hub, which appliance, transit between many regions, a second spoke, peaks.
    fn wishes(&mut self, intent: &Intent) {
        for (input, text) in self.pattern.differs(intent, &self.counts) {
            self.misses += 1;
            self.reason(Ground::Preference, text.to_owned(), None, input);
        }
        if let Some(Sentence { text, source }) = transit_by_hand(self.pattern, intent) {
            self.misses += 1;
            self.reason(Ground::Preference, text, source, "hub");
        }
        if let Some(text) = lost_on_growth(self.pattern, intent) {
            self.misses += 1;
            self.reason(Ground::Preference, text.to_owned(), None, "regions");
        }
        let over: Vec<Usage> = self
            .usages
            .iter()
            .filter(|usage| usage.exceeded() && !usage.refused())
            .cloned()
            .collect();
        for usage in over {
            self.misses += usize::from(usage.limit.bind == Bind::Soft);
            let text = format!("{}; {}", usage.named(), usage.limit.action);
            let (source, input) = (usage.limit.source, usage.input);
            self.reason(Ground::Limit(usage), text, Some(source), input);
        }
    }

    fn guidance(&mut self, intent: &Intent) {
        for advice in advice(self.pattern, intent, &self.fit) {
            if self.verdict == Verdict::Viable {
                self.verdict = Verdict::Discouraged;
                self.change = Some(format!("viable {}", advice.change));
            }
            self.reason(
                Ground::Guidance,
                advice.sentence.text,
                advice.sentence.source,
                advice.input,
            );
        }
    }

    fn unknown(&mut self) {
        if let Some(open) = self
            .bill
            .as_ref()
            .map(|bill| bill.open_lines().count())
            .filter(|open| *open > 0)
        {
            let text = format!(
                "{} of the bill {} no sourced price: its total is a lower bound",
                if open == 1 {
                    "1 line".to_owned()
                } else {
                    format!("{open} lines")
                },
                if open == 1 { "has" } else { "have" },
            );
            self.reason(Ground::Unknown, text, None, "traffic");
        }
    }

    /// The part of its fullest limit that is used, in per cent; none where some is past counting.
    #[must_use]
    pub fn fullest(&self) -> Option<u64> {
        let shares: Option<Vec<u64>> = self.usages.iter().map(Usage::share_percent).collect();
        Some(shares?.into_iter().max().unwrap_or(0))
    }
}

/// Of usages of one limit the fullest.
fn tightest(usages: Vec<Usage>) -> Vec<Usage> {
    let mut kept: Vec<Usage> = Vec::new();
    for usage in usages {
        match kept.iter_mut().find(|held| held.limit.id == usage.limit.id) {
            Some(held) if held.used < usage.used || usage.used.is_none() => *held = usage,
            Some(_) => {}
            None => kept.push(usage),
        }
    }
    kept
}

/// The member of the Intent that makes Azure refuse a blueprint.
fn refused_for(intent: &Intent) -> &'static str {
    if intent.spokes_with_gateway.is_empty() {
        "regions"
    } else {
        "spokesWithGateway"
    }
}

fn refuted(property: Property, refutation: &Refutation, refuted: usize, flows: usize) -> String {
    let path = if refutation.path.is_empty() {
        String::new()
    } else {
        format!(" (over {})", refutation.path.join(", "))
    };
    let Refutation { from, to, way, .. } = refutation;
    format!(
        "{from} to {to} is {}{path}; {} fails for {refuted} of {flows} flows",
        way.word(),
        property.noun()
    )
}

impl Property {
    const fn noun(self) -> &'static str {
        match self {
            Self::Reachability => "reachability",
            Self::Isolation => "isolation",
            Self::Inspection => "inspection",
            Self::DirectPairs => "a direct path",
            Self::Symmetry => "symmetry",
            Self::OnPremises => "the way on-premises",
            Self::OtherClouds => "the way to other clouds",
            Self::Internet => "inspection towards the Internet",
            Self::Encryption => "encryption",
        }
    }
}

/// What would have to be asked differently.
const fn wish(property: Property) -> &'static str {
    match property {
        Property::Reachability => "the spokes did not have to reach each other",
        Property::Isolation => "environments did not have to stay apart",
        Property::Inspection => "traffic between spokes did not have to be inspected",
        Property::DirectPairs => "no pair had to be direct",
        Property::Symmetry => "replies could take another way",
        Property::OnPremises => "on-premises networks did not have to be reached",
        Property::OtherClouds => "other clouds did not have to be reached",
        Property::Internet => "the Internet could be reached any way",
        Property::Encryption => "traffic did not have to be encrypted",
    }
}

/// Proves a pattern on the largest instance that Azure allows, where the Intent itself is refused.
#[must_use]
pub fn prove_largest(
    pattern: Pattern,
    intent: &Intent,
    plan: &AddressPlan,
) -> Option<(u64, Proof)> {
    let shape = Shape::new(intent, plan);
    let (spokes, _) = largest(pattern, intent, &shape)?;
    let sizes = shape.with_total(spokes).spokes;
    let mut smaller = intent.clone();
    for (region, size) in smaller.regions.iter_mut().zip(sizes) {
        region.spokes = u32::try_from(size).ok()?;
        region.spoke_prefixes.clear();
        region.spoke_environments.clear();
    }
    let plan = AddressPlan::new(&smaller).ok()?;
    let built = Built::new(pattern.sketch(&smaller, &plan, MANY));
    Some((spokes, prove(pattern, &smaller, &plan, &built)))
}
