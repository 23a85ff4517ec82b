//! The order of functions in the WebAssembly: alike beside alike, so that a server's gzip finds what it has seen.
//!
//! The rule: gzip looks back 32 KB. A program of generic code says much the same in many places that lie further apart. So the
//! next function is always the one that shares most with those just written: of its runs of [`RUN`] bytes, how many, for its
//! size, stand in the last [`WINDOW`] bytes. The first is the largest; of equals the earlier one goes first, so that one input
//! has one answer.
//!
//! | before | the window holds | next |
//! |---|---|---|
//! | sort of pairs, parser, sort of triples | sort of pairs | sort of triples |
//!
//! The order is carried out by wasm-opt, which knows how to number calls anew: it sorts by name, so the functions are given
//! their positions as names. Left out: the order within a function, and data.
use std::collections::HashMap;

use crate::failure::{Failure, Result};

/// How many bytes in a row count as the same; shorter ones are everywhere.
const RUN: usize = 8;
/// How far back counts, in bytes: less than gzip's 32 KB, since what is said twice there costs distance.
const WINDOW: usize = 30_000;
/// A run that more functions than this have in common tells nothing.
const COMMON: usize = 400;
/// Functions smaller than this are all alike: they are compared as if they were of this size.
const SMALL: usize = 24;

/// The size counts with this exponent: at 1 many small functions go before a large one with as large a share, and the large
/// one's runs have left the window when it comes.
const FAVOUR: f64 = 0.8;

const IMPORTS: u8 = 2;
const CODE: u8 = 10;
const FUNCTION_NAMES: u8 = 1;

/// The same module with a name for each function that puts alike ones side by side when they are sorted by name.
///
/// # Errors
/// The bytes are not a WebAssembly module.
pub(crate) fn with_names(module: &[u8]) -> Result<Vec<u8>> {
    let broken = || Failure::new("the built WebAssembly is not a module that can be read");
    named(module).ok_or_else(broken)
}

fn named(module: &[u8]) -> Option<Vec<u8>> {
    let (mut imported, mut bodies) = (0, Vec::new());
    let (header, mut rest) = module.split_at_checked(8)?;
    let mut whole = header.to_vec();
    while let Some((kind, after)) = rest.split_first() {
        let mut at = after;
        let length = number(&mut at)?;
        let (section, after) = at.split_at_checked(length)?;
        match *kind {
            IMPORTS => imported = imported_functions(section)?,
            CODE => bodies = functions(section)?,
            _ => {}
        }
        if !is_names(*kind, section) {
            let taken = rest.len() - after.len();
            whole.extend_from_slice(rest.get(..taken)?);
        }
        rest = after;
    }
    let mut names = vec![String::new(); bodies.len()];
    for (place, function) in order(&bodies).into_iter().enumerate() {
        *names.get_mut(function)? = format!("{place:08}");
    }
    let mut map = Vec::new();
    write_number(&mut map, names.len());
    for (position, name) in names.iter().enumerate() {
        write_number(&mut map, imported + position);
        write_text(&mut map, name);
    }
    let mut section = Vec::new();
    write_text(&mut section, "name");
    section.push(FUNCTION_NAMES);
    write_number(&mut section, map.len());
    section.extend(map);
    whole.push(0);
    write_number(&mut whole, section.len());
    whole.extend(section);
    Some(whole)
}

fn is_names(kind: u8, section: &[u8]) -> bool {
    kind == 0 && section.starts_with(b"\x04name")
}

/// How many functions are imported; theirs are the first numbers.
fn imported_functions(mut section: &[u8]) -> Option<usize> {
    let mut functions = 0;
    for _ in 0..number(&mut section)? {
        skip_text(&mut section)?;
        skip_text(&mut section)?;
        match byte(&mut section)? {
            0 => {
                number(&mut section)?;
                functions += 1;
            }
            // A table has a type and limits, a memory limits, a global a type and whether it changes.
            1 => {
                byte(&mut section)?;
                skip_limits(&mut section)?;
            }
            2 => skip_limits(&mut section)?,
            3 => {
                byte(&mut section)?;
                byte(&mut section)?;
            }
            _ => return None,
        }
    }
    Some(functions)
}

