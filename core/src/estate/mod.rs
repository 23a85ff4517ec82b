//! Whole-estate answers.
pub mod generate;
