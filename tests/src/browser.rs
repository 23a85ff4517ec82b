//! Starting ChromeDriver and a Chromium of its own for one journey.
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use thirtyfour::extensions::query::ElementPollerWithTimeout;
use thirtyfour::prelude::*;
use thirtyfour::{Capabilities, ChromiumLikeCapabilities, LoggingPrefsLogLevel, WebDriver};

use crate::place::{self, FreshFolder};
use crate::{Artefact, Failure, Outcome};

/// How long a step waits for the page before it fails, and how often it looks.
pub(crate) const PATIENCE: Duration = Duration::from_secs(15);
pub(crate) const LOOK_EVERY: Duration = Duration::from_millis(50);

/// Chromium says nothing to anybody, and runs as root too.
const ARGUMENTS: [&str; 10] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--force-color-profile=srgb",
];

/// Notes every violation of the content policy from before the page's first script on.
const LISTENER: &str = "
    window.policyViolations = [];
    document.addEventListener('securitypolicyviolation', (event) => {
        window.policyViolations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
    });";

/// A running ChromeDriver; killed when dropped.
#[derive(Debug)]
pub(crate) struct ChromeDriver {
    process: Child,
    address: String,
}

impl ChromeDriver {
    /// Starts it on a port that the system chooses.
    pub(crate) fn start() -> Outcome<ChromeDriver> {
        let program = place::chromedriver()?;
        let mut process = Command::new(&program)
            .args(["--port=0", "--log-level=SEVERE"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| Failure::new(format!("{}: {error}", program.display())))?;
        let output = process.stdout.take().map(BufReader::new);
        let mut driver = ChromeDriver {
            process,
            address: String::new(),
        };
        let mut lines = output
            .into_iter()
            .flat_map(BufRead::lines)
            .map_while(Result::ok);
        let port = lines.find_map(|line| {
            Some(
                line.split("successfully on port ")
                    .nth(1)?
                    .trim_matches('.')
                    .to_owned(),
            )
        });
        let port =
            port.ok_or_else(|| Failure::new(format!("{} did not start", program.display())))?;
        driver.address = format!("http://127.0.0.1:{port}");
        // A full pipe would stop it.
        thread::spawn(move || lines.for_each(drop));
        Ok(driver)
    }

    /// Opens a browser with an empty profile, ready to notice what must not happen.
    pub(crate) async fn open(
        &self,
        artefact: Artefact,
        profile: &FreshFolder,
    ) -> Outcome<WebDriver> {
        let poller = ElementPollerWithTimeout::new(PATIENCE, LOOK_EVERY);
        let driver = WebDriver::builder(&self.address, capabilities(artefact, profile)?)
            .poller(std::sync::Arc::new(poller))
            .await?;
        // Away from the browser's own first tab, whose requests are not the page's.
        driver.goto("about:blank").await?;
        driver.get_log("performance").await?;
        let cdp = driver.cdp();
        cdp.send_raw(
            "Page.addScriptToEvaluateOnNewDocument",
            serde_json::json!({ "source": LISTENER }),
        )
        .await?;
        if artefact == Artefact::SingleFile {
            cdp.send_raw("Network.enable", serde_json::json!({}))
                .await?;
            let offline = serde_json::json!({
                "offline": true, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1
            });
            cdp.send_raw("Network.emulateNetworkConditions", offline)
                .await?;
        }
        Ok(driver)
    }
}

impl Drop for ChromeDriver {
    fn drop(&mut self) {
        // It may have ended by itself already.
        self.process.kill().unwrap_or_default();
        self.process.wait().map(drop).unwrap_or_default();
    }
}

fn capabilities(artefact: Artefact, profile: &FreshFolder) -> Outcome<Capabilities> {
    let mut chrome = DesiredCapabilities::chrome();
    let binary = place::chromium()?;
    chrome.set_binary(&binary.to_string_lossy())?;
    for argument in ARGUMENTS {
        chrome.add_arg(argument)?;
    }
    chrome.add_arg(&format!("--user-data-dir={}", profile.path().display()))?;
    // No name resolves; the site's server is reached by its number.
    chrome.add_arg(match artefact {
        Artefact::Site | Artefact::OwnSite | Artefact::HostPage(_) => {
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
        }
        Artefact::SingleFile => "--host-resolver-rules=MAP * ~NOTFOUND",
    })?;
    chrome.set_logging_prefs("browser", LoggingPrefsLogLevel::All)?;
    chrome.set_logging_prefs("performance", LoggingPrefsLogLevel::All)?;
    Ok(chrome.into())
}
