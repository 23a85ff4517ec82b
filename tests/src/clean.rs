//! What no journey may do: log an error, break the content policy, ask for anything but the artefact's own files.
//!
//! Chromium tells everything from before the first script on. Firefox and WebKit tell a driver neither their console nor
//! their requests: there the page itself listens from the end of its loading on, and its own list of requests is read.
use std::sync::{Mutex, PoisonError};

use serde_json::{Value, json};
use thirtyfour::WebDriver;
use xtask::http::Server;

use crate::browser::LISTENER;
use crate::page::SUB_PATH;
use crate::{Browser, Failure, Outcome, Page};

/// What the page asked for, by its own list.
const REQUESTS: &str = "return performance.getEntriesByType('resource').map((entry) => entry.name)";

/// What the browser reported so far; it hands each entry out once.
#[derive(Debug, Default)]
pub(crate) struct Seen(Mutex<Reports>);

#[derive(Debug, Default)]
struct Reports {
    console: Vec<String>,
    errors: Vec<String>,
    requests: Vec<String>,
}

impl Seen {
    fn with<T>(&self, read: impl FnOnce(&mut Reports) -> T) -> T {
        read(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Collects what Chromium reported since the last time.
    async fn note_logs(&self, driver: &WebDriver) -> Outcome {
        let console = driver.get_log("browser").await?;
        let performance = driver.get_log("performance").await?;
        let mut requests = Vec::new();
        for entry in performance {
            let event: Value = serde_json::from_str(&entry.message)?;
            if event.pointer("/message/method") == Some(&json!("Network.requestWillBeSent")) {
                let url = event
                    .pointer("/message/params/request/url")
                    .and_then(Value::as_str);
                requests.extend(url.map(str::to_owned));
            }
        }
        self.with(|reports| {
            for entry in console {
                let line = format!("{} {}", entry.level, entry.message);
                if entry.level == "SEVERE" {
                    reports.errors.push(line.clone());
                }
                reports.console.push(line);
            }
            reports.requests.extend(requests);
        });
        Ok(())
    }
}

impl Page {
    /// Everything the page wrote to the console, each with its level.
    ///
    /// # Errors
    /// If the browser does not answer.
    pub async fn console(&self) -> Outcome<Vec<String>> {
        self.note().await?;
        Ok(self.seen.with(|reports| reports.console.clone()))
    }

    /// The address of every request the page made.
    ///
    /// # Errors
    /// If the browser does not answer.
    pub async fn requests(&self) -> Outcome<Vec<String>> {
        self.note().await?;
        Ok(self.seen.with(|reports| reports.requests.clone()))
    }

    /// What the content policy refused in this document.
    ///
    /// # Errors
    /// If the browser does not answer.
    pub async fn violations(&self) -> Outcome<Vec<String>> {
        self.listed("return window.policyViolations").await
    }

    /// Checks what no journey may do. [`crate::journey`] calls it at the end.
    ///
    /// # Errors
    /// With everything that was not clean.
    pub async fn check_clean(&self) -> Outcome {
        let requests = self.requests().await?;
        let violations = self.violations().await?;
        let mut faults: Vec<String> = violations
            .iter()
            .map(|entry| format!("policy violation: {entry}"))
            .collect();
        let errors = self.seen.with(|reports| reports.errors.clone());
        faults.extend(errors.iter().map(|entry| format!("console error: {entry}")));
        faults.extend(
            requests
                .iter()
                .filter(|url| !self.is_own(url))
                .map(|url| format!("foreign request: {url}")),
        );
        for path in self.server.iter().flat_map(Server::requests) {
            if !path.starts_with(SUB_PATH) {
                faults.push(format!("request outside the sub-path: {path}"));
            }
        }
        if faults.is_empty() {
            return Ok(());
        }
        Err(Failure::new(format!(
            "not clean:\n  {}",
            faults.join("\n  ")
        )))
    }

    /// Lets a page listen whose browser tells nothing by itself.
    pub(crate) async fn listen(&self) -> Outcome {
        if self.browser != Browser::Chromium {
            self.run(LISTENER).await?;
        }
        Ok(())
    }

    /// Collects what was reported so far, before the page is left or judged.
    pub(crate) async fn note(&self) -> Outcome {
        if self.browser == Browser::Chromium {
            return self.seen.note_logs(self.driver()).await;
        }
        let errors = self.listed("return window.uncaught.splice(0)").await?;
        let requests = self.listed(REQUESTS).await?;
        self.seen.with(|reports| {
            reports.console.extend(errors.iter().cloned());
            reports.errors.extend(errors);
            reports.requests.extend(requests);
        });
        Ok(())
    }

    async fn listed(&self, script: &str) -> Outcome<Vec<String>> {
        let listed = self.run(script).await?;
        serde_json::from_value(listed).map_err(|_| Failure::new("the page did not listen"))
    }

    /// The artefact's own files, and what the page makes up itself.
    fn is_own(&self, url: &str) -> bool {
        let made_up = ["data:", "blob:", "about:"]
            .iter()
            .any(|scheme| url.starts_with(scheme));
        let own = match self.server {
            Some(_) => url.starts_with(self.address()),
            None => url.split(['#', '?']).next() == Some(self.address()),
        };
        made_up || own
    }
}
