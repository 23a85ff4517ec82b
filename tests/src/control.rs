//! Finding what a reader finds: by role and name, as the browser tells assistive technology.
use std::time::Instant;

use serde_json::{Value, json};
use thirtyfour::{By, Key, WebElement};

use crate::browser::{LOOK_EVERY, PATIENCE};
use crate::{Browser, Failure, Outcome, Page};

/// Hands a node over from the protocol, which finds it, to the driver, which uses it.
const LEAVE: &str = "function () { window.foundByRole = this; }";
const TAKE: &str = "return window.foundByRole";

/// What has a role and a name, where the browser tells no tree.
const NAMED: &str = include_str!("named.js");

/// A node of the accessibility tree, or the place of an element in the list of those that were found.
#[derive(Debug)]
struct Told {
    name: String,
    node: Value,
}

impl Page {
    /// The first element with this role and this name, as soon as there is one. A name that ends with `…` stands for
    /// every name that begins so. Hidden elements have no role.
    ///
    /// # Errors
    /// If none appears; with the names that were there for the role.
    pub async fn control(&self, role: &str, name: &str) -> Outcome<WebElement> {
        self.control_in("document", role, name).await
    }

    /// The same inside the element that this script expression yields, also when it stands in a shadow root.
    ///
    /// # Errors
    /// If none appears; with the names that were there for the role.
    pub async fn control_in(&self, root: &str, role: &str, name: &str) -> Outcome<WebElement> {
        let start = Instant::now();
        loop {
            let told = self.told(root, role).await?;
            if let Some(found) = told.iter().find(|told| is_called(&told.name, name)) {
                // A node that was just replaced cannot be taken; the next look finds its successor.
                if let Ok(element) = self.taken(&found.node).await {
                    return Ok(element);
                }
            }
            if start.elapsed() > PATIENCE {
                let names: Vec<&str> = told.iter().map(|told| told.name.as_str()).collect();
                return Err(Failure::new(format!(
                    "no {role} is called {name:?}; there are {names:?}"
                )));
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    /// The names of everything with this role, in the order of the document.
    ///
    /// # Errors
    /// If the browser does not answer.
    pub async fn names(&self, role: &str) -> Outcome<Vec<String>> {
        let told = self.told("document", role).await?;
        Ok(told.into_iter().map(|told| told.name).collect())
    }

    /// Clicks the element with this role and name.
    ///
    /// # Errors
    /// If there is none, or something lies over it.
    pub async fn press_control(&self, role: &str, name: &str) -> Outcome {
        let start = Instant::now();
        loop {
            match self.press_now(role, name).await {
                // Drawn anew between looking and clicking: nothing was clicked.
                Err(_) if start.elapsed() < PATIENCE => tokio::time::sleep(LOOK_EVERY).await,
                outcome => return outcome,
            }
        }
    }

    async fn press_now(&self, role: &str, name: &str) -> Outcome {
        let element = self.control(role, name).await?;
        element.scroll_into_view().await?;
        Ok(element.click().await?)
    }

    /// Replaces the text of the element with this role and name, key by key.
    ///
    /// # Errors
    /// If there is none, or it takes no text.
    pub async fn write(&self, role: &str, name: &str, text: &str) -> Outcome {
        let field = self.control(role, name).await?;
        field.send_keys(Key::Control + "a").await?;
        if text.is_empty() {
            return Ok(field.send_keys(Key::Delete + "").await?);
        }
        Ok(field.send_keys(text).await?)
    }

    /// Chooses the option with this text in the list with this name.
    ///
    /// # Errors
    /// If there is no such list or option.
    pub async fn choose(&self, name: &str, option: &str) -> Outcome {
        let start = Instant::now();
        loop {
            match self.choose_now(name, option).await {
                // A list that was just drawn anew is found again.
                Err(_) if start.elapsed() < PATIENCE => tokio::time::sleep(LOOK_EVERY).await,
                outcome => return outcome,
            }
        }
    }

    async fn choose_now(&self, name: &str, option: &str) -> Outcome {
        let list = self.control("combobox", name).await?;
        for one in list.find_all(By::Css("option")).await? {
            if one.text().await? == option {
                return Ok(one.click().await?);
            }
        }
        Err(Failure::new(format!("{name} has no option {option:?}")))
    }

    /// Gives the focus to the element with this role and name, without a click.
    ///
    /// # Errors
    /// If there is none, or it takes no focus.
    pub async fn focus(&self, role: &str, name: &str) -> Outcome {
        let element = self.control(role, name).await?;
        Ok(element.focus().await?)
    }

    /// Drags the first element with this role and name onto another one, by the pointer.
    ///
    /// # Errors
    /// If one of them is missing, or not in sight.
    pub async fn drag(&self, role: &str, from: &str, to: &str) -> Outcome {
        let from = self.control(role, from).await?;
        let to = self.control(role, to).await?;
        from.scroll_into_view().await?;
        let chain = self.driver().action_chain();
        Ok(chain.drag_and_drop_element(&from, &to).perform().await?)
    }

    /// The name of what has the focus.
    ///
    /// # Errors
    /// If the browser does not answer.
    pub async fn focused(&self) -> Outcome<String> {
        let name = self
            .run("const e = document.activeElement; return e.ariaLabel ?? e.labels?.[0]?.innerText ?? e.innerText")
            .await?;
        Ok(name.as_str().unwrap_or_default().to_owned())
    }

    async fn told(&self, root: &str, role: &str) -> Outcome<Vec<Told>> {
        if self.browser != Browser::Chromium {
            return self.told_by_script(root, role).await;
        }
        let cdp = self.driver().cdp();
        let root = cdp
            .send_raw("Runtime.evaluate", json!({ "expression": root }))
            .await?;
        let object = root.pointer("/result/objectId").cloned();
        let object = object.ok_or_else(|| Failure::new("there is no such element to look in"))?;
        let query = json!({ "objectId": object, "role": role });
        let answer = cdp.send_raw("Accessibility.queryAXTree", query).await?;
        let nodes = answer.get("nodes").and_then(Value::as_array);
        let nodes = nodes.ok_or_else(|| Failure::new("the browser told no accessibility tree"))?;
        Ok(nodes.iter().filter_map(told).collect())
    }

    async fn told_by_script(&self, root: &str, role: &str) -> Outcome<Vec<Told>> {
        let script = format!("{NAMED}\nreturn named({root}, {});", json!(role));
        let names: Vec<String> = serde_json::from_value(self.run(&script).await?)?;
        let told = |(place, name)| Told {
            name,
            node: json!(place),
        };
        Ok(names.into_iter().enumerate().map(told).collect())
    }

    async fn taken(&self, node: &Value) -> Outcome<WebElement> {
        if self.browser != Browser::Chromium {
            let take = format!("return window.foundByRole[{node}]");
            return Ok(self.driver().execute(take, Vec::new()).await?.element()?);
        }
        let cdp = self.driver().cdp();
        let found = cdp
            .send_raw("DOM.resolveNode", json!({ "backendNodeId": node }))
            .await?;
        let object = found.pointer("/object/objectId").cloned();
        let object = object.ok_or_else(|| Failure::new("the element is gone"))?;
        let call = json!({ "objectId": object, "functionDeclaration": LEAVE });
        cdp.send_raw("Runtime.callFunctionOn", call).await?;
        Ok(self.driver().execute(TAKE, Vec::new()).await?.element()?)
    }
}

fn told(node: &Value) -> Option<Told> {
    if node.get("ignored") == Some(&Value::Bool(true)) {
        return None;
    }
    let name = node.pointer("/name/value").and_then(Value::as_str);
    Some(Told {
        name: name.unwrap_or_default().to_owned(),
        node: node.get("backendDOMNodeId")?.clone(),
    })
}

fn is_called(found: &str, wanted: &str) -> bool {
    match wanted.strip_suffix('…') {
        Some(beginning) => found.starts_with(beginning),
        None => found == wanted,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_may_be_given_by_its_beginning() {
        assert!(is_called("Spoke1, 10.10.1.0/24, spoke", "Spoke1, …"));
        assert!(!is_called("Spoke1, 10.10.1.0/24, spoke", "Spoke1"));
        assert!(is_called("Undo", "Undo"));
    }
}
