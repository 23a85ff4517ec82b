//! The developers' commands, behind `cargo xtask`.
//!
//! Every command first works out what the machine lacks ([`plan`]), installs that into a per-user cache
//! ([`setup`]) and then works with plain programs: wasm-pack, wasm-opt, Chromium. Nothing is downloaded that is
//! already there in the right version.
//!
//! The end-to-end tests share the small web server, [`http`].

pub mod http;

mod bench;
mod bench_page;
mod beside;
mod browser;
mod build;
mod cases;
mod dated;
mod deny;
mod drawing;
mod failure;
mod file;
mod folder;
mod foreign;
mod guide;
mod import;
mod ingredients;
mod journeys;
mod machine;
mod offline;
mod options;
mod others;
mod package;
mod page;
mod plan;
mod process;
mod python;
mod release;
mod same;
mod serve;
mod setup;
mod size;
mod start;
mod sysroot;
mod test;
mod threats;
mod tidy;
mod toolchain;
mod way;
mod write_out;

use std::process::ExitCode;

use failure::{Failure, Result};
use options::Options;

const HELP: &str = "\
cargo xtask COMMAND

  serve  [--port N] [--release]         build the page, serve it on this machine, rebuild when a file changes
  test   [--native] [--wasm] [--e2e]    run every test, or only the layers named
  pictures  [--to FOLDER]               take pictures of the page: every tab, desk and phone, light and dark
  build                                 write dist/site/, dist/package/ and dist/interspoke.html, print their sizes
  release  [--twice]                    the same with licences, list of ingredients and checksums; --twice: all of it twice, compared
  dated                                 say which prices and limits are older than half a year
  deny  [--fetch]                       check licences and sources of every package, and advisories; --fetch: get their list first
  guide                                 write the guide again, into a site that is built
  size                                  print the sizes again and check the cap
  setup  [--plan]                       install what is missing; with --plan only say what and why
  cases  FOLDER [--verbose] [--only T]  answer case files through the core and keep score
  import FILES… [--out DOCUMENT] [--against CAPTURES…]
                                        read exports of Azure's tools, print what they hold and what is assumed
  export DOCUMENT --as FORM [--to FOLDER] [--names as-written]
                                        write a design as code; a document is a file, sample:ID or figure:ID
  plan   FROM TO [--full]               the steps from one estate to another, and what each does to traffic
  foreign                               programs of others read every pattern in every form
  bench  [--gate] [--without-python] [--without-browser] [--browser-only] [--drawing] [--start]
                                        whole-estate answers against other ways to get them, as ratios
  tidy                                  check the rules of the repository
";

/// Runs one command with its arguments and turns a failure into a message and an exit code.
#[must_use]
pub fn run(arguments: Vec<String>) -> ExitCode {
    match dispatch(arguments) {
        Ok(code) => code,
        Err(failure) => {
            eprintln!("\nxtask: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(mut arguments: Vec<String>) -> Result<ExitCode> {
    if arguments.is_empty() {
        print!("{HELP}");
        return Ok(ExitCode::FAILURE);
    }
    let command = arguments.remove(0);
    if command == "cases" {
        return cases::run(arguments);
    }
    if command == "import" {
        return import::run(arguments);
    }
    if command == "plan" {
        return way::run(arguments).map(|()| ExitCode::SUCCESS);
    }
    if command == "export" {
        return write_out::run(arguments).map(|()| ExitCode::SUCCESS);
    }
    let options = Options::new(&command, arguments);
    match command.as_str() {
        "serve" => serve::command_line(options)?,
        "test" => test::command_line(options)?,
        "build" => {
            options.finish()?;
            build::command_line()?;
        }
        "dated" => {
            options.finish()?;
            dated::command_line()?;
        }
        "foreign" => {
            options.finish()?;
            foreign::check()?;
        }
        "deny" => deny::command_line(options)?,
        "guide" => {
            options.finish()?;
            guide::command_line()?;
        }
        "release" => release::command_line(options)?,
        "size" => {
            options.finish()?;
            size::command_line()?;
        }
        "pictures" => test::pictures(options)?,
        "setup" => setup::command_line(options)?,
        "bench" => bench::command_line(options)?,
        "tidy" => {
            options.finish()?;
            tidy::command_line()?;
        }
        "help" | "--help" | "-h" => print!("{HELP}"),
        other => {
            return Err(Failure::new(format!(
                "there is no command {other:?}\n\n{HELP}"
            )));
        }
    }
    Ok(ExitCode::SUCCESS)
}
