//! Texts of the *Build* tab.

use interspoke_core::export::Form;

/// The forms.
pub const FORMS: &str = "Form";
/// How resources are named.
pub const NAMES: &str = "Names";
/// With the abbreviations of the Cloud Adoption Framework.
pub const NAMES_SHORT: &str = "abbreviated names";
/// As in the estate.
pub const NAMES_PLAIN: &str = "names as written";
/// Resource groups.
pub const RESOURCE_GROUPS: &str = "Resource groups";
/// One group.
pub const GROUP_ONE: &str = "one group";
/// One a region.
pub const GROUP_REGION: &str = "a group a region";
/// The files.
pub const FILES: &str = "Files";
/// Copies the open file.
pub const COPY_FILE: &str = "Copy";
/// Saves the open file.
pub const SAVE_FILE: &str = "Save";
/// Saves every form.
pub const SAVE_ALL: &str = "Save all as zip";
/// Saves the design as a page for a review.
pub const SAVE_REPORT: &str = "Report";
/// Name of the report.
pub const REPORT_FILE: &str = "report.md";
/// Saves the picture as it is seen, as lines.
pub const SAVE_SVG: &str = "Picture as SVG";
/// The same as points.
pub const SAVE_PNG: &str = "Picture as PNG";
/// Name of the picture.
pub const PICTURE_SVG: &str = "interspoke.svg";
/// Name of the picture.
pub const PICTURE_PNG: &str = "interspoke.png";
/// The open file.
pub const CODE: &str = "Text of the file";
/// What is said when a file was copied.
pub const FILE_COPIED: &str = "The file is in the clipboard.";
/// Name of the archive.
pub const ARCHIVE: &str = "interspoke.zip";

/// The name of a form.
#[must_use]
pub const fn form_name(form: Form) -> &'static str {
    match form {
        Form::Bicep => "Bicep",
        Form::Arm => "ARM JSON",
        Form::Terraform => "Terraform",
        Form::CommandLine => "Azure CLI",
        Form::Tables => "CSV",
        Form::Mermaid => "Mermaid",
        Form::DrawIo => "draw.io",
        Form::Acceptance => "Acceptance",
    }
}

/// How many lines are not drawn.
#[must_use]
pub fn further_lines(count: usize) -> String {
    format!("… and {count} more lines; copied and saved files have them all")
}

/// Places beyond those that are named.
#[must_use]
pub fn others(count: usize) -> String {
    format!(
        "{} others",
        super::grouped(u64::try_from(count).unwrap_or(u64::MAX))
    )
}

/// How many things there are to know.
#[must_use]
pub fn to_know(count: usize) -> String {
    if count == 1 {
        "One thing to know before you deploy".to_owned()
    } else {
        format!("{count} things to know before you deploy")
    }
}
