//! In which range of each input the recommended design stays so: one step of one pattern a turn.
//!
//! The rule: the core says which Intent it wants to know about; each pattern of it is assessed step by step like those of
//! the table, then ranked by the same rule. Nothing is kept of an Intent that was answered.

use super::message::JudgeMsg;
use super::{Effect, Shared, State};
use interspoke_core::intent::{AddressPlan, Intent};
use interspoke_core::pattern::Pattern;
use interspoke_core::pattern::rank::Rule;
use interspoke_core::pattern::sensitivity::{Range, Search, firewall_hour};
use interspoke_core::pattern::steps::Steps;
use interspoke_core::pattern::verdict::{Assessment, Verdict};
use interspoke_core::price::Catalog;
use std::rc::Rc;

/// A search on its way.
#[derive(Debug, Clone)]
pub(super) struct Probe {
    search: Search,
    catalog: Shared<Catalog>,
    rule: Rule,
    trial: Option<Trial>,
}

/// One Intent that is asked about.
#[derive(Debug, Clone)]
struct Trial {
    intent: Rc<Intent>,
    plan: Rc<AddressPlan>,
    catalog: Rc<Catalog>,
    done: Vec<Rc<Assessment>>,
    steps: Option<Steps>,
}

impl Probe {
    pub(super) fn new(
        intent: &Intent,
        recommended: Pattern,
        catalog: &Shared<Catalog>,
        rule: Rule,
    ) -> Self {
        Self {
            search: Search::new(intent, recommended, firewall_hour(catalog, intent)),
            catalog: catalog.clone(),
            rule,
            trial: None,
        }
    }

    /// Ranges that are known.
    pub(super) fn ranges(&self) -> &[Range] {
        self.search.ranges()
    }

    /// Ranges known, and all of them.
    pub(super) fn progress(&self) -> (usize, usize) {
        self.search.progress()
    }

    /// Whether something is still to be asked.
    pub(super) fn is_busy(&self) -> bool {
        self.search.wants().is_some()
    }

    /// One step.
    pub(super) fn step(&mut self) {
        match self.trial.take() {
            None => self.begin(),
            Some(trial) => self.go_on(trial),
        }
    }

    fn begin(&mut self) {
        let Some(question) = self.search.wants() else {
            return;
        };
        match AddressPlan::new(&question.intent) {
            Err(_) => self.search.told(None),
            Ok(plan) => {
                self.trial = Some(Trial {
                    catalog: question.catalog(&self.catalog).into(),
                    intent: question.intent.into(),
                    plan: plan.into(),
                    done: Vec::new(),
                    steps: None,
                });
            }
        }
    }

    fn go_on(&mut self, mut trial: Trial) {
        let Some(pattern) = Pattern::ALL.get(trial.done.len()) else {
            self.search.told(best(&trial.done, self.rule));
            return;
        };
        let steps = match trial.steps.take() {
            None => Steps::new(*pattern, &trial.intent, &trial.plan),
            Some(steps) => steps.next(&trial.intent, &trial.plan, &trial.catalog),
        };
        if steps.done().is_some() {
            trial.done.push(Rc::clone(steps.assessment()));
        } else {
            trial.steps = Some(steps);
        }
        self.trial = Some(trial);
    }
}

/// The first of the viable ones in rank.
pub(super) fn best(rows: &[Rc<Assessment>], rule: Rule) -> Option<Pattern> {
    let rows: Vec<&Assessment> = rows.iter().map(|row| &**row).collect();
    let first = rule.order(&rows).first().copied()?;
    let first = rows.get(first)?;
    (first.verdict == Verdict::Viable).then_some(first.pattern)
}

impl State {
    /// How patterns are ranked, and what is asked of the ranking.
    /// Two patterns are pinned at most: a third takes the place of the first.
    fn pin(&mut self, pattern: Pattern) {
        let before = self.pinned.len();
        self.pinned.retain(|pinned| *pinned != pattern);
        if self.pinned.len() == before {
            self.pinned.truncate(2);
            if self.pinned.len() == 2 {
                self.pinned.remove(0);
            }
            self.pinned.push(pattern);
        }
    }

    pub(super) fn judge(&mut self, msg: JudgeMsg) -> Vec<Effect> {
        let Some(ranking) = &mut self.ranking else {
            return Vec::new();
        };
        let rule = ranking.rule();
        match msg {
            JudgeMsg::First(first) => ranking.rank_by(Rule { first, ..rule }),
            JudgeMsg::Band(band_percent) => ranking.rank_by(Rule {
                band_percent,
                ..rule
            }),
            JudgeMsg::Ranges => ranking.ask_ranges(),
            JudgeMsg::Mix => ranking.ask_mix(),
            JudgeMsg::Unpin => self.pinned.clear(),
            JudgeMsg::Pin(pattern) => self.pin(pattern),
            JudgeMsg::Impossible => self.unfolded = !self.unfolded,
            JudgeMsg::Record => {
                let name = "interspoke-decision.md".to_owned();
                return vec![Effect::Save(name, "text/markdown", ranking.record())];
            }
        }
        Vec::new()
    }
}
