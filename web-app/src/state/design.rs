//! The Intent and the network that is drawn for it, kept together.
//!
//! The rule: while the network is what its pattern draws, a change of the Intent draws it anew. A network that was
//! changed by hand, or that no pattern drew, is left alone and the page says so.

use super::ask::{self, Ask, AskMsg};
use super::history::Cause;
use super::ranking::{Asked, Ranking};
use super::{Choice, Drafts, Effect, State, Tab};
use crate::text;
use interspoke_core::document::{About, Design, Document, DocumentSource};
use interspoke_core::intent::Intent;
use interspoke_core::issue::Source;
use interspoke_core::pattern::Pattern;
use interspoke_core::pattern::preset::Preset;
use interspoke_core::pattern::uses::Use;
use std::borrow::Cow;

/// How the network stands to the Intent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Drawn {
    /// No pattern drew it.
    Alone,
    /// It is what the pattern draws.
    Follows,
    /// It was drawn by the pattern and changed since.
    Left,
}

impl State {
    /// What is asked for.
    #[must_use]
    pub fn intent(&self) -> Cow<'_, Intent> {
        match &self.document.design {
            Some(design) => Cow::Borrowed(&design.intent),
            None => Cow::Owned(Intent::default()),
        }
    }

    /// The pattern that drew the network.
    #[must_use]
    pub fn pattern(&self) -> Option<Pattern> {
        self.document.design.as_ref()?.pattern()
    }

    /// How a document's network stands to its Intent. An Intent without a plan says nothing: it stays as it was.
    pub(super) fn drawn_of(document: &Document, before: Drawn) -> Drawn {
        let Some(design) = &document.design else {
            return Drawn::Alone;
        };
        match design.network() {
            _ if design.pattern().is_none() => Drawn::Alone,
            None => before,
            Some(network) if network == document.network => Drawn::Follows,
            Some(_) => Drawn::Left,
        }
    }

    pub(super) fn ask(&mut self, msg: &AskMsg) {
        match msg {
            AskMsg::Draw(pattern) => self.draw(*pattern, self.intent().into_owned(), None),
            AskMsg::Figure(id) => {
                if let Some(figure) = Preset::named(id) {
                    let about = of_article(text::figure(figure.title), figure.source());
                    self.draw(figure.pattern, figure.intent(), Some((figure.title, about)));
                }
            }
            AskMsg::Use(id) => {
                if let Some(one) = Use::named(id) {
                    let about = of_article(one.says.to_owned(), one.source());
                    self.draw(one.pattern, one.intent(), Some((one.title, about)));
                }
            }
            _ => {
                self.drafts
                    .fields
                    .retain(|field, _| !matches!(field, super::Field::Ask(_)));
                self.change_intent(Cause::Deed, |intent| ask::change(intent, msg));
            }
        }
    }

    /// A text of the Intent; what was expected, if it cannot be read.
    pub(super) fn ask_typed(&mut self, field: Ask, typed: &str) -> Option<String> {
        let mut intent = self.intent().into_owned();
        let error = ask::write(&mut intent, field, typed).err();
        if error.is_none() {
            let cause = Cause::Typing(format!("{field:?}"));
            self.change_intent(cause, |old| *old = intent.clone());
        }
        error
    }

    fn change_intent(&mut self, cause: Cause, mut change: impl FnMut(&mut Intent)) {
        let mut design = self.document.design.clone().unwrap_or_default();
        let before = design.intent.clone();
        change(&mut design.intent);
        if before == design.intent {
            return;
        }
        let network = design.network().filter(|_| self.drawn == Drawn::Follows);
        self.edit(cause, |document| {
            if let Some(network) = network {
                document.network = network;
                document.traffic = design.intent.bill_traffic().0;
            }
            document.design = Some(design);
        });
        self.keep_choice();
    }

    fn draw(&mut self, pattern: Pattern, intent: Intent, figure: Option<(&str, About)>) {
        let design = Design {
            pattern: pattern.id().to_owned(),
            intent,
        };
        let Some(network) = design.network() else {
            self.notice = Some(text::NO_PLAN.to_owned());
            return;
        };
        let (name, about) =
            figure.map_or((pattern.title(), None), |(name, about)| (name, Some(about)));
        self.plan_from_here();
        self.edit(Cause::Deed, |document| {
            document.traffic = design.intent.bill_traffic().0;
            document.flow = None;
            name.clone_into(&mut document.name);
            document.about = about;
            document.network = network;
            document.design = Some(design);
        });
        self.drafts = Drafts::default();
        self.camera = super::Camera::default();
        self.walker = None;
        self.table = None;
        self.choice = Choice::opening(&self.document, &self.answers);
        self.follow();
        self.notice = Some(text::drawn(name));
    }

    /// The chosen flow where one of its ends still exists, else a new one.
    pub(super) fn keep_choice(&mut self) {
        let still = |ip| self.answers.topology().subnet_at(ip).is_some();
        let chosen = self.choice.from.is_some() || self.choice.to.is_some();
        let stands = self.choice.from.is_some_and(still) || self.choice.to.is_some_and(still);
        if chosen && !stands {
            self.choice = Choice::opening(&self.document, &self.answers);
        }
        self.follow();
    }

    /// The turn for what is still to be computed. Answers that need turns are computed only while they are shown.
    pub(super) fn next_turn(&mut self) -> Option<Effect> {
        let busy = self.is_coming()
            || self.import.is_reading()
            || self.late.is_due()
            || self.is_writing()
            || match self.tab {
                Tab::Compare => self.rank_on() || self.reach_on(),
                Tab::Cost => self.rank_on() || self.next_curve().is_some() || self.reach_on(),
                Tab::Build => self.plan_on() || self.reach_on(),
                _ => self.reach_on(),
            };
        if !busy || self.turning {
            return None;
        }
        self.turning = true;
        Some(Effect::Turn)
    }

    /// Whether a pattern is still to be assessed.
    fn rank_on(&mut self) -> bool {
        let intent = self.intent();
        let fresh = |ranking: &Ranking| ranking.is_for(&intent, &self.cost.catalog);
        if !self.ranking.as_ref().is_some_and(fresh)
            && let Some(plan) = self.address_plan()
        {
            let asked = Asked {
                plan: plan.clone(),
                intent: intent.into_owned(),
                catalog: self.cost.catalog.clone(),
            };
            self.ranking = Some(Ranking::new(asked, self.ranking.as_ref()));
        }
        let probing = |r: &Ranking| r.is_searching() && self.tab == Tab::Compare;
        self.ranking
            .as_ref()
            .is_some_and(|r| !r.is_complete() || probing(r))
    }

    /// Does a turn that changes nothing that is shown; false where the next turn shows something.
    pub(super) fn quiet_turn(&self) -> bool {
        match self.coming {
            Some(_) => self.come_quietly(),
            None if self.is_coming() => false,
            None if self.import.is_reading() => self.read_quietly(),
            None => self.search_quietly(),
        }
    }

    /// The turn came.
    pub(super) fn turn(&mut self) -> Vec<Effect> {
        self.turning = false;
        if self.is_coming() {
            return self.come_on();
        }
        if self.import.is_reading() {
            return self.read_on();
        }
        if self.late.is_due() {
            self.late_turn();
            return Vec::new();
        }
        if self.is_writing() {
            self.write_code();
            return Vec::new();
        }
        self.plan_turn();
        let cost = self.tab == Tab::Cost;
        match &mut self.ranking {
            Some(ranking) if !ranking.is_complete() && (cost || self.tab == Tab::Compare) => {
                ranking.turn();
            }
            Some(ranking) if ranking.is_searching() && self.tab == Tab::Compare => ranking.turn(),
            _ if cost => {
                if let Some(pattern) = self.next_curve() {
                    self.chart(pattern);
                }
            }
            _ => {}
        }
        Vec::new()
    }
}

/// Where a design of the article comes from.
fn of_article(summary: String, source: Source) -> About {
    About {
        summary,
        sources: vec![DocumentSource {
            title: source.title.to_owned(),
            version: source.date.to_owned(),
            url: source.url.to_owned(),
            ..DocumentSource::default()
        }],
        ..About::default()
    }
}
