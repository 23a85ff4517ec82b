//! Opening a browser with an empty profile for one journey.
use std::path::Path;
use std::time::Duration;

use serde_json::json;
use thirtyfour::common::capabilities::firefox::FirefoxPreferences;
use thirtyfour::extensions::query::ElementPollerWithTimeout;
use thirtyfour::prelude::*;
use thirtyfour::{Capabilities, ChromiumLikeCapabilities, LoggingPrefsLogLevel, WebDriver};

use crate::driver::Driver;
use crate::place;
use crate::{Artefact, Browser, Outcome};

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

/// Notes every violation of the content policy, every error that nobody caught, and every error that the page logs.
pub(crate) const LISTENER: &str = "
    window.policyViolations = [];
    window.uncaught = [];
    document.addEventListener('securitypolicyviolation', (event) => {
        window.policyViolations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
    });
    window.addEventListener('error', (event) => window.uncaught.push(String(event.message)));
    window.addEventListener('unhandledrejection', (event) => window.uncaught.push(String(event.reason)));
    const log = console.error;
    console.error = (...words) => { window.uncaught.push(words.join(' ')); log(...words); };";

impl Driver {
    /// Opens the browser, ready to notice what must not happen.
    pub(crate) async fn open(
        &self,
        browser: Browser,
        artefact: Artefact,
        profile: &Path,
    ) -> Outcome<WebDriver> {
        let capabilities = match browser {
            Browser::Chromium => chromium(artefact, profile)?,
            Browser::Firefox => firefox(profile)?,
            Browser::WebKit => webkit()?,
        };
        let poller = ElementPollerWithTimeout::new(PATIENCE, LOOK_EVERY);
        let driver = WebDriver::builder(&self.address, capabilities)
            .poller(std::sync::Arc::new(poller))
            .await?;
        if browser == Browser::Chromium {
            prepare(&driver, artefact, profile).await?;
        }
        Ok(driver)
    }
}

/// What Chromium alone can be asked: to listen from before the page's first script on, to save files without a question,
/// and to be offline.
async fn prepare(driver: &WebDriver, artefact: Artefact, profile: &Path) -> Outcome {
    // Away from the browser's own first tab, whose requests are not the page's.
    driver.goto("about:blank").await?;
    driver.get_log("performance").await?;
    let cdp = driver.cdp();
    let listener = json!({ "source": LISTENER });
    cdp.send_raw("Page.addScriptToEvaluateOnNewDocument", listener)
        .await?;
    let downloads = json!({ "behavior": "allow", "downloadPath": profile.join("downloads") });
    cdp.send_raw("Browser.setDownloadBehavior", downloads)
        .await?;
    if artefact == Artefact::SingleFile {
        cdp.send_raw("Network.enable", json!({})).await?;
        let offline = json!({
            "offline": true, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1
        });
        cdp.send_raw("Network.emulateNetworkConditions", offline)
            .await?;
    }
    Ok(())
}

fn chromium(artefact: Artefact, profile: &Path) -> Outcome<Capabilities> {
    let mut chrome = DesiredCapabilities::chrome();
    let binary = place::chromium()?;
    chrome.set_binary(&binary.to_string_lossy())?;
    for argument in ARGUMENTS {
        chrome.add_arg(argument)?;
    }
    chrome.add_arg(&format!("--user-data-dir={}", profile.display()))?;
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

fn firefox(profile: &Path) -> Outcome<Capabilities> {
    let mut firefox = DesiredCapabilities::firefox();
    firefox.set_firefox_binary(&place::firefox()?.to_string_lossy())?;
    firefox.add_arg("-headless")?;
    let mut preferences = FirefoxPreferences::new();
    preferences.set("browser.download.folderList", 2)?;
    preferences.set("browser.download.dir", profile.join("downloads"))?;
    firefox.set_preferences(preferences)?;
    Ok(firefox.into())
}

fn webkit() -> Outcome<Capabilities> {
    let mut webkit = Capabilities::new();
    let browser = json!({ "binary": place::minibrowser()?, "args": ["--automation"] });
    webkit.set("webkitgtk:browserOptions", browser)?;
    Ok(webkit)
}
