//! What a reader does with each artefact.
mod opens;
