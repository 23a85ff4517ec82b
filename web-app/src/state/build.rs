//! What the *Build* tab shows: a form, a file of it, and the choices of the export.
//!
//! The rule: the texts are written when the tab is open and the document, the form or a choice is another than when they
//! were written last; nothing is written while nobody looks.

use super::{Effect, Shared, State, Tab};
use crate::text;
use interspoke_core::document::Document;
use interspoke_core::export::{Bundle, Form, Groups, Naming, Options, export};
use interspoke_core::report::{Parts, markdown};
use std::rc::Rc;

/// What is shown of the design as code.
#[derive(Debug, Clone)]
pub struct Building {
    /// The form.
    pub form: Form,
    /// The open file, by its position.
    pub file: usize,
    /// Choices of the export.
    pub options: Options,
    /// The texts, and what they were written from.
    made: Option<(Rc<Document>, Form, Options, Shared<Bundle>)>,
}

impl Default for Building {
    fn default() -> Self {
        Self {
            form: Form::Bicep,
            file: 0,
            options: Options::default(),
            made: None,
        }
    }
}

/// What is done in the tab.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BuildMsg {
    /// Another form.
    Form(Form),
    /// Another file.
    File(usize),
    /// Other names.
    Naming(Naming),
    /// Other resource groups.
    Groups(Groups),
    /// Copy the open file.
    Copy,
    /// Save the open file.
    Save,
    /// Save every form and file as one archive.
    SaveAll,
    /// Save the design as a page for a review.
    Report,
    /// Save the picture.
    Picture(PictureFile),
}

/// A form of the picture as a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PictureFile {
    /// Lines and letters.
    Svg,
    /// Points, twice as many as on the page.
    Png,
}

impl State {
    /// The texts of the chosen form, where they are written.
    #[must_use]
    pub fn bundle(&self) -> Option<&Bundle> {
        self.building
            .made
            .as_ref()
            .map(|(_, _, _, bundle)| &**bundle)
    }

    /// Whether the texts are still to be written: the tab is open, and they are not those of now.
    #[must_use]
    pub fn is_writing(&self) -> bool {
        let building = &self.building;
        let of = (building.form, building.options);
        let current = building
            .made
            .as_ref()
            .is_some_and(|made| Rc::ptr_eq(&made.0, &self.document) && (made.1, made.2) == of);
        self.tab == Tab::Build && !current
    }

    /// Writes the texts of a small design at once; those of a large one have a turn of their own.
    pub(super) fn make(&mut self) {
        if !self.is_large() {
            self.write_code();
        }
    }

    /// Writes the texts, where they are not those of now.
    pub(super) fn write_code(&mut self) {
        if !self.is_writing() {
            return;
        }
        let building = &mut self.building;
        let (form, options) = (building.form, building.options);
        let bundle = Shared::new(export(&self.document.network, form, options));
        if building.file >= bundle.files.len() {
            building.file = 0;
        }
        building.made = Some((Rc::clone(&self.document), form, options, bundle));
    }

    /// Does what was asked for in the tab.
    pub(super) fn build(&mut self, msg: BuildMsg) -> Vec<Effect> {
        match msg {
            BuildMsg::Form(form) => (self.building.form, self.building.file) = (form, 0),
            BuildMsg::File(file) => self.building.file = file,
            BuildMsg::Naming(naming) => self.building.options.naming = naming,
            BuildMsg::Groups(groups) => self.building.options.groups = groups,
            BuildMsg::Copy => return self.copy_file(),
            BuildMsg::Save => {
                self.write_code();
                return self.save_file();
            }
            BuildMsg::SaveAll => return self.save_all(),
            BuildMsg::Report => {
                self.work_out();
                let name = text::REPORT_FILE.to_owned();
                return vec![Effect::Save(name, "text/markdown", self.report())];
            }
            BuildMsg::Picture(file) => return vec![Effect::SavePicture(file)],
        }
        Vec::new()
    }

    /// The design as a page for a review.
    fn report(&self) -> String {
        let pattern = self.pattern();
        let rows = self.ranking.iter().flat_map(super::Ranking::rows);
        let mut assessed = rows.map(|(row, _)| &*row.assessment);
        markdown(Parts {
            document: &self.document,
            issues: &self.answers.issues,
            review: &self.late.review,
            bill: &self.cost.bill,
            assessment: assessed.find(|one| Some(one.pattern) == pattern),
        })
    }

    fn open_file(&self) -> Option<(&str, &str)> {
        let file = self.bundle()?.files.get(self.building.file)?;
        Some((&file.path, &file.text))
    }

