//! One message, one change.

use super::history::Cause;
use super::{
    Answers, CameraMsg, CanvasMsg, DesignMsg, Draft, Effect, Field, Msg, PickMsg, Shared, SpecMsg,
    State, Step, Tab, Turn, Way, edit, endpoint, table,
};
use crate::scene::{NodeKey, Point};
use crate::text;
use interspoke_core::document::Document;
use interspoke_core::sample::{SAMPLES, Sample};
use interspoke_core::units::GbPerMonth;
use std::rc::Rc;

/// What a message makes of a state, and what it asks of the browser. A turn that shows nothing new leaves the state as it
/// is, so that nothing is drawn for it.
#[must_use]
pub fn update(state: Rc<State>, msg: Msg) -> (Rc<State>, Vec<Effect>) {
    if msg == Msg::Turn && state.quiet_turn() {
        return (state, vec![Effect::Soon]);
    }
    let mut next = Rc::unwrap_or_clone(state);
    let last = Rc::clone(&next.document);
    let mut effects = next.meet(&msg);
    let before = Rc::clone(&next.document);
    // What opens is no change of the design.
    let opens = msg == Msg::Turn && next.coming.is_some();
    let unchanged = next.shown.read_only.then(|| next.clone());
    let (typed, listed) = (next.store.typed, next.store.listed);
    let ends = (next.choice.from, next.choice.to);
    // What was said stays while patterns are computed.
    if !is_silent(&msg) {
        next.notice = None;
    }
    effects.extend(next.take(msg));
    let changed = !opens && !Rc::ptr_eq(&before, &next.document);
    if let Some(unchanged) = unchanged.filter(|_| changed) {
        let notice = Some(text::READ_ONLY.to_owned());
        return (
            Rc::new(State {
                notice,
                ..unchanged
            }),
            Vec::new(),
        );
    }
    next.plan_anew();
    next.redraw();
    next.make();
    effects.extend(next.keep());
    if next.store.typed != typed {
        effects.push(Effect::Pause(next.store.typed));
    }
    if !opens && ends != (next.choice.from, next.choice.to) {
        effects.push(Effect::Chose);
    }
    if next.store.listed != listed {
        effects.push(Effect::List(next.store.listed));
    }
    if !Rc::ptr_eq(&last, &next.document) {
        effects.push(Effect::Keep(Rc::clone(&next.document)));
    }
    if changed {
        effects.push(Effect::Changed);
    }
    effects.extend(next.tell_opened());
    effects.extend(next.next_turn());
    (Rc::new(next), effects)
}

/// What the browser reports by itself: what was said before it stays.
const fn is_silent(msg: &Msg) -> bool {
    matches!(
        msg,
        Msg::Turn | Msg::Store(_) | Msg::Design(DesignMsg::Paused(_))
    )
}

