//! Every pattern side by side: its verdict and figures, sorted, and the reasons of the one that is open.

use super::balance::{BalanceView, balance};
use super::beside::{Beside, beside};
use super::mix::{MixView, mix};
use super::{Chip, Tone};
use crate::scene::{self, Glyph};
use crate::state::{Assessed, Column, Drawn, Followed, Ranking, Shared, State};
use crate::text;
use interspoke_core::intent::{Inspection, Intent};
use interspoke_core::latency::RoundTripTime;
use interspoke_core::pattern::alias::{Alias, aliases};
use interspoke_core::pattern::rank::{Rule, unbeaten};
use interspoke_core::pattern::sensitivity::Range;
use interspoke_core::pattern::verdict::{Assessment, Ground, Reason, Verdict};
use interspoke_core::pattern::{Counter, Pattern};
use interspoke_core::throughput::{Bound, lowest, rate as rate_text};
use interspoke_core::units::Quantity;

/// Title, address and date of a source.
pub type SourceView = (&'static str, &'static str, &'static str);

/// A reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReasonView {
    /// How it counts.
    pub tone: Tone,
    /// What it rests on, in a word.
    pub kind: &'static str,
    /// The fact.
    pub text: String,
    /// The field that makes it count.
    pub input: String,
    /// Title, address and date of its source.
    pub source: Option<SourceView>,
}

/// A limit and how much of it is used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LimitView {
    /// What is limited.
    pub name: &'static str,
    /// How much of it is used.
    pub used: String,
    /// The part in per cent; above 100 it is passed.
    pub percent: Option<u64>,
    /// Title and date of the source.
    pub source: (&'static str, &'static str),
}

/// What opens below a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PatternDetail {
    /// Why the verdict is what it is.
    pub reasons: Vec<ReasonView>,
    /// What would change it.
    pub change: Option<String>,
    /// What a reader must know.
    pub says: Vec<(String, Option<SourceView>)>,
    /// Counters with value and derivation.
    pub counts: Vec<(&'static str, String, String)>,
    /// Round trips and ceilings: what, how much, where it comes from.
    pub ways: Vec<(String, String, String)>,
    /// Limits, the fullest first.
    pub limits: Vec<LimitView>,
    /// When growth passes the first limit.
    pub growth: Option<String>,
    /// Why it stands before the next in rank.
    pub before: Option<String>,
    /// What one thing more asks for: what, how many objects by hand, of what.
    pub efforts: Vec<(&'static str, String, String)>,
}

/// A pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PatternRow {
    /// The pattern.
    pub pattern: Pattern,
    /// How it looks.
    pub glyph: Shared<Glyph>,
    /// The verdict.
    pub chip: Chip,
    /// It cannot serve.
    pub impossible: bool,
    /// The gravest reason.
    pub because: String,
    /// Links, and what else joins; two lines.
    pub links: [String; 2],
    /// Tables and routes.
    pub routes: String,
    /// Hops.
    pub hops: String,
    /// What the way adds to the round trip in ms: between regions, inside one.
    pub latency: [String; 2],
    /// The lowest ceilings in Gbps: of all flows, of one.
    pub rate: [String; 2],
    /// The fullest limit.
    pub limit: Option<LimitView>,
    /// Pairs that survive, of all.
    pub survive: Option<(usize, usize)>,
    /// USD a month, and whether it is a lower bound.
    pub cost: [String; 2],
    /// Patterns that are the same design here: in a word, and with what would part them.
    pub aliases: Vec<[String; 2]>,
    /// No other design is as good and better in something.
    pub unbeaten: bool,
    /// The network shown is this.
    pub drawn: bool,
    /// The figures are of what was asked before.
    pub stale: bool,
    /// It is pinned.
    pub pinned: bool,
    /// Reasons, when open.
    pub detail: Option<PatternDetail>,
}

/// A range of an input in which the recommendation stays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RangeView {
    /// The input.
    pub name: &'static str,
    /// The range in a sentence.
    pub sentence: String,
    /// Where the range begins, where the present value is and where it ends, in per mille of the bar.
    pub marks: [u32; 3],
    /// The range goes on beyond the bar: down, up.
    pub open: [bool; 2],
}

