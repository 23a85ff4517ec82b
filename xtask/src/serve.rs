//! `cargo xtask serve`: builds the page, serves it on this machine and rebuilds it when a file changes.
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use crate::build::{self, Profile};
use crate::failure::{Context, Failure, Result};
use crate::http::Server;
use crate::options::Options;
use crate::plan::Purpose;
use crate::process::{root, seconds};
use crate::setup;
use crate::toolchain::{Toolchain, target_folder};

const FIRST_PORT: u16 = 8017;
/// What the page is made from.
const WATCHED: [&str; 6] = [
    "core",
    "web-app",
    "static",
    "index.html",
    "Cargo.toml",
    "Cargo.lock",
];

/// `cargo xtask serve [--port N] [--release]`. Ends with Ctrl-C.
pub(crate) fn command_line(mut options: Options) -> Result<()> {
    let profile = if options.flag("--release") {
        Profile::Release
    } else {
        Profile::Quick
    };
    let port = options.value("--port")?;
    options.finish()?;
    let site = target_folder().join("served");
    // Before the build, so that a port in use is told at once.
    let server = listen(&site, port)?;
    let toolchain = setup::ensure(Purpose::Page)?;
    let mut seen = newest();
    rebuild(&toolchain, profile, &site, &server);
    loop {
        thread::sleep(Duration::from_millis(400));
        let now = newest();
        if now == seen {
            continue;
        }
        seen = settled(now);
        println!("\na file changed: building");
        rebuild(&toolchain, profile, &site, &server);
    }
}

/// The port asked for, or the first free one from the usual on.
fn listen(site: &Path, port: Option<u16>) -> Result<Server> {
    let (first, last) = port.map_or((FIRST_PORT, FIRST_PORT + 20), |port| (port, port));
    for port in first..=last {
        match Server::start(site, "/", port) {
            Err(error) if error.kind() == ErrorKind::AddrInUse && port < last => {}
            result => return result.context(format!("listening on port {port} of this machine")),
        }
    }
    Err(Failure::new("no port was tried"))
}

/// A failed build is told and leaves the last good page; the next change tries again.
fn rebuild(toolchain: &Toolchain, profile: Profile, site: &Path, server: &Server) {
    let start = Instant::now();
    let result = build::wasm(toolchain, profile)
        .and_then(|package| build::write_site(&package, site, profile));
    match result {
        Ok(()) => println!(
            "\n  {}  built in {}; reload to see it",
            server.url(),
            seconds(start.elapsed())
        ),
        Err(failure) if site.join("index.html").is_file() => {
            println!(
                "\n{failure}\n  {}  still shows the last page that could be built",
                server.url()
            );
        }
        Err(failure) => {
            println!("\n{failure}\n  nothing to show yet; the next change is tried again")
        }
    }
    println!("  watching {} (Ctrl-C ends)", WATCHED.join(" "));
}

/// Waits until nobody is writing any more.
fn settled(mut seen: Option<Stamp>) -> Option<Stamp> {
    loop {
        thread::sleep(Duration::from_millis(200));
        let now = newest();
        if now == seen {
            return seen;
        }
        seen = now;
    }
}

/// Changes when a watched file is written, added or removed.
type Stamp = (SystemTime, usize);

fn newest() -> Option<Stamp> {
    let root = root();
    let mut folders: Vec<PathBuf> = WATCHED.iter().map(|name| root.join(name)).collect();
    let mut files = 0;
    let mut newest = None;
    while let Some(path) = folders.pop() {
        let Ok(about) = fs::metadata(&path) else {
            continue;
        };
        if about.is_dir() {
            let entries = fs::read_dir(&path).into_iter().flatten().flatten();
            folders.extend(entries.map(|entry| entry.path()));
        } else {
            files += 1;
            newest = newest.max(about.modified().ok());
        }
    }
    newest.map(|time| (time, files))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_in_use_is_passed_over_unless_it_was_asked_for() {
        let folder = root();
        let taken = Server::start(&folder, "/", 0).unwrap();
        let port: u16 = taken
            .url()
            .trim_end_matches('/')
            .rsplit(':')
            .next()
            .unwrap()
            .parse()
            .unwrap();
        let message = listen(&folder, Some(port)).unwrap_err().to_string();
        assert!(
            message.starts_with(&format!("listening on port {port} of this machine: ")),
            "{message}"
        );
        assert!(listen(&folder, None).is_ok());
    }

    #[test]
    fn the_watched_files_are_there() {
        assert!(newest().is_some_and(|(_, files)| files > 5));
    }
}
