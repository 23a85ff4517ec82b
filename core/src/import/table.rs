//! Printed tables, lists and CSV: what people copy from a terminal or download from the portal, as folded rows.
//!
//! | text | rows |
//! |---|---|
//! | a heading, a line of dashes, lines: `az … -o table`, `Format-Table` | cells by where the dashes begin |
//! | `\| State \| Source \|` and `\|---\|---\|`: a table of Markdown | cells between the bars |
//! | `State : Active` lines, blank lines between: `Format-List` | one row a paragraph |
//! | a heading and lines with commas, semicolons or tabs | the portal's CSV |
//!
//! Names of columns lose blanks and capitals (`Next Hop IP` is `nexthopip`); PowerShell's `{10.0.0.0/16}` is a list.
//! Left out: cells that a terminal cut off with `...`; they are kept and make no prefix.

use crate::json::Value;

/// The rows of one table.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Table {
    pub(super) rows: Vec<Value>,
    /// The first line, from 1.
    pub(super) line: usize,
}

/// Every table that a text prints; none where it prints none.
pub(super) fn tables(text: &str) -> Vec<Table> {
    let lines: Vec<&str> = text.lines().collect();
    let mut all = Vec::new();
    for (position, line) in lines.iter().enumerate() {
        let above = position.checked_sub(1).and_then(|above| lines.get(above));
        if let (Some(heading), true) = (above, is_rule(line)) {
            let body = lines.get(position.saturating_add(1)..).unwrap_or_default();
            all.push(Table {
                rows: body_rows(heading, line, body),
                line: position,
            });
        }
    }
    if all.is_empty() { list(&lines) } else { all }
}

fn is_rule(line: &str) -> bool {
    line.contains("--")
        && line
            .chars()
            .all(|letter| matches!(letter, '-' | ' ' | '\t' | '|' | ':' | '+'))
}

/// The line below the last row of a boxed table.
fn is_frame(line: &str) -> bool {
    is_rule(line) && line.trim_start().starts_with('+')
}

/// The cells of a line of Markdown.
fn between_bars(line: &str) -> Vec<String> {
    let inside = line.trim().trim_start_matches('|').trim_end_matches('|');
    let plain = |cell: &str| cell.trim().trim_matches(['`', '*']).to_owned();
    inside.split('|').map(plain).collect()
}

/// Where the columns begin, in letters.
fn columns(rule: &str) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut before = ' ';
    for (position, letter) in rule.chars().enumerate() {
        if letter == '-' && before != '-' {
            starts.push(position);
        }
        before = letter;
    }
    starts
}

fn body_rows(heading: &str, rule: &str, body: &[&str]) -> Vec<Value> {
    let starts = columns(rule);
    let has_bars = heading.contains('|');
    let split = |line: &str| {
        if has_bars {
            between_bars(line)
        } else {
            cells(line, &starts)
        }
    };
    let names: Vec<String> = split(heading)
        .iter()
        .map(|name| column_name(name))
        .collect();
    body.iter()
        .take_while(|line| !line.trim().is_empty() && !is_frame(line))
        .map(|line| row(&names, &split(line)))
        .collect()
}

/// The cells of a line; a number that is set to the right of its column begins before it and is kept whole.
fn cells(line: &str, starts: &[usize]) -> Vec<String> {
    let letters: Vec<char> = line.chars().collect();
    let mut cells = Vec::with_capacity(starts.len());
    for (position, start) in starts.iter().enumerate() {
        let end = starts
            .get(position.saturating_add(1))
            .copied()
            .unwrap_or(letters.len());
        let cell = letters
            .get(*start..end.min(letters.len()))
            .unwrap_or_default();
        cells.push(cell.iter().collect::<String>().trim().to_owned());
    }
    cells
}

fn column_name(name: &str) -> String {
    let letters = name.chars().filter(|letter| letter.is_alphanumeric());
    letters.collect::<String>().to_ascii_lowercase()
}

fn row(names: &[String], cells: &[String]) -> Value {
    let members = names.iter().zip(cells).filter(|(name, _)| !name.is_empty());
    members
        .map(|(name, cell)| (name.clone(), cell_value(cell)))
        .collect()
}

fn cell_value(cell: &str) -> Value {
    let inside = cell
        .strip_prefix('{')
        .and_then(|rest| rest.strip_suffix('}'));
    match inside {
        Some(inside) if !inside.contains(':') => {
            let items = inside
                .split(',')
                .map(str::trim)
                .filter(|item| !item.is_empty());
            Value::Array(items.map(Value::from).collect())
        }
        _ if cell.is_empty() => Value::Null,
        _ => Value::from(cell),
    }
}

/// `Name : value` lines; a blank line ends a row.
fn list(lines: &[&str]) -> Vec<Table> {
    let mut rows = Vec::new();
    let mut names: Vec<String> = Vec::new();
    let mut cells: Vec<String> = Vec::new();
    for line in lines.iter().chain(std::iter::once(&"")) {
        match line
            .split_once(" : ")
            .or_else(|| line.trim_end().strip_suffix(" :").map(|name| (name, "")))
        {
            Some((name, value)) if is_name(name) => {
                names.push(column_name(name));
                cells.push(value.trim().to_owned());
            }
            _ if !line.trim().is_empty() => {}
            _ if names.is_empty() => {}
            _ => {
                rows.push(row(&names, &cells));
                names.clear();
                cells.clear();
            }
        }
    }
    let filled = |row: &Value| matches!(row, Value::Object(members) if members.len() > 2);
    rows.retain(filled);
    if rows.is_empty() {
        Vec::new()
    } else {
        vec![Table { rows, line: 1 }]
    }
}

fn is_name(text: &str) -> bool {
    let text = text.trim();
    !text.is_empty()
        && text
            .chars()
            .all(|letter| letter.is_alphanumeric() || letter == '_')
}

/// The rows of a CSV file; none where the text is not one.
pub(super) fn csv(text: &str) -> Vec<Value> {
    let heading = text.lines().next().unwrap_or_default();
    let count = |mark: &u8| heading.bytes().filter(|byte| byte == mark).count();
    let Some(mark) = [b',', b';', b'\t']
        .into_iter()
        .max_by_key(count)
        .filter(|mark| count(mark) > 0)
    else {
        return Vec::new();
    };
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(mark)
        .flexible(true)
        .from_reader(text.as_bytes());
    let Ok(headings) = reader.headers().cloned() else {
        return Vec::new();
    };
    let names: Vec<String> = headings.iter().map(column_name).collect();
    let known = [
        "id",
        "name",
        "type",
        "addressprefix",
        "nexthoptype",
        "network",
    ];
    if !names.iter().any(|name| known.contains(&name.as_str())) {
        return Vec::new();
    }
    let mut rows = Vec::new();
    for record in reader.records().map_while(Result::ok) {
        let cells: Vec<String> = record.iter().map(str::to_owned).collect();
        let filled = |cell: &String| {
            if cell == "null" {
                String::new()
            } else {
                cell.clone()
            }
        };
        rows.push(row_of_csv(
            &names,
            &cells.iter().map(filled).collect::<Vec<_>>(),
        ));
    }
    rows
}

/// A cell of CSV is a text, whatever it looks like; JSON in it is read when the row is folded.
fn row_of_csv(names: &[String], cells: &[String]) -> Value {
    let value = |cell: &str| match cell {
        "" => Value::Null,
        text => Value::from(text),
    };
    let members = names.iter().zip(cells);
    members
        .map(|(name, cell)| (name.clone(), value(cell)))
        .collect()
}