/// The tab.
#[derive(Debug, Clone, PartialEq)]
pub struct Compare {
    /// What is asked for, as a sentence.
    pub asked: String,
    /// How far the patterns are assessed, or what came out.
    pub status: String,
    /// The rows are of an Intent before: the present one has problems.
    pub older: bool,
    /// What is sorted by, and whether the largest comes first.
    pub sort: (Column, bool),
    /// Patterns that may serve, and the one that is drawn or open.
    pub rows: Vec<PatternRow>,
    /// Patterns that cannot.
    pub impossible: Vec<PatternRow>,
    /// These are listed, too.
    pub unfolded: bool,
    /// What decides first, and within how many per cent designs are equal; none before anything is assessed.
    pub rule: Option<Rule>,
    /// Ranges of inputs in which the recommendation stays.
    pub ranges: Vec<RangeView>,
    /// How far the search for ranges is; none before it is asked for, or where nothing is recommended.
    pub probing: Option<String>,
    /// Ranges can be asked for.
    pub can_probe: bool,
    /// Designs by cost and by work.
    pub balance: Option<BalanceView>,
    /// Direct links that pay.
    pub mix: MixView,
    /// Pinned patterns, side by side.
    pub beside: Option<Beside>,
    /// What a reader must know about the figures.
    pub notes: Vec<String>,
}

/// Every pattern for the Intent.
#[must_use]
pub fn compare(state: &State) -> Compare {
    let intent = state.intent();
    let mut compare = Compare {
        asked: sentence(&intent),
        status: String::new(),
        older: false,
        sort: state.sort,
        rows: Vec::new(),
        impossible: Vec::new(),
        unfolded: state.unfolded,
        rule: None,
        ranges: Vec::new(),
        probing: None,
        can_probe: false,
        balance: None,
        mix: MixView::default(),
        beside: None,
        notes: Vec::new(),
    };
    let Some(ranking) = &state.ranking else {
        text::NO_PLAN.clone_into(&mut compare.status);
        return compare;
    };
    compare.older = *ranking.intent() != *intent;
    let full = ranking.plan().regions.iter().filter(|r| r.room == 0);
    compare.notes = full.map(|r| text::no_room(&r.region)).collect();
    let best = ranking.recommended().map(|row| row.assessment.pattern);
    let (done, all) = ranking.progress();
    compare.status = match best {
        _ if done < all => text::assessing(done, all),
        Some(best) => text::recommended(best.title()),
        None => text::NONE_VIABLE.to_owned(),
    };
    compare.rule = Some(ranking.rule());
    compare.balance = balance(ranking, state.arrangement);
    compare.mix = mix(state, ranking);
    compare.beside = beside(state, ranking);
    compare.can_probe = best.is_some() && ranking.ranges().is_none();
    if let Some((ranges, (known, of))) = ranking.ranges() {
        compare.ranges = ranges.iter().map(range).collect();
        compare.probing = (known < of).then(|| text::searching(known, of));
    }
    let (impossible, rows) = { rows(state, ranking, best).into_iter() }
        .partition(|row| row.impossible && !row.drawn && row.detail.is_none());
    (compare.impossible, compare.rows) = (impossible, rows);
    compare
}

/// Rows, each design once.
fn rows(state: &State, ranking: &Ranking, best: Option<Pattern>) -> Vec<PatternRow> {
    let order = ranking.ranked();
    let place = |row: &Assessed| {
        let same = |one: &&Assessment| one.pattern == row.assessment.pattern;
        order.iter().position(same)
    };
    let mut rows: Vec<(&Assessed, bool)> = ranking.rows().collect();
    let (column, reverse) = state.sort;
    rows.sort_by(|(a, _), (b, _)| {
        let order = key(a, column).cmp(&key(b, column));
        let order = if reverse { order.reverse() } else { order };
        order.then_with(|| place(a).cmp(&place(b)))
    });
    let prints: Vec<_> = { rows.iter() }
        .map(|(row, _)| (row.assessment.pattern, row.assessment.fingerprint))
        .collect();
    let designs = aliases(&prints);
    let unbeaten = unbeaten(&order);
    let ranked = ranking.rule().ranked(&order);
    let own = |pattern| designs.iter().find(|(first, _)| *first == pattern);
    let mut views = Vec::new();
    for (row, stale) in rows {
        let pattern = row.assessment.pattern;
        let Some((_, same)) = own(pattern) else {
            continue;
        };
        let mut view = view(state, row, best, stale);
        let alias = |alias: &Alias| {
            let id = alias.pattern.id();
            [text::also(id), text::alias(id, alias.apart_by)]
        };
        view.aliases = same.iter().map(alias).collect();
        let shown =
            |one: &Alias| state.drawn == Drawn::Follows && state.pattern() == Some(one.pattern);
        view.drawn |= same.iter().any(shown);
        view.unbeaten = unbeaten.contains(&pattern);
        if let Some(detail) = &mut view.detail {
            let at = order.iter().position(|one| one.pattern == pattern);
            let other = |one: &&&Assessment| !same.iter().any(|alias| alias.pattern == one.pattern);
            detail.before = at.and_then(|at| {
                let later = order.iter().skip(at + 1).position(|one| other(&one))?;
                ranked.because(at, at + 1 + later)
            });
        }
        views.push(view);
    }
    views
}

