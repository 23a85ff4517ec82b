//! Every pattern side by side, in rank.
//!
//! The rule: each pattern is assessed alone; the first viable one in rank is recommended.
//!
//! A caller that must not block (a page) assesses one pattern at a time with [`Assessment::new`] and ranks with
//! [`Comparison::of`].

use super::Pattern;
use super::alias::{Alias, aliases};
use super::rank::{Rule, unbeaten};
use super::record::record;
use super::sensitivity::{Question, Range, Search, firewall_hour};
use super::verdict::{Assessment, Verdict};
use crate::intent::{AddressPlan, Intent, Problem};
use crate::price::Catalog;

/// Every pattern for an Intent.
#[derive(Debug, Clone)]
pub struct Comparison {
    /// The Intent.
    pub intent: Intent,
    /// Its addresses.
    pub plan: AddressPlan,
    /// Every pattern, the best first.
    pub assessments: Vec<Assessment>,
    /// How they are ranked.
    pub rule: Rule,
    /// What a reader must know about the figures.
    pub notes: Vec<String>,
}

impl Comparison {
    /// Ranks assessments of one Intent.
    #[must_use]
    pub fn of(intent: Intent, plan: AddressPlan, assessments: Vec<Assessment>) -> Self {
        Self::ranked(intent, plan, assessments, Rule::default())
    }

    /// Ranks them by a rule.
    #[must_use]
    pub fn ranked(
        intent: Intent,
        plan: AddressPlan,
        assessments: Vec<Assessment>,
        rule: Rule,
    ) -> Self {
        let rows: Vec<&Assessment> = assessments.iter().collect();
        let order = rule.order(&rows);
        let mut places: Vec<Option<Assessment>> = assessments.into_iter().map(Some).collect();
        let mut taken = |at: usize| places.get_mut(at).and_then(Option::take);
        let mut assessments: Vec<Assessment> = order.into_iter().filter_map(&mut taken).collect();
        if let Some(first) = assessments
            .first_mut()
            .filter(|first| first.verdict == Verdict::Viable)
        {
            first.verdict = Verdict::Recommended;
        }
        let (_, mut notes) = intent.bill_traffic();
        for region in plan.regions.iter().filter(|region| region.room == 0) {
            notes.push(format!(
                "no further spoke fits the range of {}",
                region.region
            ));
        }
        Self {
            intent,
            plan,
            assessments,
            rule,
            notes,
        }
    }

    /// The assessment of a pattern.
    #[must_use]
    pub fn get(&self, pattern: Pattern) -> Option<&Assessment> {
        self.assessments
            .iter()
            .find(|assessment| assessment.pattern == pattern)
    }

    /// Patterns that stand for themselves, each with those that are the same design.
    #[must_use]
    pub fn aliases(&self) -> Vec<(Pattern, Vec<Alias>)> {
        let prints = self
            .assessments
            .iter()
            .map(|one| (one.pattern, one.fingerprint));
        aliases(&prints.collect::<Vec<_>>())
    }

    /// Why each stands before the next, in rank.
    #[must_use]
    pub fn because(&self) -> Vec<String> {
        let rows: Vec<&Assessment> = self.assessments.iter().collect();
        let ranked = self.rule.ranked(&rows);
        let why = |at: usize| ranked.because(at, at + 1);
        (0..rows.len()).filter_map(why).collect()
    }

    /// Designs that no other beats.
    #[must_use]
    pub fn unbeaten(&self) -> Vec<Pattern> {
        unbeaten(&self.assessments.iter().collect::<Vec<_>>())
    }

    /// The decision as a page of Markdown.
    #[must_use]
    pub fn record(&self, ranges: &[Range]) -> String {
        let rows: Vec<&Assessment> = self.assessments.iter().collect();
        record(&self.intent, &rows, self.rule, ranges)
    }

    /// The recommended pattern, if any is viable.
    #[must_use]
    pub fn recommended(&self) -> Option<&Assessment> {
        self.assessments
            .first()
            .filter(|first| first.verdict == Verdict::Recommended)
    }
}

/// Assesses and ranks every pattern.
///
/// ```
/// use interspoke_core::intent::Intent;
/// use interspoke_core::pattern::{Pattern, select::compare};
/// use interspoke_core::price::Catalog;
/// let comparison = compare(&Intent::default(), &Catalog::built_in()).unwrap();
/// assert_eq!(comparison.recommended().unwrap().pattern, Pattern::HubFirewall);
/// ```
///
/// # Errors
/// Every problem of the Intent.
pub fn compare(intent: &Intent, catalog: &Catalog) -> Result<Comparison, Vec<Problem>> {
    let plan = AddressPlan::new(intent)?;
    let assess = |pattern: &Pattern| Assessment::new(*pattern, intent, &plan, catalog);
    let assessments = Pattern::ALL.iter().map(assess).collect();
    Ok(Comparison::of(intent.clone(), plan, assessments))
}

/// Ranges of every input in which the recommended pattern stays so; none where none is recommended.
#[must_use]
pub fn sensitivity(comparison: &Comparison, catalog: &Catalog) -> Option<Vec<Range>> {
    let recommended = comparison.recommended()?.pattern;
    let mut search = Search::new(
        &comparison.intent,
        recommended,
        firewall_hour(catalog, &comparison.intent),
    );
    while let Some(question) = search.wants() {
        search.told(evaluate(&question, catalog, comparison.rule));
    }
    Some(search.ranges().to_vec())
}

/// What is recommended for a question.
#[must_use]
pub fn evaluate(question: &Question, catalog: &Catalog, rule: Rule) -> Option<Pattern> {
    let catalog = question.catalog(catalog);
    let plan = AddressPlan::new(&question.intent).ok()?;
    let assess = |pattern: &Pattern| Assessment::new(*pattern, &question.intent, &plan, &catalog);
    let assessments = Pattern::ALL.iter().map(assess).collect();
    let comparison = Comparison::ranked(question.intent.clone(), plan, assessments, rule);
    comparison.recommended().map(|best| best.pattern)
}
