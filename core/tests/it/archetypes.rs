//! What public guidance recommends, Intent by Intent: `tests/scenarios/70-archetypes.md`.

use crate::judge::Report;
use crate::scenarios::{Kind, blocks_of};
use interspoke_core::intent::*;
use interspoke_core::pattern::Pattern;
use interspoke_core::pattern::select::{Comparison, compare};
use interspoke_core::pattern::verdict::Verdict;
use interspoke_core::price::Catalog;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Archetype {
    #[serde(rename = "id")]
    _id: String,
    title: String,
    /// The document and its date.
    source: String,
    intent: Intent,
    /// Patterns that the source's words fit.
    recommends: Vec<String>,
    /// Why ours is another one.
    #[serde(default)]
    differs: String,
    /// Patterns that the source advises against in this case.
    #[serde(default)]
    against: Vec<String>,
    /// Hubs of the first region.
    #[serde(default)]
    hubs: usize,
    /// Pairs of which the first costs less.
    #[serde(default)]
    cheaper: Vec<(String, String)>,
}

fn named(id: &str) -> Result<Pattern, String> {
    Pattern::named(id).ok_or_else(|| format!("no pattern {id:?}"))
}

fn run(json: &str) -> Result<(), String> {
    let archetype: Archetype = serde_json::from_str(json).map_err(|error| error.to_string())?;
    if archetype.source.is_empty() || archetype.title.is_empty() {
        return Err("a title and a source with its date".to_owned());
    }
    let comparison = compare(&archetype.intent, &Catalog::built_in())
        .map_err(|problems| format!("{problems:?}"))?;
    recommended(&archetype, &comparison)?;
    for id in &archetype.against {
        let found = comparison.get(named(id)?).ok_or("not assessed")?;
        if found.verdict >= Verdict::Viable {
            return Err(format!(
                "{id}: expected advice against it, found {}",
                found.verdict.word()
            ));
        }
    }
    for (less, more) in &archetype.cheaper {
        let total = |id: &str| -> Result<i128, String> {
            let found = comparison.get(named(id)?).ok_or("not assessed")?;
            Ok(found.bill.as_ref().ok_or("no bill")?.total.nanos())
        };
        if total(less)? >= total(more)? {
            return Err(format!(
                "{less}: expected less than {more}, found {} and {}",
                total(less)?,
                total(more)?
            ));
        }
    }
    Ok(())
}

fn recommended(archetype: &Archetype, comparison: &Comparison) -> Result<(), String> {
    let best = comparison.recommended().ok_or_else(|| {
        let first = &comparison.assessments[0];
        let texts: Vec<&str> = first
            .reasons
            .iter()
            .map(|reason| reason.text.as_str())
            .collect();
        format!(
            "expected a recommendation, found none; first is {}: {texts:?}",
            first.pattern.id()
        )
    })?;
    let id = best.pattern.id().to_owned();
    let fits = archetype.recommends.contains(&id);
    if !fits && archetype.differs.is_empty() {
        return Err(format!(
            "recommended: expected one of {:?}, found {id}",
            archetype.recommends
        ));
    }
    if fits && !archetype.differs.is_empty() {
        return Err(format!(
            "recommended: {id} is what the source says; strike differs"
        ));
    }
    let hubs = best.fit.hubs.first().map_or(0, Vec::len);
    if archetype.hubs > 0 && hubs != archetype.hubs {
        return Err(format!("hubs: expected {}, found {hubs}", archetype.hubs));
    }
    Ok(())
}

#[test]
fn archetypes() {
    let blocks = blocks_of(Kind::Archetype);
    assert!(blocks.len() >= 12, "{}", blocks.len());
    let mut report = Report::default();
    for (file, block) in blocks {
        report.add(&block.id(), &block.place(&file), run(&block.json));
    }
    report.finish(|_| false);
}

#[test]
fn an_archetype_that_differs_says_where() {
    let [(_, block), ..] = &blocks_of(Kind::Archetype)[..] else {
        panic!("no archetype")
    };
    let mut other: serde_json::Value = serde_json::from_str(&block.json).unwrap();
    other["recommends"] = serde_json::json!(["vpn-mesh"]);
    assert!(
        run(&other.to_string())
            .unwrap_err()
            .contains("expected one of")
    );
    let mut other: serde_json::Value = serde_json::from_str(&block.json).unwrap();
    other["against"] = serde_json::json!(["hub-firewall"]);
    assert!(
        run(&other.to_string())
            .unwrap_err()
            .contains("advice against")
    );
}