/// A range as a bar: the scale doubles and doubles, so that small and large values both show.
fn range(range: &Range) -> RangeView {
    let (low, high) = (range.low.stays, range.high.stays);
    let open = [range.low.then.is_none(), range.high.then.is_none()];
    let end = if open[1] {
        high
    } else {
        high.saturating_mul(2)
    };
    let log = |value: u64| {
        u64::from(64 - value.saturating_add(1).leading_zeros()) * 1_000
            + within_octave(value.saturating_add(1))
    };
    let whole = log(end.max(range.present).max(1))
        .saturating_sub(log(0))
        .max(1);
    let place = |value: u64| {
        let part = log(value).saturating_sub(log(0)).saturating_mul(1_000) / whole;
        u32::try_from(part.min(1_000)).unwrap_or(1_000)
    };
    RangeView {
        name: range.input.word(),
        sentence: range.sentence(),
        marks: [place(low), place(range.present), place(high)],
        open,
    }
}

/// How far a number is between its power of two and the next, in thousandths.
fn within_octave(value: u64) -> u64 {
    let power = value.checked_ilog2().unwrap_or(0);
    let base = 1_u128 << power;
    let part = (u128::from(value) - base) * 1_000 / base;
    u64::try_from(part).unwrap_or(0)
}

/// What rows are sorted by; equal keys are sorted by rank. What is unknown comes last.
fn key(row: &Assessed, column: Column) -> u128 {
    const LAST: u128 = u128::MAX;
    let assessment = &row.assessment;
    let count = |counter| assessment.counts.value(counter).map_or(LAST, u128::from);
    let followed = row.followed.as_ref();
    let wide = |n: usize| u128::try_from(n).unwrap_or(LAST);
    match column {
        Column::Verdict => 0,
        Column::Pattern => Pattern::ALL
            .iter()
            .position(|one| *one == assessment.pattern)
            .map_or(LAST, wide),
        Column::Links => count(Counter::Links).saturating_add(count(Counter::Connections)),
        Column::Routes => count(Counter::Tables).saturating_mul(1 << 40) + count(Counter::Routes),
        Column::Hops => followed.map_or(LAST, |f| {
            let within = f.within.map_or(99, wide);
            within * 100 + f.between.map_or(99, wide)
        }),
        Column::Latency => followed.map_or(LAST, |f| {
            let known = f.round_trips.iter().flatten();
            known
                .map(|time| time.added().map_or(LAST / 8, |(_, high)| u128::from(high)))
                .reduce(u128::saturating_add)
                .unwrap_or(LAST)
        }),
        Column::Rate => followed
            .and_then(|f| f.ceilings.as_ref())
            .map_or(LAST, |all| {
                LAST - 1
                    - lowest(all)
                        .0
                        .and_then(|c| c.mbps)
                        .map_or(LAST / 2, u128::from)
            }),
        Column::Limit => {
            fullest(assessment).map_or(LAST, |l| l.percent.map_or(LAST - 1, u128::from))
        }
        Column::Survive => followed
            .and_then(|f| f.survivors.as_ref())
            .map_or(LAST, |s| LAST - 1 - wide(s.after)),
        Column::Cost => assessment.bill.as_ref().map_or(LAST, |bill| {
            u128::try_from(bill.total.nanos()).unwrap_or_default()
        }),
    }
}