    fn copy_file(&mut self) -> Vec<Effect> {
        self.write_code();
        let Some(text) = self.open_file().map(|(_, text)| text.to_owned()) else {
            return Vec::new();
        };
        self.notice = Some(text::FILE_COPIED.to_owned());
        vec![Effect::Copy(text)]
    }

    fn save_file(&self) -> Vec<Effect> {
        let file = self.open_file();
        let effect =
            file.map(|(name, text)| Effect::Save(name.to_owned(), "text/plain", text.to_owned()));
        effect.into_iter().collect()
    }

    /// Every form, each in a folder of its own.
    fn save_all(&mut self) -> Vec<Effect> {
        self.work_out();
        let options = self.building.options;
        let bundles = Form::ALL.iter().map(|form| {
            let bundle = export(&self.document.network, *form, options);
            (form.id(), bundle)
        });
        let files = bundles.flat_map(|(folder, bundle)| {
            let files = bundle.files.into_iter();
            files.map(move |file| (format!("{folder}/{}", file.path), file.text))
        });
        let report = (text::REPORT_FILE.to_owned(), self.report());
        match archive(files.chain([report])) {
            Ok(bytes) => vec![Effect::SaveBytes(text::ARCHIVE, "application/zip", bytes)],
            Err(error) => {
                self.notice = Some(error.to_string());
                Vec::new()
            }
        }
    }
}

/// Files as one archive, stored as they are.
fn archive(files: impl Iterator<Item = (String, String)>) -> zip::result::ZipResult<Vec<u8>> {
    use std::io::{Cursor, Write};
    use zip::write::{SimpleFileOptions, ZipWriter};
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, text) in files {
        writer.start_file(path, stored)?;
        writer.write_all(text.as_bytes())?;
    }
    Ok(writer.finish()?.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::{Msg, update};

    fn on(tab: Tab) -> Rc<State> {
        let state = Rc::new(State::on_first_sample());
        update(state, Msg::Show(tab)).0
    }

    #[test]
    fn texts_are_written_when_the_tab_is_open_and_again_only_when_something_changes() {
        assert!(on(Tab::Path).bundle().is_none());
        let first = on(Tab::Build);
        assert_eq!(first.bundle().unwrap().files[0].path, "main.bicep");
        let before: *const Bundle = first.bundle().unwrap();
        let (same, _) = update(first, Msg::Show(Tab::Build));
        assert!(std::ptr::eq(before, same.bundle().unwrap()));
        let (other, _) = update(same, Msg::Build(BuildMsg::Form(Form::Terraform)));
        assert_eq!(other.bundle().unwrap().files[0].path, "main.tf");
    }

    #[test]
    fn the_open_file_is_copied_and_saved() {
        let state = on(Tab::Build);
        let (state, effects) = update(state, Msg::Build(BuildMsg::Copy));
        assert!(
            matches!(&effects[..], [Effect::Copy(text)] if text.contains("Microsoft.Network/virtualNetworks"))
        );
        assert!(state.notice.is_some());
        let (_, effects) = update(state, Msg::Build(BuildMsg::Save));
        assert!(
            matches!(&effects[..], [Effect::Save(name, "text/plain", text)] if name == "main.bicep" && !text.is_empty())
        );
    }

    #[test]
    fn the_report_is_saved_and_so_is_the_picture() {
        let (state, effects) = update(on(Tab::Build), Msg::Build(BuildMsg::Report));
        let [Effect::Save(_, "text/markdown", report)] = &effects[..] else {
            panic!("one report");
        };
        for section in [
            "## Picture",
            "## Verdict",
            "## Peerings",
            "## Cost a month",
            "## Findings",
            "## Not modelled",
        ] {
            assert!(report.contains(section), "{section}");
        }
        let (_, effects) = update(state, Msg::Build(BuildMsg::Picture(PictureFile::Png)));
        assert!(matches!(
            effects[..],
            [Effect::SavePicture(PictureFile::Png)]
        ));
    }

    #[test]
    fn everything_is_saved_as_one_archive_that_reads_back() {
        let (_, effects) = update(on(Tab::Build), Msg::Build(BuildMsg::SaveAll));
        let [Effect::SaveBytes(name, "application/zip", bytes)] = &effects[..] else {
            panic!("one archive");
        };
        assert_eq!(*name, text::ARCHIVE);
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes.clone())).unwrap();
        let names: Vec<String> = archive
            .file_names()
            .filter_map(|name| Some(name.ok()?.into_owned()))
            .collect();
        for form in Form::ALL {
            assert!(
                names.iter().any(|name| name.starts_with(form.id())),
                "{names:?}"
            );
        }
        let mut text = String::new();
        let mut file = archive.by_name("bicep/main.bicep").unwrap();
        std::io::Read::read_to_string(&mut file, &mut text).unwrap();
        assert!(text.contains("resource "));
    }
}
