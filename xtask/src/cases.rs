//! `cargo xtask cases FOLDER`: reads case files, answers each question through the core and keeps score.
//!
//! One line per question that differs (`file#id kind: expected … got …`), then a table by kind and the settings it ran
//! with. The exit code is 1 when any scored question is wrong or unsupported, or a file cannot be read.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use interspoke_core::case::{Answer, Case, Kind, Question, answer, compare};
use interspoke_core::route::Settings;
use interspoke_core::topology;

use crate::failure::{Context, Failure, Result};

const USAGE: &str =
    "cargo xtask cases FOLDER [--verbose] [--only TEXT] [--strict-forwarded-traffic]";

/// The command, with the arguments after its name.
pub(crate) fn run(arguments: Vec<String>) -> Result<ExitCode> {
    let options = Options::read(arguments)?;
    let mut score = Score::default();
    for path in json_files(&options.folder)? {
        score.file(&path, &options);
    }
    print!("{score}");
    println!("settings: {}", describe(options.settings));
    Ok(if score.all_right() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// What was asked for on the command line.
struct Options {
    folder: PathBuf,
    verbose: bool,
    only: Option<String>,
    settings: Settings,
}

impl Options {
    fn read(arguments: Vec<String>) -> Result<Options> {
        let mut folder = None;
        let (mut verbose, mut only, mut settings) = (false, None, Settings::default());
        let mut arguments = arguments.into_iter();
        while let Some(argument) = arguments.next() {
            match argument.as_str() {
                "--verbose" => verbose = true,
                "--strict-forwarded-traffic" => settings.strict_forwarded_traffic = true,
                "--only" => {
                    let text = arguments
                        .next()
                        .ok_or_else(|| Failure::new(format!("--only needs a text\n\n{USAGE}")))?;
                    only = Some(text);
                }
                other if other.starts_with('-') || folder.is_some() => {
                    return Err(Failure::new(format!(
                        "`cargo xtask cases` does not know {other:?}\n\n{USAGE}"
                    )));
                }
                other => folder = Some(PathBuf::from(other)),
            }
        }
        let folder = folder
            .ok_or_else(|| Failure::new(format!("expected a folder of case files\n\n{USAGE}")))?;
        Ok(Options {
            folder,
            verbose,
            only,
            settings,
        })
    }

    fn wants(&self, file: &str, question: &Question) -> bool {
        let name = format!("{file}#{} {}", question.id, question.kind());
        self.only.as_ref().is_none_or(|text| name.contains(text))
    }
}

fn describe(settings: Settings) -> String {
    let rule = if settings.strict_forwarded_traffic {
        "dropped, as documented"
    } else {
        "passes, as captured"
    };
    format!(
        "forwarded traffic without allowForwardedTraffic {rule} (strictForwardedTraffic={})",
        settings.strict_forwarded_traffic
    )
}

fn json_files(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries =
        std::fs::read_dir(folder).context(format!("read the folder {}", folder.display()))?;
    let mut files: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "json")
        })
        .collect();
    files.sort();
    if files.is_empty() {
        return Err(Failure::new(format!(
            "there is no *.json in {}",
            folder.display()
        )));
    }
    Ok(files)
}

/// How one question went.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Right,
    Wrong,
    Unsupported,
    Unscored,
}

/// Counts of one kind.
#[derive(Default, Clone, Copy)]
struct Tally {
    right: usize,
    wrong: usize,
    unsupported: usize,
    unscored: usize,
}

impl Tally {
    fn count(&mut self, mark: Mark) {
        match mark {
            Mark::Right => self.right += 1,
            Mark::Wrong => self.wrong += 1,
            Mark::Unsupported => self.unsupported += 1,
            Mark::Unscored => self.unscored += 1,
        }
    }

    fn asked(&self) -> usize {
        self.right + self.wrong + self.unsupported + self.unscored
    }

    fn plus(self, other: Tally) -> Tally {
        Tally {
            right: self.right + other.right,
            wrong: self.wrong + other.wrong,
            unsupported: self.unsupported + other.unsupported,
            unscored: self.unscored + other.unscored,
        }
    }
}

/// Counts over all files.
#[derive(Default)]
struct Score {
    by_kind: BTreeMap<Kind, Tally>,
    unreadable: usize,
}

