//! The design as code: forms, files, the open one with its words coloured (`code`), and what the form cannot say.
//!
//! Left out: lines beyond the first 300; the file that is copied or saved has them all.

use super::code::{Line, MOST_LINES, pieces};
use super::plan::{PlanView, plan};
use crate::state::State;
use crate::text;
use interspoke_core::export::{Form, Groups, Naming, Note};
use std::collections::BTreeMap;

/// The tab.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Build {
    /// Forms with their names, and which is chosen.
    pub forms: Vec<(Form, &'static str, bool)>,
    /// Files, and which is open.
    pub files: Vec<(String, bool)>,
    /// Its lines.
    pub lines: Vec<Line>,
    /// They are being written; lines that are there are of the design before.
    pub writing: bool,
    /// What is not drawn.
    pub more: Option<String>,
    /// What to know: the places that it concerns, and what.
    pub notes: Vec<(String, String)>,
    /// How resources are named.
    pub naming: Naming,
    /// Which resource groups are made; none where the form makes none.
    pub groups: Option<Groups>,
    /// The plan, where it is shown in place of code.
    pub plan: Option<PlanView>,
}

/// The design as code.
#[must_use]
pub fn build(state: &State) -> Build {
    let building = &state.building;
    let forms = Form::ALL.iter();
    let forms = forms.map(|form| (*form, text::form_name(*form), *form == building.form));
    let bundle = state.bundle();
    let files = bundle.map_or(&[][..], |bundle| &bundle.files);
    let open = files.get(building.file);
    let shown = open.map_or("", |file| &file.text);
    let count = shown.lines().count();
    let notes = bundle.map_or(&[][..], |bundle| &bundle.notes);
    let makes_groups = matches!(building.form, Form::Terraform | Form::CommandLine);
    Build {
        forms: forms.collect(),
        files: files
            .iter()
            .enumerate()
            .map(|(at, file)| (file.path.clone(), at == building.file))
            .collect(),
        lines: shown
            .lines()
            .take(MOST_LINES)
            .map(|line| pieces(building.form, line))
            .collect(),
        writing: state.is_writing(),
        more: (count > MOST_LINES).then(|| text::further_lines(count - MOST_LINES)),
        notes: together(notes),
        naming: building.options.naming,
        groups: makes_groups.then_some(building.options.groups),
        plan: state.plans.shown.then(|| plan(state)),
    }
}

/// Notes of one text are one, with their first places.
fn together(notes: &[Note]) -> Vec<(String, String)> {
    const NAMED: usize = 3;
    let mut texts: Vec<&str> = Vec::new();
    let mut places: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for note in notes {
        let of = places.entry(&note.text).or_default();
        if of.is_empty() {
            texts.push(&note.text);
        }
        of.push(note.place.clone());
    }
    let said = |text: &str| {
        let mut places = places.remove(text).unwrap_or_default();
        let more = places.len().saturating_sub(NAMED);
        if more > 1 {
            places.truncate(NAMED);
            places.push(text::others(more));
        }
        (text::list(&places), text.to_owned())
    };
    texts.into_iter().map(said).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_of_one_text_are_one_with_their_first_places() {
        let note = |place: String, text: &str| Note {
            place,
            text: text.to_owned(),
        };
        let mut notes = vec![note("hub".to_owned(), "another")];
        notes.extend((1..=9).map(|at| note(format!("spoke{at}"), "the same")));
        let said = together(&notes);
        assert_eq!(said[0].0, "hub");
        assert_eq!(
            said[1],
            (
                "spoke1, spoke2, spoke3 and 6 others".to_owned(),
                "the same".to_owned()
            )
        );
    }
}
