//! The rules that need no knowledge of imports.
use super::Fault;
use super::source::code;

/// A module says what it is for before anything else.
pub(super) fn begins_with_module_doc(text: &str) -> Vec<Fault> {
    if text.starts_with("//!") {
        Vec::new()
    } else {
        vec![Fault::at(1, "the file does not begin with `//!`")]
    }
}

/// The content policy refuses `style` attributes; looks are classes.
pub(super) fn no_style_attribute(text: &str) -> Vec<Fault> {
    let is_page = text.trim_start().starts_with("<!");
    let text = if is_page { text.to_owned() } else { code(text) };
    on_lines(
        &text,
        "a style attribute, which the content policy refuses",
        |line| {
            line.split("style=")
                .take(line.matches("style=").count())
                .any(|before| {
                    before.is_empty() || before.ends_with(|c: char| c.is_whitespace() || c == '<')
                })
        },
    )
}

/// Nothing waits for later: no reminders, no holes, no tests that are skipped.
pub(super) fn nothing_left_open(text: &str) -> Vec<Fault> {
    // Put together here, so that this file keeps its own rule.
    let signs = [
        ["TO", "DO"],
        ["FIX", "ME"],
        ["todo", "!("],
        ["unimplemen", "ted!("],
        ["#[ig", "nore"],
    ];
    on_lines(text, "something is left open", |line| {
        signs.iter().any(|halves| line.contains(&halves.concat()))
    })
}

/// No blanks at the end of a line, and a line end at the end of the file.
pub(super) fn no_trailing_space(text: &str) -> Vec<Fault> {
    let mut faults = on_lines(text, "blanks at the end of the line", |line| {
        line.ends_with([' ', '\t', '\r'])
    });
    if !text.is_empty() && !text.ends_with('\n') {
        faults.push(Fault::at(text.lines().count(), "the last line has no end"));
    }
    faults
}

/// No file knows where somebody's checkout or home is.
pub(super) fn no_machine_path(text: &str) -> Vec<Fault> {
    let paths = [
        ["/wo", "rk/"],
        ["/ro", "ot/"],
        ["/ho", "me/"],
        ["/Us", "ers/"],
    ];
    on_lines(text, "a path of somebody's machine", |line| {
        paths.iter().map(|halves| halves.concat()).any(|path| {
            // `//root/` and `site/work/` are other things: an address, a folder of a project.
            line.match_indices(&path).any(|(at, _)| {
                let before = line.get(..at).and_then(|before| before.chars().next_back());
                !before.is_some_and(|c| c.is_alphanumeric() || "/._-".contains(c))
            })
        })
    })
}

/// Packages are named, the hosts they come from are not.
pub(super) fn no_registry_host(text: &str) -> Vec<Fault> {
    let hosts = [
        ["crates", ".io"],
        ["npmjs", ".org"],
        ["npmjs", ".com"],
        ["py", "pi.org"],
        ["deb.deb", "ian.org"],
    ];
    on_lines(text, "the host of a package registry", |line| {
        hosts.iter().any(|halves| line.contains(&halves.concat()))
    })
}

fn on_lines(text: &str, what: &str, is_broken: impl Fn(&str) -> bool) -> Vec<Fault> {
    let lines = text.split('\n').enumerate();
    lines
        .filter(|(_, line)| is_broken(line))
        .map(|(index, _)| Fault::at(index + 1, what))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(rule: fn(&str) -> Vec<Fault>, text: &str, lines: &[usize]) {
        let found: Vec<usize> = rule(text).iter().map(|fault| fault.line).collect();
        assert_eq!(found, lines, "{text}");
    }

    #[test]
    fn modules_begin_with_their_purpose() {
        check(begins_with_module_doc, "//! Routes.\nuse a::b;", &[]);
        check(begins_with_module_doc, "use a::b;\n//! Routes.", &[1]);
    }

    #[test]
    fn style_attributes_are_found_in_markup_and_not_in_strings() {
        check(no_style_attribute, "html! {\n  <p style={x}>\n}", &[2]);
        check(
            no_style_attribute,
            "let style = 1; // style=\nlet a = \" style=\";",
            &[],
        );
        check(no_style_attribute, "<!doctype html>\n<p style=\"x\">", &[2]);
        check(
            no_style_attribute,
            "<!doctype html>\n<p data-style=\"x\" class=\"style\">",
            &[],
        );
    }

    #[test]
    fn what_is_left_open_is_found() {
        check(nothing_left_open, &["a\n// TO", "DO: later"].concat(), &[2]);
        check(
            nothing_left_open,
            &["fn f() { to", "do!() }"].concat(),
            &[1],
        );
        check(
            nothing_left_open,
            &["#[ig", "nore = \"slow\"]"].concat(),
            &[1],
        );
        check(nothing_left_open, "let method = METHOD_OF_TOTAL;", &[]);
    }

    #[test]
    fn blanks_at_the_end_are_found() {
        check(no_trailing_space, "a\nb \nc\t\n", &[2, 3]);
        check(no_trailing_space, "a\nb", &[2]);
        check(no_trailing_space, "a\n\nb\n", &[]);
    }

    #[test]
    fn paths_of_a_machine_are_found() {
        check(
            no_machine_path,
            &["cd /wo", "rk/main\nls ", "/ro", "ot/x"].concat(),
            &[1, 2],
        );
        check(
            no_machine_path,
            "see site/work/plan and https://example.org/home/",
            &[],
        );
    }

    #[test]
    fn hosts_of_registries_are_found() {
        check(
            no_registry_host,
            &["see https://crates", ".io/x\n"].concat(),
            &[1],
        );
        check(no_registry_host, "see https://learn.microsoft.com/\n", &[]);
    }
}
