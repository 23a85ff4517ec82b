//! The cases that pages show: the `json case` blocks of `core/tests/scenarios`, by their ids.
use std::collections::BTreeMap;
use std::fs;

use interspoke_core::case::{Case, SCHEMA};
use interspoke_core::route::Settings;

use crate::failure::{Context, Failure, Result};
use crate::file::read;
use crate::process::root;

/// Blocks as they stand in their files, and whether forwarded packets need the flag there.
pub(super) struct Scenarios(BTreeMap<String, (String, Settings)>);

impl Scenarios {
    pub(super) fn read() -> Result<Scenarios> {
        let folder = root().join("core/tests/scenarios");
        let entries = fs::read_dir(&folder).context(format!("reading {}", folder.display()))?;
        let mut all = BTreeMap::new();
        for entry in entries.flatten() {
            for (info, json) in blocks(&read(&entry.path())?) {
                let settings = Settings {
                    strict_forwarded_traffic: info.split_whitespace().any(|word| word == "strict"),
                };
                if let Some(id) = id(&json) {
                    all.insert(id, (json, settings));
                }
            }
        }
        Ok(Scenarios(all))
    }

    /// A case and the settings that it is asked under.
    pub(super) fn case(&self, id: &str) -> Result<(Case, Settings)> {
        let (json, settings) = self
            .0
            .get(id)
            .ok_or_else(|| Failure::new(format!("no scenario has the case {id:?}")))?;
        let text = json.replacen('{', &format!("{{\"schema\": {SCHEMA:?},"), 1);
        let text = if json.contains("\"schema\"") {
            json
        } else {
            &text
        };
        Ok((Case::parse(text).context(id)?, *settings))
    }
}

/// What stands behind `json case`, and the block.
fn blocks(text: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for part in text.split("\n```json case").skip(1) {
        let whole = part.split_once('\n');
        let Some((info, rest)) = whole else { continue };
        if let Some((json, _)) = rest.split_once("\n```") {
            found.push((info.to_owned(), json.to_owned()));
        }
    }
    found
}

fn id(json: &str) -> Option<String> {
    let value: serde_json::Value = serde_json::from_str(json).ok()?;
    Some(value.get("id")?.as_str()?.to_owned())
}