impl State {
    fn take(&mut self, msg: Msg) -> Vec<Effect> {
        match msg {
            Msg::Sample(id) => self.open_sample(id),
            Msg::Pick(msg) => self.pick(msg),
            Msg::Spec(msg) => self.change(msg),
            Msg::Form(msg) => return self.form_and_focus(msg),
            Msg::Canvas(CanvasMsg::Edit(key)) => {
                self.canvas(CanvasMsg::Edit(key));
                return vec![Effect::OpenForm];
            }
            Msg::Canvas(msg) => self.canvas(msg),
            Msg::Apply(change) => self.apply_change(&change),
            Msg::Palette(msg) => self.palette(msg),
            Msg::Ask(msg) => self.ask(&msg),
            Msg::Reach(msg) => self.reach(msg),
            Msg::Go(flow) => {
                self.pick(PickMsg::Flow(flow));
                self.tab = Tab::Path;
            }
            Msg::Sort(column) => self.sort_by(column),
            Msg::Design(msg) => return self.design_msg(msg),
            Msg::Store(msg) => return self.stored(msg),
            Msg::PeeringEnd(spokes) => self.peering_end = Some(spokes),
            Msg::Open(pattern) => {
                self.open = Some(pattern).filter(|_| self.open != Some(pattern));
            }
            Msg::Build(msg) => return self.build(msg),
            Msg::Plan(msg) => return self.plan_msg(msg),
            Msg::Stage(msg) => return self.tell_stage(*msg),
            Msg::Judge(msg) => return self.judge(msg),
            Msg::Cost(msg) => return self.cost_msg(msg),
            Msg::Turn => return self.turn(),
            Msg::Side(side) => (self.side, self.side_open) = (side, true),
            Msg::FoldSide => self.side_open = !self.side_open,
            Msg::ChangeIntent => {
                (self.side, self.side_open) = (super::Side::Intent, true);
                return vec![Effect::Reveal];
            }
            Msg::Typed(field, text) => self.typed(field, text),
            Msg::Left(field) => self.left(field),
            Msg::Undo => return self.travel(true),
            Msg::Redo => return self.travel(false),
            Msg::Show(tab) => self.tab = tab,
            Msg::Routes(table) => {
                self.table = Some(table);
                self.drafts.fields.remove(&Field::Table);
            }
            Msg::Look(way) => self.way = way,
            Msg::Branch(Way::Forward, at) => (self.forward, self.back) = (at, 0),
            Msg::Branch(Way::Back, at) => self.back = at,
            Msg::Theme(theme) => {
                self.theme = theme;
                return vec![Effect::SaveTheme(theme)];
            }
            Msg::Camera(msg) => self.look(msg),
            Msg::Walk(step) => return self.walk(step),
            Msg::Room(viewport) => {
                self.drawing.viewport = viewport;
                self.camera = super::Camera::default();
                return self.tell_stage(Msg::Room(viewport));
            }
            Msg::Unfold(stack) => self.unfold(stack),
            Msg::FoldAll => self.drawing.open.clear(),
            Msg::Stand(key) => self.walker = Some(key),
            Msg::Arrange(arrangement) => self.arrangement = arrangement,
            Msg::Copy(copied, said) => {
                self.notice = Some(said.to_owned());
                return vec![Effect::Copy(copied)];
            }
            Msg::Say(said) => self.notice = Some(said.to_owned()),
        }
        Vec::new()
    }

    /// Takes a new document over, with everything that follows from it.
    fn show(&mut self, document: Rc<Document>, step: bool) {
        self.effected = None;
        let old = &self.document;
        let same = old.network == document.network
            && old.traffic == document.traffic
            && old.settings == document.settings;
        if !same {
            let answers = Shared::new(Answers::of(&document));
            let old = std::mem::replace(&mut self.answers, answers);
            self.reach.changed(&old, step);
            self.search_again();
        }
        let old = Rc::clone(&self.document);
        self.document = Rc::clone(&document);
        let billed = self.take_choices(&old.choices);
        if !same || billed || old.design != document.design {
            self.bill_again();
        }
        self.work_out_small();
        self.drawn = Self::drawn_of(&document, self.drawn);
        self.sample = SAMPLES
            .iter()
            .find(|sample| document.design.is_none() && sample.title == document.name)
            .map(|sample| sample.id);
        self.follow();
    }

    /// Changes the document as a step that can be undone.
    pub(super) fn edit(&mut self, cause: Cause, change: impl FnOnce(&mut Document)) {
        let mut document = (*self.document).clone();
        change(&mut document);
        document.id.clone_from(&self.document.id);
        if document != *self.document {
            let named = document.name != self.document.name;
            self.own_id();
            document.id.clone_from(&self.document.id);
            if !named {
                // A copy has a name of its own.
                document.name.clone_from(&self.document.name);
            }
            if matches!(cause, Cause::Typing(_)) {
                self.store.typed = self.store.typed.wrapping_add(1);
            }
            let step = self.history.record(document.to_json(), cause);
            self.show(Rc::new(document), step);
        }
    }

    fn open_sample(&mut self, id: &'static str) {
        let Some(Ok(document)) = Sample::named(id).map(Sample::document) else {
            return;
        };
        self.edit(Cause::Deed, |present| {
            let choices = std::mem::take(&mut present.choices);
            *present = Document {
                choices,
                ..document
            };
        });
        self.drafts = super::Drafts::default();
        self.choice = super::Choice::opening(&self.document, &self.answers);
        self.camera = super::Camera::default();
        self.walker = None;
        self.table = None;
        self.follow();
    }