fn view(state: &State, row: &Assessed, best: Option<Pattern>, stale: bool) -> PatternRow {
    let assessment = &row.assessment;
    let pattern = assessment.pattern;
    let count = |counter| assessment.counts.value(counter);
    let number = |counter| count(counter).map_or_else(|| text::NONE.to_owned(), text::grouped);
    let words = [
        (Counter::Links, "link", "links"),
        (Counter::Connections, "connection", "connections"),
        (Counter::Tunnels, "tunnel", "tunnels"),
        (Counter::Groups, "group", "groups"),
        (Counter::Endpoints, "endpoint", "endpoints"),
    ];
    let mut joins = words
        .iter()
        .filter(|(counter, ..)| count(*counter) != Some(0))
        .map(|(counter, one, many)| {
            let word = if count(*counter) == Some(1) {
                one
            } else {
                many
            };
            (number(*counter), (*word).to_owned())
        });
    let (first, mut rest) = joins
        .next()
        .unwrap_or((text::NONE.to_owned(), String::new()));
    if rest == "links" || rest == "link" {
        rest = format!("{} objects", number(Counter::Objects));
    }
    for (value, word) in joins {
        rest = format!("{rest}, {value} {word}");
    }
    let hops = |n: Option<usize>| n.map_or_else(|| text::NONE.to_owned(), |n| n.to_string());
    let followed = row.followed.as_ref();
    PatternRow {
        pattern,
        glyph: glyph(pattern, true),
        chip: verdict(assessment, best),
        impossible: assessment.verdict == Verdict::Impossible,
        because: because(assessment),
        links: [first, rest],
        routes: format!("{} · {}", number(Counter::Tables), number(Counter::Routes)),
        hops: followed.map_or_else(String::new, |f| {
            if f.within.is_none() && f.between.is_none() {
                text::NONE.to_owned()
            } else if state.intent().regions.len() < 2 {
                hops(f.within)
            } else {
                format!("{} · {}", hops(f.within), hops(f.between))
            }
        }),
        latency: followed.map_or_else(Default::default, latency),
        rate: followed.map_or_else(Default::default, rate),
        limit: fullest(assessment),
        survive: followed
            .and_then(|f| f.survivors.as_ref())
            .map(|s| (s.after, s.before)),
        cost: assessment.bill.as_ref().map_or_else(
            || [text::NONE.to_owned(), String::new()],
            |bill| {
                if bill.total.nanos() == 0 && !bill.is_complete() {
                    return [text::NOT_PRICED.to_owned(), String::new()];
                }
                let least = if bill.is_complete() { "" } else { "at least" };
                [bill.total.to_string().replace("USD ", ""), least.to_owned()]
            },
        ),
        aliases: Vec::new(),
        unbeaten: false,
        drawn: state.drawn == Drawn::Follows && state.pattern() == Some(pattern),
        stale,
        pinned: state.pinned.contains(&pattern),
        detail: (state.open == Some(pattern)).then(|| detail(row)),
    }
}

/// How a pattern joins its spokes, drawn small.
pub(super) fn glyph(pattern: Pattern, several: bool) -> Shared<Glyph> {
    Shared::from(scene::glyph(pattern, several))
}

fn verdict(assessment: &Assessment, best: Option<Pattern>) -> Chip {
    let recommended = best == Some(assessment.pattern);
    let verdict = if recommended {
        Verdict::Recommended
    } else {
        assessment.verdict
    };
    let tone = match verdict {
        Verdict::Recommended => Tone::Good,
        Verdict::Viable => Tone::Plain,
        Verdict::Discouraged => Tone::Warn,
        Verdict::Impossible => Tone::Bad,
    };
    let mut word = verdict.word().to_owned();
    if let Some(first) = word.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    Chip::new(tone, word)
}