impl Score {
    fn file(&mut self, path: &Path, options: &Options) {
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default();
        let text = std::fs::read_to_string(path).map_err(|error| error.to_string());
        let case = match text.and_then(|text| Case::parse(&text).map_err(|error| error.to_string()))
        {
            Ok(case) => case,
            Err(error) => {
                println!("{name}: error: {error}");
                self.unreadable += 1;
                return;
            }
        };
        if options.verbose {
            for issue in topology::build(&case.network).issues {
                println!("{name}: {issue}");
            }
        }
        for question in case
            .questions
            .iter()
            .filter(|question| options.wants(&name, question))
        {
            let mark = ask(&name, &case, question, options);
            self.by_kind.entry(question.kind()).or_default().count(mark);
        }
    }

    fn total(&self) -> Tally {
        self.by_kind
            .values()
            .fold(Tally::default(), |sum, tally| sum.plus(*tally))
    }

    fn all_right(&self) -> bool {
        let total = self.total();
        self.unreadable == 0 && total.wrong == 0 && total.unsupported == 0
    }
}

fn ask(file: &str, case: &Case, question: &Question, options: &Options) -> Mark {
    let counts = question.counts();
    let (mark, difference) = match answer(case, question, options.settings) {
        Err(error) => (Mark::Wrong, Some(format!("error: {error}"))),
        Ok(Answer::Unsupported(reason)) => {
            (Mark::Unsupported, Some(format!("unsupported: {reason}")))
        }
        Ok(Answer::Given(reply)) => match compare(question, &reply) {
            Ok(()) => (Mark::Right, None),
            Err(difference) => (Mark::Wrong, Some(difference.to_string())),
        },
    };
    if let Some(difference) = difference.filter(|_| counts || options.verbose) {
        let unscored = if counts { "" } else { " (unscored)" };
        println!(
            "{file}#{} {}{unscored}: {difference}",
            question.id,
            question.kind()
        );
    }
    if counts { mark } else { Mark::Unscored }
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "\n{:<16}{:>7}{:>7}{:>7}{:>13}{:>10}",
            "kind", "asked", "right", "wrong", "unsupported", "unscored"
        )?;
        let mut row = |name: &str, tally: &Tally| {
            let Tally {
                right,
                wrong,
                unsupported,
                unscored,
            } = tally;
            writeln!(
                f,
                "{name:<16}{:>7}{right:>7}{wrong:>7}{unsupported:>13}{unscored:>10}",
                tally.asked()
            )
        };
        for (kind, tally) in &self.by_kind {
            row(kind.word(), tally)?;
        }
        row("total", &self.total())?;
        if self.unreadable > 0 {
            writeln!(f, "files that could not be read: {}", self.unreadable)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Options> {
        Options::read(text.split_whitespace().map(str::to_owned).collect())
    }

    #[test]
    fn options_stand_on_either_side_of_the_folder() {
        let options = read("--only reach cases --strict-forwarded-traffic").unwrap();
        assert_eq!(options.folder, PathBuf::from("cases"));
        assert_eq!(options.only.as_deref(), Some("reach"));
        assert!(options.settings.strict_forwarded_traffic && !options.verbose);
    }

    #[test]
    fn what_is_not_understood_is_refused_by_name() {
        let message = |text| {
            read(text)
                .err()
                .map(|failure| failure.to_string())
                .unwrap_or_default()
        };
        assert!(message("").starts_with("expected a folder of case files"));
        assert!(
            message("cases --loud").starts_with("`cargo xtask cases` does not know \"--loud\"")
        );
        assert!(message("cases --only").starts_with("--only needs a text"));
    }

    #[test]
    fn the_table_adds_up() {
        let mut score = Score::default();
        for mark in [Mark::Right, Mark::Right, Mark::Unsupported] {
            score.by_kind.entry(Kind::Path).or_default().count(mark);
        }
        score
            .by_kind
            .entry(Kind::Text)
            .or_default()
            .count(Mark::Unscored);
        let table = score.to_string();
        let total = table
            .lines()
            .last()
            .unwrap_or_default()
            .split_whitespace()
            .collect::<Vec<_>>();
        assert_eq!(total, ["total", "4", "2", "0", "1", "1"]);
        assert!(!score.all_right());
    }
}
