//! Texts of sharing, and of what this program is made of.

/// The dialog.
pub const TITLE: &str = "Share, and about Interspoke";
/// Embed codes.
pub const EMBED: &str = "In your own pages";
/// What they are.
pub const EMBED_WHERE: &str =
    "Copy the files of this site beside your pages, then paste one of these.";
/// The element.
pub const ELEMENT: &str = "As an element, by a script";
/// The frame.
pub const FRAME: &str = "As a frame, where no script of others may run";
/// Copies the element.
pub const COPY_ELEMENT: &str = "Copy embed code: element";
/// Copies the frame.
pub const COPY_FRAME: &str = "Copy embed code: frame";
/// The design does not go into an address.
pub const TOO_LARGE: &str = "The design is too large for an address: save it as design.json beside your page. A frame cannot show it.";
/// The code is copied.
pub const COPIED: &str = "The embed code is copied.";
/// The page as a file.
pub const COPY: &str = "This file with the design inside";
/// What the copy is.
pub const COPY_WHAT: &str =
    "One HTML file that opens on this design from a disk or an attachment, without a network.";
/// Saves it.
pub const SAVE_COPY: &str = "Save a copy of this file";
/// It is saved.
pub const COPY_SAVED: &str = "A copy of this file with the design was saved.";
/// The guide.
pub const GUIDE: &str = "The guide";
/// What the guide is.
pub const GUIDE_WHAT: &str =
    "every pattern and every routing rule, with pictures that can be changed";
/// Licences.
pub const LICENCES: &str = "Licences";
/// Words of Azure's.
pub const WORDS: &str = "What Azure's words mean";
/// The data.
pub const DATA: &str = "Data and their dates";
/// Heads of the table.
pub const HEADS: [&str; 2] = ["what", "gathered or seen"];

/// The version.
#[must_use]
pub fn version(version: &str) -> String {
    format!("Interspoke {version}. Nothing you do here leaves this page.")
}

/// What is old.
#[must_use]
pub fn old(what: &str, date: &str, months: u32) -> String {
    format!(
        "{what} are of {date}, older than {months} months: look the figures up before you rely on them."
    )
}