fn skip_limits(at: &mut &[u8]) -> Option<()> {
    let flags = byte(at)?;
    number(at)?;
    if flags & 1 == 1 {
        number(at)?;
    }
    Some(())
}

fn functions(mut section: &[u8]) -> Option<Vec<&[u8]>> {
    let mut bodies = Vec::new();
    for _ in 0..number(&mut section)? {
        let length = number(&mut section)?;
        let (body, after) = section.split_at_checked(length)?;
        bodies.push(body);
        section = after;
    }
    Some(bodies)
}

fn byte(at: &mut &[u8]) -> Option<u8> {
    let (first, rest) = at.split_first()?;
    *at = rest;
    Some(*first)
}

/// A number of at most 32 bits, seven at a time.
fn number(at: &mut &[u8]) -> Option<usize> {
    let mut value = 0;
    for shift in (0..35).step_by(7) {
        let next = byte(at)?;
        value |= usize::from(next & 0x7f) << shift;
        if next < 0x80 {
            return Some(value);
        }
    }
    None
}

fn skip_text(at: &mut &[u8]) -> Option<()> {
    let length = number(at)?;
    *at = at.get(length..)?;
    Some(())
}

fn write_number(bytes: &mut Vec<u8>, mut value: usize) {
    loop {
        let low = value.to_le_bytes().first().copied().unwrap_or_default() & 0x7f;
        value >>= 7;
        if value == 0 {
            bytes.push(low);
            return;
        }
        bytes.push(low | 0x80);
    }
}

fn write_text(bytes: &mut Vec<u8>, text: &str) {
    write_number(bytes, text.len());
    bytes.extend_from_slice(text.as_bytes());
}

/// What a function says, as the numbers of its runs that others have, too.
struct Function {
    size: usize,
    weight: f64,
    runs: Vec<usize>,
}

/// A run of bytes that several functions have.
#[derive(Default)]
struct Run {
    functions: Vec<usize>,
    /// How many functions of the window have it.
    in_window: usize,
}

/// The functions' positions in the order in which they are best written.
fn order(bodies: &[&[u8]]) -> Vec<usize> {
    let (functions, mut runs) = compared(bodies);
    // How many of its runs stand in the window, while the function is not written.
    let mut shared: Vec<Option<u32>> = vec![Some(0); functions.len()];
    let mut order = Vec::with_capacity(functions.len());
    let (mut window_start, mut window_bytes) = (0, 0);
    let largest = (0..functions.len())
        .rev()
        .max_by_key(|f| size(&functions, *f));
    let mut next = largest;
    while let Some(position) = next {
        order.push(position);
        if let Some(written) = shared.get_mut(position) {
            *written = None;
        }
        window_bytes += size(&functions, position);
        turn(&functions, &mut runs, &mut shared, position, true);
        while window_bytes > WINDOW && window_start + 1 < order.len() {
            let Some(oldest) = order.get(window_start).copied() else {
                break;
            };
            window_start += 1;
            window_bytes -= size(&functions, oldest);
            turn(&functions, &mut runs, &mut shared, oldest, false);
        }
        next = closest(&functions, &shared);
    }
    order
}

fn size(functions: &[Function], position: usize) -> usize {
    functions.get(position).map_or(0, |function| function.size)
}

/// The function that shares most with the window for its size.
fn closest(functions: &[Function], shared: &[Option<u32>]) -> Option<usize> {
    let mut best: Option<(usize, f64)> = None;
    for (position, (function, shared)) in functions.iter().zip(shared).enumerate() {
        let Some(shared) = *shared else { continue };
        let share = f64::from(shared) / function.weight;
        if best.is_none_or(|(_, most)| share > most) {
            best = Some((position, share));
        }
    }
    best.map(|(position, _)| position)
}

