//! Every pattern side by side, in rank.
//!
//! The rule: each pattern is assessed alone; the first viable one in rank is recommended.
//!
//! A caller that must not block (a page) assesses one pattern at a time with [`Assessment::new`] and ranks with
//! [`Comparison::of`].

use super::Pattern;
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
    /// What a reader must know about the figures.
    pub notes: Vec<String>,
}

impl Comparison {
    /// Ranks assessments of one Intent.
    #[must_use]
    pub fn of(intent: Intent, plan: AddressPlan, mut assessments: Vec<Assessment>) -> Self {
        assessments.sort_by_cached_key(Assessment::rank);
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