    fn travel(&mut self, back: bool) -> Vec<Effect> {
        let found = if back {
            self.history.undo()
        } else {
            self.history.redo()
        };
        let Some(text) = found else {
            return self.leave(back);
        };
        let Ok(document) = Document::parse(&text) else {
            self.notice = Some(text::store::STEPS_LOST.to_owned());
            return Vec::new();
        };
        self.drafts = super::Drafts::default();
        self.show(Rc::new(document), true);
        self.keep_choice();
        self.notice = Some((if back { text::UNDONE } else { text::REDONE }).to_owned());
        Vec::new()
    }

    pub(super) fn pick(&mut self, msg: PickMsg) {
        match msg {
            PickMsg::Node(key) => {
                if let Some(address) = self.address_of(key) {
                    let turn = self.choice.turn;
                    self.choose(turn, address);
                    self.choice.turn = other(turn);
                } else {
                    self.notice = Some(text::NOTHING_TO_CHOOSE.to_owned());
                }
            }
            PickMsg::Flow(flow) => {
                self.choice = super::Choice {
                    from: Some(flow.source),
                    to: Some(flow.destination),
                    protocol: flow.protocol,
                    port: flow.port,
                    turn: self.choice.turn,
                };
                self.drafts.fields.remove(&Field::From);
                self.drafts.fields.remove(&Field::To);
                self.drafts.fields.remove(&Field::Port);
                self.table = None;
                self.follow();
            }
            PickMsg::Address(turn, address) => self.choose(turn, address),
            PickMsg::Turn(turn) => self.choice.turn = turn,
            PickMsg::Swap => {
                std::mem::swap(&mut self.choice.from, &mut self.choice.to);
                self.drafts.fields.remove(&Field::From);
                self.drafts.fields.remove(&Field::To);
                self.follow();
            }
            PickMsg::Protocol(protocol) => {
                self.choice.protocol = protocol;
                self.follow();
            }
        }
    }

    fn choose(&mut self, turn: Turn, address: std::net::Ipv4Addr) {
        self.choice.set(turn, address);
        self.drafts.fields.remove(&field_of(turn));
        if turn == Turn::From {
            self.table = None;
        }
        self.follow();
    }

    /// The address that stands for a box.
    fn address_of(&self, key: NodeKey) -> Option<std::net::Ipv4Addr> {
        let topology = self.answers.topology();
        let name = match key {
            NodeKey::Vnet(id) => &topology.vnet(id).name,
            NodeKey::Site(id) => &topology.site(id).name,
            NodeKey::Hub(_) | NodeKey::Circuit(_) | NodeKey::Stack(_) | NodeKey::Internet => {
                return None;
            }
        };
        let own = |found: &str| found.split('/').next() == Some(name.as_str());
        let endpoint = self.answers.endpoints.iter().find(|e| own(&e.name));
        endpoint.map(|e| e.address).or_else(|| self.machine_in(key))
    }

    /// A hub without workloads answers with its first firewall or NVA.
    fn machine_in(&self, key: NodeKey) -> Option<std::net::Ipv4Addr> {
        let NodeKey::Vnet(vnet) = key else {
            return None;
        };
        self.answers
            .topology()
            .appliances()
            .iter()
            .find(|a| a.vnet == vnet)
            .map(|a| a.ip)
    }

