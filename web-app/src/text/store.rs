//! Words of the place where designs are kept: the list, files, links, and what goes wrong with each.

/// Opens the list.
pub const DESIGNS: &str = "Designs";
/// Of the list.
pub const DESIGNS_WHERE: &str = "Designs stay in this browser, on this device. Nothing is sent anywhere; a file or a link takes a design elsewhere.";
/// Closes the list.
pub const CLOSE: &str = "Close";
/// A design without anything in it.
pub const NEW: &str = "New";
/// Of a design of the list.
pub const OPEN: &str = "Open";
/// Of a design of the list.
pub const DUPLICATE: &str = "Duplicate";
/// Of a design of the list.
pub const DELETE: &str = "Delete";
/// Of a deleted design.
pub const RESTORE: &str = "Bring back";
/// Over deleted designs.
pub const DELETED: &str = "Deleted, kept for 30 days";
/// Of a design of the list.
pub const DOWNLOAD: &str = "Save as a file";
/// The present one in the list.
pub const PRESENT: &str = "open now";
/// The list is empty.
pub const NO_DESIGNS: &str = "Nothing is kept yet: the first change keeps the design.";
/// Opens a file.
pub const OPEN_FILE: &str = "Open a file (Ctrl+O)";
/// Saves a file.
pub const SAVE_FILE: &str = "Save as a file (Ctrl+S)";
/// Copies a link.
pub const COPY_LINK: &str = "Copy link";
/// The name of the design, as a field.
pub const NAME_FIELD: &str = "Name of the design";
/// What a design without a name is called.
pub const UNTITLED: &str = "Untitled";

/// A link was copied.
pub const LINK_COPIED: &str =
    "Link copied; the address bar holds it, too. The design travels in the link itself.";
/// A longer one was.
pub const LONG_LINK_COPIED: &str = "Link copied. It is longer than 8 KB: browsers take it, some mail and chat programs cut it. A file is safer.";
/// Saved as a file.
pub const SAVED_FILE: &str = "Design saved as a file";
/// Copied to a design of its own.
pub const DUPLICATED: &str = "A copy is among the designs";
/// What a copy is called.
#[must_use]
pub fn copy_of(name: &str) -> String {
    format!("{name} (copy)")
}

/// A design of its own was opened.
#[must_use]
pub fn opened(name: &str) -> String {
    format!("“{name}” is open as a design of its own. Undo goes back to the one before.")
}

/// Undo went from one design to another.
#[must_use]
pub fn back_to(name: &str) -> String {
    format!("Back to “{name}”")
}

/// Deleted.
#[must_use]
pub fn deleted(name: &str) -> String {
    format!("“{name}” is deleted. It stays under Designs for 30 days and can be brought back.")
}

/// Too large for a link.
#[must_use]
pub fn link_too_large(bytes: usize) -> String {
    format!(
        "This design needs a link of {} KB; 64 KB is the most that browsers take reliably. Save it as a file instead (Ctrl+S).",
        bytes.div_ceil(1_000)
    )
}

/// A link of another version.
#[must_use]
pub fn link_version(version: &str) -> String {
    format!(
        "this link has the version {version}; this program reads version 1. The link is whole: a newer Interspoke opens it"
    )
}

/// A link that was cut or changed.
pub const LINK_DAMAGED: &str = "this link is not whole: a part of it was cut or changed on its way. Ask for it again, or for a file";
/// A link whose Intent has no network.
pub const LINK_NO_PLAN: &str = "this link names a pattern or a plan that does not exist";
/// A member of a link that cannot be read.
#[must_use]
pub fn link_member(path: &str, message: &str) -> String {
    format!("{path} of this link: {message}")
}

/// Nothing that is known.
pub const NOT_RECOGNISED: &str = "expected a saved design, a case, a link to a design, an export of Azure (Resource Graph, CLI, PowerShell, a template), a price sheet or answers of the Retail Prices API, found something else";
/// Of a network that came with a case.
pub const CASE: &str = "The network of a case; its questions, states and answers stay in the file.";

/// A text was not opened.
#[must_use]
pub fn not_opened(name: &str, why: &str) -> String {
    format!("{name} was not opened: {why}. Your design is as it was.")
}

/// What a text without a name is called.
pub const PASTED: &str = "What was pasted";

/// The browser gives no storage.
#[must_use]
pub fn off(why: &str) -> String {
    format!(
        "This browser keeps nothing for this page ({why}). Everything works, but a reload loses it: save your design as a file."
    )
}
/// There is no room.
pub const FULL: &str = "This browser's storage is full: the last change is not kept. Save your design as a file, or make room.";
/// Of a newer form.
pub const NEWER: &str = "A newer Interspoke wrote it. It stays as it is, for that one to open.";
/// The whole place is of a newer form.
pub const NEWER_STORE: &str = "A newer Interspoke keeps its designs here. They stay as they are, and nothing is written over them: save your design as a file.";
/// Not what was written.
#[must_use]
pub fn damaged(found: &str) -> String {
    format!("It cannot be read: {found}. It stays as it is, and its text can be saved as a file.")
}
/// The browser's words.
#[must_use]
pub fn failed(why: &str) -> String {
    format!("The browser did not keep the last change ({why}). Save your design as a file.")
}
/// The browser says nothing about it.
pub const NO_STORAGE: &str = "it gives no storage";
/// What a link is called.
pub const THE_LINK: &str = "The link";
/// Found in a record.
pub const NO_TEXT: &str = "its text is missing";
/// Found in a record.
pub const STEPS_LOST: &str = "The steps to undo could not be read; the design itself is whole.";

/// A design was not opened at the start.
#[must_use]
pub fn unread(name: &str, why: &str) -> String {
    format!("Your last design, “{name}”, was not opened. {why}")
}
/// Why: the page broke.
pub const BROKE: &str = "The page broke when it last showed it. It is kept whole.";
/// Opens it all the same.
pub const OPEN_ANYWAY: &str = "Open it all the same";
/// What is said goes.
pub const DISMISS: &str = "Dismiss";

/// Another tab has the design.
pub const ELSEWHERE: &str = "This design is open in another tab, which keeps it. What you change here becomes a copy of its own.";
/// Work on a copy.
pub const MAKE_COPY: &str = "Work on a copy";
/// The page works on a copy.
pub const ON_A_COPY: &str = "You work on a copy of its own now; the other tab keeps the design.";