/// How a reason counts and what it rests on; also the order in which reasons are shown.
fn ground(reason: &Reason) -> (Tone, &'static str) {
    match &reason.ground {
        Ground::Limit(usage) if usage.refused() => (Tone::Bad, "over a limit"),
        Ground::Limit(_) => (Tone::Warn, "over a limit"),
        Ground::Flow(..) => (Tone::Bad, "shown by a flow"),
        Ground::Refusal => (Tone::Bad, "Azure refuses"),
        Ground::Guidance => (Tone::Warn, "guidance"),
        Ground::Preference => (Tone::Plain, "not as wished"),
        Ground::Holds(_) => (Tone::Good, "every flow followed"),
        Ground::Unknown => (Tone::Plain, "not known"),
    }
}

/// The gravest reason, short: what fails, else what advises against it, else what every flow shows.
fn because(assessment: &Assessment) -> String {
    let worst = |tone: Tone| assessment.reasons.iter().find(|r| ground(r).0 == tone);
    let reason = worst(Tone::Bad)
        .or_else(|| worst(Tone::Warn))
        .or_else(|| worst(Tone::Plain));
    match reason {
        Some(reason) => short(reason),
        None => text::ALL_HOLDS.to_owned(),
    }
}

fn short(reason: &Reason) -> String {
    match &reason.ground {
        Ground::Flow(property, refutation) => text::fails(
            *property,
            [&refutation.from, &refutation.to],
            refutation.way.word(),
        ),
        _ => reason.text.clone(),
    }
}

fn limits(assessment: &Assessment) -> Vec<LimitView> {
    let mut limits: Vec<LimitView> = assessment
        .usages
        .iter()
        .filter(|usage| usage.used != Some(0))
        .map(|usage| LimitView {
            name: usage.limit.name,
            used: usage.to_string(),
            percent: usage.share_percent(),
            source: (usage.limit.source.title, usage.limit.source.date),
        })
        .collect();
    limits.sort_by(|a, b| {
        let share = |l: &LimitView| l.percent.unwrap_or(u64::MAX);
        share(b).cmp(&share(a))
    });
    limits
}

fn fullest(assessment: &Assessment) -> Option<LimitView> {
    limits(assessment).into_iter().next()
}

/// Microseconds from so many to so many, as milliseconds.
fn span((low, high): (u32, u32)) -> String {
    let ms = |micros: u32| Quantity::from_thousandths(u64::from(micros)).to_string();
    if low == high {
        ms(low)
    } else {
        format!("{}–{}", ms(low), ms(high))
    }
}

/// What the ways add: `1–5`, `0.5–2.5 inside`.
fn latency(followed: &Followed) -> [String; 2] {
    let added = |time: &Option<RoundTripTime>| {
        let time = time.as_ref()?;
        let known = time.added().map(span);
        Some(known.unwrap_or_else(|| text::NO_FIGURE.to_owned()))
    };
    let [within, between] = &followed.round_trips;
    match (added(between), added(within)) {
        (Some(between), Some(within)) if between != within => {
            [between, format!("{within} {}", text::INSIDE)]
        }
        (Some(only), _) | (None, Some(only)) => [only, String::new()],
        (None, None) => [text::NONE.to_owned(), String::new()],
    }
}

/// The lowest ceilings: `30`, `1.5 a flow`.
fn rate(followed: &Followed) -> [String; 2] {
    let Some(all) = &followed.ceilings else {
        return [text::NONE.to_owned(), String::new()];
    };
    if all.is_empty() {
        return [text::MACHINES.to_owned(), String::new()];
    }
    let least = |flow: bool| {
        let mine = all.iter().filter(|one| (one.bound == Bound::Flow) == flow);
        let mbps = mine.filter_map(|one| one.mbps).min()?;
        Some(Quantity::from_thousandths(mbps).to_string())
    };
    let flow = least(true).map_or_else(String::new, |flow| format!("{flow} {}", text::A_FLOW));
    [
        least(false).unwrap_or_else(|| text::NO_FIGURE.to_owned()),
        flow,
    ]
}

