//! Texts of the plan in the *Build* tab.

use interspoke_core::plan::Plan;

/// The switch from code to the plan.
pub const PLAN: &str = "Plan";
/// What the switch chooses between.
pub const CODE_OR_PLAN: &str = "Code or plan";
/// Code again.
pub const AS_CODE: &str = "Code";
/// The steps.
pub const STEPS: &str = "Steps";
/// From now on plans begin at the present design.
pub const START_HERE: &str = "Start from this design";
/// Saves the plan.
pub const SAVE_PLAN: &str = "Save the plan";
/// Name of the saved plan.
pub const PLAN_FILE: &str = "plan.md";
/// Nothing to begin at.
pub const NO_START: &str = "A plan leads from one estate to another. Import your estate and choose a pattern, or press \u{201c}Start from this design\u{201d} and change it: each step is then simulated, and the order that cuts least is searched.";
/// Start and design are equal.
pub const NOTHING_TO_DO: &str = "The design is what it begins at: nothing is to be done.";
/// Commands of a step.
pub const STEP_CODE: &str = "Commands";
/// Commands that take a step back.
pub const STEP_UNDO: &str = "Undo";
/// What to look at after a step.
pub const STEP_CHECK: &str = "Check afterwards";
/// Copies commands.
pub const COPY_STEP: &str = "Copy";
/// Said when commands were copied.
pub const STEP_COPIED: &str = "The commands are in the clipboard.";
/// What a step changes nothing of.
pub const NOTHING_CUT: &str = "nothing cut";
/// A step without commands.
pub const NO_COMMANDS: &str = "No resource of Azure changes in this step.";
/// Why there is no plan: the goal.
pub const GOAL_REFUSED: &str = "Azure would refuse the design itself:";
/// Why there is no plan: the way.
pub const NO_ORDER: &str = "No order of the steps is accepted throughout. In the way stood:";
/// Flows that do not arrive until a later step.
pub const CUT_FLOWS: &str = "Cut until a later step";
/// Flows that no firewall sees.
pub const PAST_FLOWS: &str = "Past the firewall until a later step";
/// Flows that arrive and should not.
pub const OPENED_FLOWS: &str = "Open until a later step";
/// Flows that take another way.
pub const MOVED_FLOWS: &str = "Take another way from here on";

/// Where the plan begins.
#[must_use]
pub fn plan_from(start: &str, goal: &str) -> String {
    format!("From {start} to {goal}")
}

/// What is said of the whole plan.
#[must_use]
pub fn plan_verdict(plan: &Plan) -> String {
    let steps = plan.steps.len();
    let cut = plan.cut;
    let pairs = if cut == 1 { "pair" } else { "pairs" };
    let cuts = if cut == 0 {
        String::new()
    } else {
        format!("{cut} {pairs} of subnets cut in all; ")
    };
    format!("{steps} steps, each simulated: {cuts}{}.", plan.verdict())
}

/// How far the plan is.
#[must_use]
pub fn plan_progress((states, told, steps): (usize, usize, usize)) -> String {
    if told > 0 {
        format!("Step {told} of {steps} \u{2026}")
    } else {
        format!("{states} estates between the two followed \u{2026}")
    }
}

/// How many objects differ.
#[must_use]
pub fn differences(count: usize) -> String {
    if count == 1 {
        "One difference".to_owned()
    } else {
        format!("{count} differences")
    }
}

/// What a step does to so many pairs.
#[must_use]
pub fn effect(what: &str, count: usize) -> String {
    format!("{what} {count}")
}

/// The estate after a step, counted from 1, by what was done last.
#[must_use]
pub fn after_step(number: usize, title: &str) -> String {
    format!("After step {number}: {title}")
}

/// What would change the estate after a step.
pub const LOOKED_AT: &str =
    "The estate after a step is there to be looked at; go back to the design to change it.";

/// The picture shows the design again.
pub const BACK_TO_DESIGN: &str = "Back to the design";

/// A flow that the present design does not have.
#[must_use]
pub fn no_such_flow(words: &str) -> String {
    format!("The design does not have both ends of {words}.")
}
