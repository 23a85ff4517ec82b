//! What a reader does with each artefact.
mod answers;
mod changes;
mod compare;
mod cost;
mod designer;
mod embedded;
mod flow;
mod kept;
mod keyboard;
mod looks;
mod offline;
mod opens;
mod phone;
mod reach;
mod reading;
mod share;
mod widget;