    fn typed(&mut self, field: Field, typed: String) {
        let error = match field {
            Field::From | Field::To => {
                let turn = if field == Field::From {
                    Turn::From
                } else {
                    Turn::To
                };
                match endpoint::read(&self.answers.endpoints, &typed) {
                    Ok(address) => {
                        self.choose(turn, address);
                        None
                    }
                    Err(error) => Some(error),
                }
            }
            Field::Port => self.set_port(&typed),
            Field::Packet => {
                let read = endpoint::read(&self.answers.endpoints, &typed);
                read.err().filter(|_| !typed.trim().is_empty())
            }
            Field::Table => match table::named(&self.answers, &typed) {
                Ok(found) => {
                    self.table = found.or(self.table);
                    None
                }
                Err(error) => Some(error),
            },
            Field::Ask(ask) => self.ask_typed(ask, &typed),
            Field::Reach(field) => self.reach_typed(field, &typed),
            Field::Traffic(at) => match typed.parse::<GbPerMonth>() {
                Ok(amount) => {
                    let cause = Cause::Typing(format!("{field:?}"));
                    self.edit(cause, |document| edit::set_traffic(document, at, amount));
                    None
                }
                Err(error) => Some(error.to_string()),
            },
            Field::Rate => self.set_rate(&typed),
            Field::Discount(at) => self.set_discount(at, &typed),
            Field::Zones | Field::ChartEnd => match typed.parse::<GbPerMonth>() {
                Ok(amount) if field == Field::Zones => {
                    self.set_zones(amount);
                    None
                }
                Ok(amount) => {
                    self.cost.up_to = Some(amount).filter(|gb| *gb > GbPerMonth::ZERO);
                    None
                }
                Err(error) => Some(error.to_string()),
            },
        };
        self.drafts
            .fields
            .insert(field, Draft { text: typed, error });
    }

    /// Takes a port, or nothing for any that no rule names; what was expected, if it is neither.
    fn set_port(&mut self, typed: &str) -> Option<String> {
        let typed = typed.trim();
        let port = if typed.is_empty() {
            None
        } else {
            match typed.parse() {
                Ok(port) => Some(port),
                Err(_) => return Some(text::PORT_EXPECTED.to_owned()),
            }
        };
        self.choice.port = port;
        self.follow();
        None
    }

    /// A readable text is shown as the page writes it again; an unreadable one stays.
    fn left(&mut self, field: Field) {
        self.history.settle();
        let read = self.drafts.field(field).is_some_and(|d| d.error.is_none());
        if field == Field::Table || !field.is_kept() && read {
            self.drafts.fields.remove(&field);
        }
    }

    fn change(&mut self, msg: SpecMsg) {
        match msg {
            SpecMsg::Strict(on) => {
                self.edit(Cause::Deed, |d| d.settings.strict_forwarded_traffic = on);
            }
            SpecMsg::Fix(at) => self.fix(at),
        }
    }

    fn fix(&mut self, at: usize) {
        self.work_out();
        let review = self.late.review.clone();
        let Some(fix) = review.findings.get(at).and_then(|f| f.fix.as_ref()) else {
            return;
        };
        self.drafts.forms.clear();
        self.edit(Cause::Deed, |d| d.network = fix.apply(&d.network));
        self.notice = Some(text::FIXED.to_owned());
    }

    fn look(&mut self, msg: CameraMsg) {
        let msg = match msg {
            CameraMsg::Step(factor) => {
                let middle = self.drawing.scene.bounds.center();
                CameraMsg::Zoom(factor, middle.x, middle.y)
            }
            other => other,
        };
        self.camera = self.camera.moved(msg);
    }

    fn walk(&mut self, step: Step) -> Vec<Effect> {
        let scene = self.drawing.scene.clone();
        let first = scene.nodes.first().map(|n| n.key);
        let here = self
            .walker
            .filter(|key| scene.node(*key).is_some())
            .or(first);
        let toward = |x: f64, y: f64| here.and_then(|key| scene.step(key, Point::new(x, y)));
        let next = match step {
            Step::First => first,
            Step::Last => scene.nodes.last().map(|n| n.key),
            Step::Left => toward(-1.0, 0.0),
            Step::Right => toward(1.0, 0.0),
            Step::Up => toward(0.0, -1.0),
            Step::Down => toward(0.0, 1.0),
        };
        self.walker = next.or(here);
        self.walker.map(Effect::Focus).into_iter().collect()
    }
}

fn other(turn: Turn) -> Turn {
    match turn {
        Turn::From => Turn::To,
        Turn::To => Turn::From,
    }
}

fn field_of(turn: Turn) -> Field {
    match turn {
        Turn::From => Field::From,
        Turn::To => Field::To,
    }
}