/// A function comes into the window, or leaves it.
fn turn(
    functions: &[Function],
    runs: &mut [Run],
    shared: &mut [Option<u32>],
    position: usize,
    comes: bool,
) {
    let own = functions
        .get(position)
        .map(|function| function.runs.as_slice());
    for run in own.unwrap_or_default() {
        let Some(run) = runs.get_mut(*run) else {
            continue;
        };
        run.in_window = if comes {
            run.in_window + 1
        } else {
            run.in_window - 1
        };
        let changes = run.in_window == usize::from(comes);
        for other in run.functions.iter().filter(|_| changes) {
            if let Some(Some(count)) = shared.get_mut(*other) {
                *count = if comes { *count + 1 } else { *count - 1 };
            }
        }
    }
}

/// What a function's shared runs are divided by.
fn weight(size: usize) -> f64 {
    f64::from(u32::try_from(size.max(SMALL)).unwrap_or(u32::MAX)).powf(FAVOUR)
}

fn compared(bodies: &[&[u8]]) -> (Vec<Function>, Vec<Run>) {
    let mut numbers: HashMap<&[u8], usize> = HashMap::new();
    let mut runs: Vec<Run> = Vec::new();
    for (position, body) in bodies.iter().enumerate() {
        for bytes in body.windows(RUN) {
            let number = *numbers.entry(bytes).or_insert(runs.len());
            if number == runs.len() {
                runs.push(Run::default());
            }
            if let Some(run) = runs.get_mut(number)
                && run.functions.last() != Some(&position)
            {
                run.functions.push(position);
            }
        }
    }
    let mut functions: Vec<Function> = bodies
        .iter()
        .map(|body| Function {
            size: body.len(),
            weight: weight(body.len()),
            runs: Vec::new(),
        })
        .collect();
    for (number, run) in runs.iter().enumerate() {
        if (2..=COMMON).contains(&run.functions.len()) {
            for position in &run.functions {
                if let Some(function) = functions.get_mut(*position) {
                    function.runs.push(number);
                }
            }
        }
    }
    (functions, runs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alike_functions_stand_side_by_side() {
        let sort_of_pairs: Vec<u8> = (0..120).collect();
        let parser: Vec<u8> = (120..220).collect();
        let sort_of_triples: Vec<u8> = (0..90).chain(220..=255).collect();
        let printer: Vec<u8> = (120..200).rev().collect();
        let bodies = [
            sort_of_pairs.as_slice(),
            &parser,
            &sort_of_triples,
            &printer,
        ];
        assert_eq!(order(&bodies), [2, 0, 1, 3]);
        assert_eq!(order(&[]), Vec::<usize>::new());
    }

    /// A module with one imported function and three of its own.
    fn module() -> Vec<u8> {
        let mut module = b"\0asm\x01\0\0\0".to_vec();
        let section = |kind: u8, content: &[u8]| {
            let mut bytes = vec![kind];
            write_number(&mut bytes, content.len());
            bytes.extend_from_slice(content);
            bytes
        };
        module.extend(section(
            IMPORTS,
            b"\x02\x03env\x01f\0\0\x03env\x01m\x02\x00\x11",
        ));
        let mut code = vec![3];
        for body in [[1_u8; 30].as_slice(), &[2; 40], &[1; 20]] {
            write_number(&mut code, body.len());
            code.extend_from_slice(body);
        }
        module.extend(section(CODE, &code));
        module
    }

    #[test]
    fn names_number_the_functions_after_the_imported_ones() {
        let before = module();
        let after = with_names(&before).unwrap();
        let names = after.strip_prefix(before.as_slice()).unwrap();
        // The largest, then the first of two that are equally far from it, then the one like that.
        let expected =
            b"\x00\x26\x04name\x01\x1f\x03\x01\x0800000001\x02\x0800000000\x03\x0800000002";
        assert_eq!(names.get(..2), expected.get(..2));
        assert_eq!(names, expected);
        assert_eq!(
            with_names(&after).unwrap(),
            after,
            "earlier names are replaced"
        );
        assert!(with_names(&before[..before.len() - 1]).is_err());
        assert!(with_names(b"\0asm").is_err());
    }
}
