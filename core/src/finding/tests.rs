//! Small estates, each with one thing wrong.
