//! One open page: what a journey does with it.
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use serde_json::{Value, json};
use thirtyfour::prelude::*;
use thirtyfour::{Key, WebDriver, WebElement};
use xtask::http::Server;

use crate::browser::{LOOK_EVERY, PATIENCE};
use crate::clean::Seen;
use crate::driver::Driver;
use crate::place::{self, FreshFolder};
use crate::{Artefact, Browser, Failure, Outcome};

/// The site stands as deep as a documentation host would put it.
pub(crate) const SUB_PATH: &str = "/docs/tools/interspoke/";

/// The sample that journeys begin on.
const FIRST: &str = "Two regions, a firewall in each hub";

/// A page in a browser of its own. Every step waits until what it needs is there, up to 15 seconds.
#[derive(Debug)]
pub struct Page {
    driver: WebDriver,
    pub(crate) browser: Browser,
    address: String,
    pub(crate) server: Option<Server>,
    pub(crate) seen: Seen,
    // Dropped after the driver: the processes and the folders that the browser uses.
    _steering: Driver,
    profile: FreshFolder,
    alone: Option<FreshFolder>,
}

impl Page {
    pub(crate) async fn open(browser: Browser, artefact: Artefact) -> Outcome<Page> {
        let dist = place::dist()?;
        let (address, server, alone) = match artefact {
            Artefact::Site => {
                let server = Server::start(&dist.join("site"), SUB_PATH, 0)?;
                (server.url(), Some(server), None)
            }
            Artefact::OwnSite | Artefact::HostPage(_) => {
                let folder = FreshFolder::new()?;
                place::copy(&dist.join("site"), folder.path())?;
                if let Artefact::HostPage(text) = artefact {
                    place::copy(&dist.join("package"), &folder.path().join("package"))?;
                    fs::write(folder.path().join("index.html"), text)?;
                }
                let server = Server::start(folder.path(), SUB_PATH, 0)?;
                (server.url(), Some(server), Some(folder))
            }
            Artefact::SingleFile => {
                let folder = FreshFolder::new()?;
                let file = folder.path().join("interspoke.html");
                fs::copy(dist.join("interspoke.html"), &file)?;
                (file_url(&file), None, Some(folder))
            }
        };
        let profile = FreshFolder::new()?;
        fs::create_dir_all(profile.path().join("downloads"))?;
        let steering = Driver::start(browser, profile.path())?;
        let driver = steering.open(browser, artefact, profile.path()).await?;
        let page = Page {
            driver,
            browser,
            address,
            server,
            seen: Seen::default(),
            _steering: steering,
            profile,
            alone,
        };
        page.resize(1280, 800).await?;
        page.driver.goto(&page.address).await?;
        page.listen().await?;
        Ok(page)
    }

    /// The driver, for what has no method here.
    #[must_use]
    pub fn driver(&self) -> &WebDriver {
        &self.driver
    }

    /// The address under which the artefact was opened.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Waits until the page has started: `data-ready` on the root element. A page that says it failed ends the wait.
    ///
    /// # Errors
    /// With the page's own message if it could not start.
    pub async fn wait_ready(&self) -> Outcome {
        let root = self.find("html[data-ready], html[data-failed]").await?;
        if root.attr("data-failed").await?.is_none() {
            return Ok(());
        }
        Err(Failure::new(format!(
            "the page says: {}",
            self.text_of("#interspoke-status").await?
        )))
    }

    /// Opens the first sample, as a reader does who wants to see an example.
    ///
    /// # Errors
    /// If it is not offered.
    pub async fn begin(&self) -> Outcome {
        self.press_control("tab", "Path").await?;
        self.press_control("tab", "What exists").await?;
        let shown = self.press_control("button", FIRST).await;
        if shown.is_ok() {
            return Ok(());
        }
        // What this browser kept may arrive after the first press, and bring its own panel.
        self.press_control("tab", "What exists").await?;
        self.press_control("button", FIRST).await
    }

    /// Opens the page anew, as the reload button does.
    ///
    /// # Errors
    /// If it does not start.
    pub async fn reload(&self) -> Outcome {
        self.note().await?;
        self.driver.refresh().await?;
        self.listen().await?;
        self.wait_ready().await
    }

    /// The title of the document.
    ///
    /// # Errors
    /// If the browser does not answer.
    pub async fn title(&self) -> Outcome<String> {
        Ok(self.driver.title().await?)
    }

