//! The design as code: forms, files, the open one with its words coloured (`code`), and what the form cannot say.
//!
//! Left out: lines beyond the first 500; the file that is copied or saved has them all.

use super::code::{Line, MOST_LINES, pieces};
use super::plan::{PlanView, plan};
use crate::state::State;
use crate::text;
use interspoke_core::export::{Form, Groups, Naming};

/// The tab.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Build {
    /// Forms with their names, and which is chosen.
    pub forms: Vec<(Form, &'static str, bool)>,
    /// Files, and which is open.
    pub files: Vec<(String, bool)>,
    /// Its lines.
    pub lines: Vec<Line>,
    /// What is not drawn.
    pub more: Option<String>,
    /// What to know: place and text.
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
        more: (count > MOST_LINES).then(|| text::further_lines(count - MOST_LINES)),
        notes: notes
            .iter()
            .map(|note| (note.place.clone(), note.text.clone()))
            .collect(),
        naming: building.options.naming,
        groups: makes_groups.then_some(building.options.groups),
        plan: state.plans.shown.then(|| plan(state)),
    }
}