/// Round trips and ceilings with what they rest on.
fn ways(followed: Option<&Followed>) -> Vec<(String, String, String)> {
    let Some(followed) = followed else {
        return Vec::new();
    };
    let mut rows = Vec::new();
    for (ends, time) in text::WAY_ENDS.iter().zip(&followed.round_trips) {
        if let Some(time) = time {
            let added = time.added().map_or_else(
                || text::NO_FIGURE.to_owned(),
                |added| format!("+{} ms", span(added)),
            );
            rows.push((text::round_trip(ends), added, time.text()));
        }
    }
    for one in followed.ceilings.iter().flatten() {
        let most = one
            .mbps
            .map_or_else(|| text::NO_FIGURE.to_owned(), rate_text);
        let source = one.source.map_or_else(String::new, |source| {
            format!(" ({}, {})", source.title, source.date)
        });
        let how = format!("{}, {}{source}", one.what, bound(one.bound));
        rows.push((one.element.clone(), most, how));
    }
    if followed.ceilings.as_ref().is_some_and(Vec::is_empty) {
        let (what, how) = (text::CEILING.to_owned(), text::MACHINES_BOUND.to_owned());
        rows.push((what, text::MACHINES.to_owned(), how));
    }
    rows
}

const fn bound(bound: Bound) -> &'static str {
    match bound {
        Bound::Flow => "one flow",
        Bound::Together => "all of them, one direction",
        Bound::BothWays => "all of them, both directions added",
    }
}

fn detail(row: &Assessed) -> PatternDetail {
    let assessment = &row.assessment;
    let reasons = assessment.reasons.iter().map(|reason| {
        let (tone, kind) = ground(reason);
        ReasonView {
            tone,
            kind,
            text: reason.text.clone(),
            input: reason.input.to_owned(),
            source: reason.source.map(|s| (s.title, s.url, s.date)),
        }
    });
    let says = assessment.says.iter().map(|sentence| {
        let source = sentence.source.map(|s| (s.title, s.url, s.date));
        (sentence.text.clone(), source)
    });
    let counts = assessment.counts.iter().map(|count| {
        let value = count
            .value
            .map_or_else(|| text::NONE.to_owned(), text::grouped);
        (count.counter.word(), value, count.derivation.clone())
    });
    PatternDetail {
        reasons: reasons.collect(),
        change: assessment.change.clone(),
        says: says.collect(),
        counts: counts.collect(),
        ways: ways(row.followed.as_ref()),
        limits: limits(assessment),
        growth: assessment
            .growth
            .as_ref()
            .map(|growth| text::growth(growth.months, growth.spokes, growth.usage.limit.name)),
        before: None,
        efforts: efforts(assessment),
    }
}

/// What one thing more asks for, and what is kept by hand.
fn efforts(assessment: &Assessment) -> Vec<(&'static str, String, String)> {
    let known = assessment.efforts.iter().map(|(more, effort)| {
        let parts: Vec<String> = { effort.what.iter() }
            .map(|(kind, count)| format!("{count} × {kind}"))
            .collect();
        let how = text::effort(
            effort.made,
            effort.changed,
            effort.elsewhere,
            &parts.join(", "),
        );
        (more.word(), text::grouped(effort.by_hand()), how)
    });
    let kept = assessment.upkeep;
    let number = |n: Option<u64>| n.map_or_else(|| text::NONE.to_owned(), text::grouped);
    let kept = (
        text::KEPT,
        number(kept.now),
        text::kept(&number(kept.in_a_year)),
    );
    known.chain([kept]).collect()
}

/// The Intent in one sentence.
pub(super) fn sentence(intent: &Intent) -> String {
    let spokes: u64 = intent.regions.iter().map(|r| u64::from(r.spokes)).sum();
    let spokes = text::counted(
        usize::try_from(spokes).unwrap_or_default(),
        "spoke",
        "spokes",
    );
    let names: Vec<String> = intent.regions.iter().map(|r| r.region.clone()).collect();
    let inspected = match intent.inspection {
        Inspection::All => "all traffic between them inspected",
        Inspection::BetweenEnvironments => "traffic between environments inspected",
        Inspection::None => "nothing between them inspected",
    };
    let word = |ask| {
        let at = crate::state::asked(intent, ask)?;
        text::words(ask).get(at).copied()
    };
    let internet = word(crate::state::Ask::Internet).unwrap_or_default();
    let premises = match word(crate::state::Ask::OnPremises) {
        None | Some("none") => String::new(),
        Some("both") => String::from(", on-premises by VPN and ExpressRoute"),
        Some(by) => format!(", on-premises by {by}"),
    };
    format!(
        "{spokes} in {}, {inspected}, the Internet {internet}{premises}.",
        text::list(&names)
    )
}
