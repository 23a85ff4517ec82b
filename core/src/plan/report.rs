//! A plan as text: one line a step with what it does to traffic, then its commands.
//!
//! | line | meaning |
//! |---|---|
//! | `3. attach rt-spokes to a/app` | the step |
//! | `   cut 2: a/app to b/app` | pairs that do not arrive until a later step |
//! | `   past the firewall 2` | pairs that no firewall sees until a later step |
//! | `   moved 2: a/app to b/app: through fw, was direct` | pairs that take another way from here on |

use super::{Effect, Order, Plan, Step};
use crate::export::escape::{markdown as escaped, one_line};
use std::fmt::Write;

impl Plan {
    /// Whether the order is the least, in words.
    #[must_use]
    pub const fn verdict(&self) -> &'static str {
        match (self.order, self.cut) {
            (_, 0) => "nothing is cut",
            (Order::Least, _) => "no order of these steps cuts less",
            (Order::BestFound, _) => "the best order found; a better one may exist",
        }
    }

    /// The steps with what they do, without commands.
    #[must_use]
    pub fn summary(&self) -> String {
        let mut text = format!(
            "{} steps, {} pairs cut in all; {}\n",
            self.steps.len(),
            self.cut,
            self.verdict()
        );
        for (step, number) in self.steps.iter().zip(1..) {
            let _ = writeln!(text, "{number}. {}", one_line(&step.title));
            for line in step.effects() {
                let _ = writeln!(text, "   {line}");
            }
        }
        text
    }

    /// Everything as Markdown: steps, effects, commands, undo, checks.
    #[must_use]
    pub fn markdown(&self) -> String {
        let mut text = format!(
            "# Plan\n\n{} steps; {}.\n",
            self.steps.len(),
            self.verdict()
        );
        for (step, number) in self.steps.iter().zip(1..) {
            let title = escaped(&step.title);
            let _ = write!(text, "\n## {number}. {title}\n\n");
            for line in step.effects() {
                let _ = writeln!(text, "* {}", escaped(&line));
            }
            for (head, code) in [("Commands", &step.code), ("Undo", &step.undo)] {
                if !code.is_empty() {
                    let fence = fence(code);
                    let _ = write!(text, "\n{head}\n\n{fence}bash\n{code}{fence}\n");
                }
            }
            if !step.check.is_empty() {
                text.push_str("\nCheck\n\n");
            }
            for line in &step.check {
                let _ = writeln!(text, "* {}", escaped(line));
            }
        }
        text
    }
}

impl Step {
    /// What it does to traffic, a line each.
    #[must_use]
    pub fn effects(&self) -> Vec<String> {
        let Effect {
            cut,
            cut_flows,
            uninspected,
            uninspected_flows,
            opened,
            opened_flows,
        } = &self.effect;
        let lines = [
            ("cut", cut, cut_flows),
            ("past the firewall", uninspected, uninspected_flows),
            ("opened", opened, opened_flows),
            ("moved", &self.moved, &self.moved_flows),
        ];
        let lines = lines.iter().filter(|(_, count, _)| **count > 0);
        lines
            .map(|(word, count, flows)| {
                let shown: Vec<&str> = flows.iter().take(2).map(String::as_str).collect();
                format!("{word} {count}: {}", shown.join("; "))
            })
            .collect()
    }
}

/// A fence longer than any in the text.
fn fence(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    "`".repeat(longest.max(2) + 1)
}
