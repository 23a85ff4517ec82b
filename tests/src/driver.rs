//! The programs that steer browsers, and the screen that one of them needs. They end when they are dropped.
use std::fs;
use std::io::{BufRead, BufReader};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Instant;

use crate::browser::{LOOK_EVERY, PATIENCE};
use crate::place;
use crate::{Browser, Failure, Outcome};

/// A running driver, which listens on loopback.
#[derive(Debug)]
pub(crate) struct Driver {
    pub(crate) address: String,
    _process: Process,
    _screen: Option<Process>,
}

impl Driver {
    /// Starts the driver of a browser on a port that nobody else has. What the browser saves lands in the folder
    /// `downloads` of the profile.
    pub(crate) fn start(browser: Browser, profile: &Path) -> Outcome<Driver> {
        let (process, port, screen) = match browser {
            Browser::Chromium => {
                let mut driver = Command::new(place::chromedriver()?);
                driver.args(["--port=0", "--log-level=SEVERE"]);
                let (process, port) = Process::start(driver, "successfully on port ")?;
                (process, port, None)
            }
            Browser::Firefox => {
                let mut driver = Command::new(place::geckodriver()?);
                driver.args(["--port", "0"]);
                let (process, port) = Process::start(driver, "Listening on 127.0.0.1:")?;
                (process, port, None)
            }
            Browser::WebKit => {
                let screen = screen()?;
                let port = free_port()?;
                let mut driver = Command::new(place::webkit_driver()?);
                driver.arg(format!("--port={port}"));
                driver.env("DISPLAY", &screen.1);
                at_home_in(profile, &mut driver)?;
                let process = Process::spawn(driver)?;
                answers(port)?;
                (process, port.to_string(), Some(screen.0))
            }
        };
        Ok(Driver {
            address: format!("http://127.0.0.1:{port}"),
            _process: process,
            _screen: screen,
        })
    }
}

/// A screen that nobody looks at, and its name: WebKitGTK draws on one, the others draw without.
fn screen() -> Outcome<(Process, String)> {
    let mut screen = Command::new(place::xvfb()?);
    screen.args(["-displayfd", "1", "-screen", "0", "1600x1200x24"]);
    screen.args(["-nolisten", "tcp"]);
    let (process, number) = Process::start(screen, "")?;
    Ok((process, format!(":{number}")))
}

/// WebKitGTK asks the desktop's settings where downloads go.
fn at_home_in(profile: &Path, driver: &mut Command) -> Outcome {
    let downloads = profile.join("downloads");
    let told = format!("XDG_DOWNLOAD_DIR=\"{}\"\n", downloads.display());
    fs::write(profile.join("user-dirs.dirs"), told)?;
    for variable in ["HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME"] {
        driver.env(variable, profile);
    }
    Ok(())
}

/// A port that is free now: this driver cannot choose one and say which.
fn free_port() -> Outcome<u16> {
    Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}

fn answers(port: u16) -> Outcome {
    let start = Instant::now();
    while let Err(error) = TcpStream::connect(("127.0.0.1", port)) {
        if start.elapsed() > PATIENCE {
            return Err(error.into());
        }
        thread::sleep(LOOK_EVERY);
    }
    Ok(())
}

/// A program that is killed when dropped.
#[derive(Debug)]
struct Process(Child);

impl Process {
    fn spawn(mut command: Command) -> Outcome<Process> {
        command.stdin(Stdio::null()).stderr(Stdio::null());
        let spawned = command.spawn();
        let program = command.get_program().to_string_lossy();
        let spawned = spawned.map_err(|error| Failure::new(format!("{program}: {error}")));
        Ok(Process(spawned?))
    }

    /// Starts a program and reads the number that it prints behind these words.
    fn start(mut command: Command, words: &str) -> Outcome<(Process, String)> {
        let program = command.get_program().to_string_lossy().into_owned();
        command.stdout(Stdio::piped());
        let mut process = Process::spawn(command)?;
        let output = process.0.stdout.take().map(BufReader::new);
        let mut lines = output
            .into_iter()
            .flat_map(BufRead::lines)
            .map_while(Result::ok);
        let number = lines.find_map(|line| number_behind(&line, words));
        let number = number.ok_or_else(|| Failure::new(format!("{program} did not start")))?;
        // A full pipe would stop it.
        thread::spawn(move || lines.for_each(drop));
        Ok((process, number))
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended by itself already.
        self.0.kill().unwrap_or_default();
        self.0.wait().map(drop).unwrap_or_default();
    }
}

fn number_behind(line: &str, words: &str) -> Option<String> {
    let (_, rest) = line.split_once(words)?;
    let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
    (!digits.is_empty()).then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_is_read_behind_the_words() {
        let line = "1795866866428\tgeckodriver\tINFO\tListening on 127.0.0.1:39683";
        let found = number_behind(line, "Listening on 127.0.0.1:");
        assert_eq!(found.as_deref(), Some("39683"));
        assert_eq!(number_behind("99", "").as_deref(), Some("99"));
        assert_eq!(number_behind("*** headless", ""), None);
    }
}