    /// The first element that matches, as soon as there is one.
    ///
    /// # Errors
    /// If none appears.
    pub async fn find(&self, css: &str) -> Outcome<WebElement> {
        let found = self.driver.query(By::Css(css)).first().await;
        found.map_err(|error| Failure::new(format!("{css}: {error}")))
    }

    /// Every element that matches now.
    ///
    /// # Errors
    /// If the browser does not answer.
    pub async fn find_all(&self, css: &str) -> Outcome<Vec<WebElement>> {
        Ok(self.driver.find_all(By::Css(css)).await?)
    }

    /// The visible text of the first element that matches.
    ///
    /// # Errors
    /// If none appears.
    pub async fn text_of(&self, css: &str) -> Outcome<String> {
        Ok(self.find(css).await?.text().await?)
    }

    /// Waits until the first element that matches holds this text.
    ///
    /// # Errors
    /// With the text that stood there instead.
    pub async fn wait_for_text(&self, css: &str, expected: &str) -> Outcome {
        let start = Instant::now();
        loop {
            // An element that was just replaced has no text; the next look finds its successor.
            let text = self.text_of(css).await.unwrap_or_default();
            if text.contains(expected) {
                return Ok(());
            }
            if start.elapsed() > PATIENCE {
                return Err(Failure::new(format!(
                    "{css}: expected {expected:?}, found {text:?}"
                )));
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    /// Waits until the script, a function body, returns `true`.
    ///
    /// # Errors
    /// If it never does; `what` says what was waited for.
    pub async fn wait_until(&self, what: &str, script: &str) -> Outcome {
        let start = Instant::now();
        while self.run(script).await? != Value::Bool(true) {
            if start.elapsed() > PATIENCE {
                return Err(Failure::new(format!("waited in vain: {what}")));
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
        Ok(())
    }

    /// The texts of every element that matches now.
    ///
    /// # Errors
    /// If the browser does not answer.
    pub async fn texts(&self, css: &str) -> Outcome<Vec<String>> {
        let mut texts = Vec::new();
        for element in self.find_all(css).await? {
            texts.push(element.text().await?);
        }
        Ok(texts)
    }

    /// The cells of every row of the first table that matches.
    ///
    /// # Errors
    /// If there is no such table.
    pub async fn rows(&self, css: &str) -> Outcome<Vec<Vec<String>>> {
        let table = self.find(css).await?.to_json()?;
        let script = "return [...arguments[0].rows].map(row => [...row.cells].map(cell => cell.innerText.trim()))";
        let rows = self.driver.execute(script, vec![table]).await?;
        Ok(serde_json::from_value(rows.json().clone())?)
    }

    /// Clicks the first element that matches.
    ///
    /// # Errors
    /// If none can be clicked.
    pub async fn press(&self, css: &str) -> Outcome {
        let element = self.find(css).await?;
        element.wait_until().clickable().await?;
        Ok(element.click().await?)
    }

    /// Replaces the text of a field and leaves it with Tab, so that the value is taken.
    ///
    /// # Errors
    /// If there is no such field.
    pub async fn enter(&self, css: &str, text: &str) -> Outcome {
        let field = self.find(css).await?;
        field.send_keys(Key::Control + "a").await?;
        field.send_keys(text).await?;
        Ok(field.send_keys(Key::Tab + "").await?)
    }

    /// The folder that the page is served from, where it is its own.
    ///
    /// # Errors
    /// If it shares its folder with other journeys.
    pub fn folder(&self) -> Outcome<&Path> {
        let folder = self.alone.as_ref().map(FreshFolder::path);
        folder.ok_or_else(|| Failure::new("this artefact has no folder of its own"))
    }

    /// The whole file that the browser saved under a name with this ending, as soon as it is there.
    ///
    /// # Errors
    /// If none appears.
    pub async fn saved(&self, ending: &str) -> Outcome<PathBuf> {
        let folder = self.profile.path().join("downloads");
        let start = Instant::now();
        loop {
            let names: Vec<PathBuf> = fs::read_dir(&folder)?
                .map(|entry| Ok(entry?.path()))
                .collect::<Outcome<_>>()?;
            let whole = names
                .iter()
                .find(|name| name.to_string_lossy().ends_with(ending))
                .filter(|name| fs::metadata(name).is_ok_and(|file| file.len() > 0));
            // Beside a file that is not whole yet stands another one.
            if let (Some(file), 1) = (whole, names.len()) {
                return Ok(file.clone());
            }
            if start.elapsed() > PATIENCE {
                return Err(Failure::new(format!("no {ending} was saved: {names:?}")));
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    /// From now on the host of the page cannot be reached.
    pub fn stop_server(&self) {
        if let Some(server) = &self.server {
            server.stop();
        }
    }

    /// Sends keys to whatever has the focus.
    ///
    /// # Errors
    /// If the browser does not answer.
    pub async fn keys(&self, keys: impl Into<thirtyfour::TypingData>) -> Outcome {
        let element = self.driver.active_element().await?;
        Ok(element.send_keys(keys).await?)
    }

    /// Runs a function body in the page and hands back what it returns.
    ///
    /// # Errors
    /// If it throws.
    pub async fn run(&self, script: &str) -> Outcome<Value> {
        Ok(self
            .driver
            .execute(script, Vec::new())
            .await?
            .json()
            .clone())
    }

    /// Runs the body of an asynchronous function in the page and hands back what it returns.
    ///
    /// # Errors
    /// If it throws or does not end in time.
    pub async fn run_async(&self, script: &str) -> Outcome<Value> {
        let whole = format!(
            "const done = arguments[arguments.length - 1];\n\
             (async () => {{ {script} }})().then(done, (error) => done(String(error)));"
        );
        let answer = self.driver.execute_async(whole, Vec::new()).await?;
        Ok(answer.json().clone())
    }

    /// Gives the page exactly this many CSS pixels; browsers' windows cannot be as narrow as phones.
    ///
    /// # Errors
    /// If the browser does not answer.
    pub async fn resize(&self, width: u32, height: u32) -> Outcome {
        if self.browser != Browser::Chromium {
            return self.resize_window(width, height).await;
        }
        let size =
            json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.driver
            .cdp()
            .send_raw("Emulation.setDeviceMetricsOverride", size)
            .await?;
        Ok(())
    }

    /// Gives the window what the page needs and its own borders take; no browser makes it as narrow as a phone.
    async fn resize_window(&self, width: u32, height: u32) -> Outcome {
        let frame = self
            .run("return [outerWidth - innerWidth, outerHeight - innerHeight]")
            .await?;
        let [wide, high]: [u32; 2] = serde_json::from_value(frame)?;
        let window = (width + wide, height + high);
        Ok(self
            .driver
            .set_window_rect(0, 0, window.0, window.1)
            .await?)
    }

    /// Shows the page as a reader with this preference sees it: `light` or `dark`.
    ///
    /// # Errors
    /// If the browser does not answer.
    pub async fn prefer_colour_scheme(&self, scheme: &str) -> Outcome {
        self.prefer(scheme, "none").await
    }

    /// Shows the page as a reader with these preferences sees it: `light` or `dark`, and `none` or `active` for colours that
    /// the system forces.
    ///
    /// # Errors
    /// If the browser does not answer.
    pub async fn prefer(&self, scheme: &str, forced: &str) -> Outcome {
        let media = json!({ "features": [
            { "name": "prefers-color-scheme", "value": scheme },
            { "name": "forced-colors", "value": forced },
        ] });
        self.driver
            .cdp()
            .send_raw("Emulation.setEmulatedMedia", media)
            .await?;
        Ok(())
    }

    /// Writes a picture of the page to `target/e2e/NAME.png`.
    ///
    /// # Errors
    /// If the browser or the disk refuses.
    pub async fn screenshot(&self, name: &str) -> Outcome<PathBuf> {
        let picture = place::pictures()?.join(format!("{name}.png"));
        self.driver.screenshot(&picture).await?;
        Ok(picture)
    }

    pub(crate) async fn close(self) -> Outcome {
        Ok(self.driver.clone().quit().await?)
    }
}

/// The address of a file on this disk.
fn file_url(file: &Path) -> String {
    let escaped = file
        .to_string_lossy()
        .replace('%', "%25")
        .replace(' ', "%20")
        .replace('#', "%23")
        .replace('?', "%3F");
    format!("file://{escaped}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_with_blanks_in_its_name_has_an_address() {
        assert_eq!(
            file_url(Path::new("/tmp/my tools/100%.html")),
            "file:///tmp/my%20tools/100%25.html"
        );
    }
}
