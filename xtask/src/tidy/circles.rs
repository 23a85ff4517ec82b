//! Do modules of a crate need each other in a circle?
//!
//! The rule: what a module names (`use` lines and paths that begin with `crate`, `super` or `self`, outside of tests) makes
//! arrows to the modules where it stands; a name that a module only passes on is looked for where it comes from. The
//! arrows between the children of one parent, the crate's root among them, make no circle. Between a parent and its own
//! children nothing is asked: it declares them and they use its words.
//!
//! | `route/mod.rs` | `vwan.rs` | answer |
//! |---|---|---|
//! | `use crate::vwan::Hub;` | `use crate::route::Row;` | a circle: route and vwan |
//! | `mod walk;` | | none |
//! | `mod walk;`, and in `walk.rs` `use super::Row;` | | none |
//!
//! Circles of today stand in [`KNOWN`] by the arrow that is to go; without these arrows no circle may be left, and each
//! of them must make one when it alone is put back.
//!
//! Left out: names inside of macros, and names that come by `*`.

use std::collections::{BTreeMap, BTreeSet};

use petgraph::algo::tarjan_scc;
use petgraph::graphmap::DiGraphMap;
use proc_macro2::Ident;
use syn::visit::{self, Visit};
use syn::{Attribute, ItemFn, ItemMod, ItemUse, Meta, UseTree};

/// The crates whose modules are looked at.
const FOLDERS: [&str; 3] = ["core/src", "web-app/src", "xtask/src"];

/// An arrow that makes a circle today and is to go.
struct Known {
    /// The folder of the parent, as `core/src/pattern`.
    parent: &'static str,
    from: &'static str,
    to: &'static str,
    /// What stands in the wrong room.
    why: &'static str,
}

const KNOWN: &[Known] = &[
    Known {
        parent: "core/src",
        from: "vwan",
        to: "route",
        why: "what hubs exchange and show are readings of BGP and of tables, which belong to route",
    },
    Known {
        parent: "core/src/route",
        from: "bgp",
        to: "session",
        why: "a session that falls is found by walks, over what BGP knows; the words for it belong to bgp",
    },
    Known {
        parent: "core/src/route",
        from: "learned",
        to: "table",
        why: "the rows of a connected group belong to a room that both use",
    },
    Known {
        parent: "core/src/route",
        from: "walk",
        to: "walk_hub",
        why: "the walk through a hub is a part of the walk",
    },
    Known {
        parent: "core/src/route/walk",
        from: "next",
        to: "decide",
        why: "what stands at an address is asked in both",
    },
    Known {
        parent: "core/src/vwan",
        from: "exchange",
        to: "table",
        why: "what a hub's table shows is asked while hubs still exchange",
    },
    Known {
        parent: "web-app/src",
        from: "text",
        to: "state",
        why: "words of a state's types belong to the state or take plain values",
    },
    Known {
        parent: "web-app/src",
        from: "text",
        to: "view",
        why: "words of a view's types belong to the view or take plain values",
    },
    Known {
        parent: "web-app/src/state",
        from: "build",
        to: "message",
        why: "what an area sends and names belongs to a room below the areas",
    },
    Known {
        parent: "web-app/src/state",
        from: "probe",
        to: "message",
        why: "what an area sends and names belongs to a room below the areas",
    },
    Known {
        parent: "web-app/src/state",
        from: "cost",
        to: "message",
        why: "what an area sends and names belongs to a room below the areas",
    },
    Known {
        parent: "web-app/src/state",
        from: "draft",
        to: "message",
        why: "what an area sends and names belongs to a room below the areas",
    },
    Known {
        parent: "web-app/src/state",
        from: "prices",
        to: "message",
        why: "what an area sends and names belongs to a room below the areas",
    },
    Known {
        parent: "web-app/src/state",
        from: "reach",
        to: "message",
        why: "what an area sends and names belongs to a room below the areas",
    },
];

/// Every circle that is not known, and every known one that is none.
pub(super) fn faults(files: &[(String, String)]) -> Vec<String> {
    let of_folder = |folder: &&str| circles(folder, files, KNOWN);
    FOLDERS.iter().flat_map(of_folder).collect()
}

type Module = Vec<String>;

/// From and to which child, and the lines that say so.
type Arrows = BTreeMap<(String, String), BTreeSet<String>>;

fn circles(folder: &str, files: &[(String, String)], known: &[Known]) -> Vec<String> {
    let modules = match Modules::read(folder, files) {
        Ok(modules) => modules,
        Err(fault) => return vec![fault],
    };
    let mut faults = Vec::new();
    let mut parents = modules.arrows(folder);
    for entry in known.iter().filter(|entry| is_below(entry.parent, folder)) {
        parents.entry(entry.parent.to_owned()).or_default();
    }
    for (parent, arrows) in &parents {
        let known: Vec<&Known> = known
            .iter()
            .filter(|entry| entry.parent == parent)
            .collect();
        faults.extend(judge(parent, arrows, &known));
    }
    faults
}

fn is_below(parent: &str, folder: &str) -> bool {
    let rest = parent.strip_prefix(folder);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn judge(parent: &str, arrows: &Arrows, known: &[&Known]) -> Vec<String> {
    let is_known = |from: &str, to: &str| {
        let mut known = known.iter();
        known.any(|entry| (entry.from, entry.to) == (from, to))
    };
    let all = || arrows.keys().map(|(from, to)| (from.as_str(), to.as_str()));
    let rest: DiGraphMap<&str, ()> =
        DiGraphMap::from_edges(all().filter(|(from, to)| !is_known(from, to)));
    let mut faults: Vec<String> = tarjan_scc(&rest)
        .iter()
        .filter(|members| members.len() > 1)
        .map(|members| named(parent, members, arrows))
        .collect();
    for entry in known {
        let there = all().any(|arrow| arrow == (entry.from, entry.to));
        let mut with = rest.clone();
        with.add_edge(entry.from, entry.to, ());
        let closes = tarjan_scc(&with)
            .iter()
            .any(|members| members.contains(&entry.from) && members.contains(&entry.to));
        if !(there && closes) {
            faults.push(format!(
                "{parent}: {} to {} makes no circle any more; take it off the list ({})",
                entry.from, entry.to, entry.why
            ));
        }
    }
    faults
}

fn named(parent: &str, members: &[&str], arrows: &Arrows) -> String {
    let mut members = members.to_vec();
    members.sort_unstable();
    let inside = |name: &String| members.contains(&name.as_str());
    let lines: Vec<String> = arrows
        .iter()
        .filter(|((from, to), _)| inside(from) && inside(to))
        .map(|((from, to), lines)| format!("\n  {from} to {to}: {}", listed(lines)))
        .collect();
    format!(
        "{parent}: {} need each other in a circle{}",
        members.join(", "),
        lines.concat()
    )
}

fn listed(lines: &BTreeSet<String>) -> String {
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    lines.join(", ")
}

/// What one file names.
struct Use {
    module: Module,
    path: Module,
    at: String,
}

/// The modules of a crate and what they name.
#[derive(Default)]
struct Modules {
    known: BTreeSet<Module>,
    tests: BTreeSet<Module>,
    /// Names that a module brings in, by module and name.
    brought: BTreeMap<(Module, String), Module>,
    uses: Vec<Use>,
}

impl Modules {
    fn read(folder: &str, files: &[(String, String)]) -> Result<Self, String> {
        let mut modules = Self::default();
        for (file, text) in files {
            let Some(module) = module_of(folder, file) else {
                continue;
            };
            let syntax = syn::parse_file(text).map_err(|error| format!("{file}: {error}"))?;
            modules.known.insert(module.clone());
            let mut reader = Reader {
                modules: &mut modules,
                module,
                file,
            };
            reader.visit_file(&syntax);
        }
        Ok(modules)
    }

    /// The arrows between the children of each parent, by the parent's folder.
    fn arrows(&self, folder: &str) -> BTreeMap<String, Arrows> {
        let mut parents: BTreeMap<String, Arrows> = BTreeMap::new();
        for named in &self.uses {
            let tests = |module: &Module| named.module.starts_with(module);
            if self.tests.iter().any(tests) {
                continue;
            }
            let Some(target) = self.absolute(&named.module, &named.path) else {
                continue;
            };
            let target = self.home(&target, 8);
            let shared = named.module.iter().zip(&target);
            let shared = shared.take_while(|(from, to)| from == to).count();
            if let (Some(from), Some(to)) = (named.module.get(shared), target.get(shared)) {
                let above = named.module.iter().take(shared);
                let parent =
                    above.fold(folder.to_owned(), |parent, name| format!("{parent}/{name}"));
                let arrows = parents.entry(parent).or_default();
                let lines = arrows.entry((from.clone(), to.clone())).or_default();
                lines.insert(named.at.clone());
            }
        }
        parents
    }

    /// The path from the crate's root; none for what comes from another crate.
    fn absolute(&self, module: &Module, path: &[String]) -> Option<Module> {
        let (first, rest) = path.split_first()?;
        let (mut at, rest) = match first.as_str() {
            "crate" => (Vec::new(), rest),
            "self" | "super" => (module.clone(), path),
            _ => {
                let child = [module.as_slice(), std::slice::from_ref(first)].concat();
                return self
                    .known
                    .contains(&child)
                    .then(|| [module.as_slice(), path].concat());
            }
        };
        for name in rest {
            match name.as_str() {
                "self" => {}
                "super" => drop(at.pop()),
                _ => at.push(name.clone()),
            }
        }
        Some(at)
    }

    /// The module in which what has this path stands.
    fn home(&self, path: &[String], steps: usize) -> Module {
        let mut at = Module::new();
        for (position, name) in path.iter().enumerate() {
            let next = [at.as_slice(), std::slice::from_ref(name)].concat();
            if self.known.contains(&next) {
                at = next;
                continue;
            }
            let brought = self.brought.get(&(at.clone(), name.clone()));
            let source = brought.and_then(|brought| self.absolute(&at, brought));
            let rest = path.get(position + 1..).unwrap_or_default();
            return match source.filter(|_| steps > 0) {
                Some(source) => self.home(&[source.as_slice(), rest].concat(), steps - 1),
                None => at,
            };
        }
        at
    }
}

/// `core/src/route/mod.rs` is `route`, `core/src/lib.rs` the root; a program beside a library is another crate.
fn module_of(folder: &str, file: &str) -> Option<Module> {
    let inside = file.strip_prefix(folder)?.strip_prefix('/')?;
    let mut module: Module = inside
        .strip_suffix(".rs")?
        .split('/')
        .map(str::to_owned)
        .collect();
    match module.last().map(String::as_str) {
        Some("mod") => drop(module.pop()),
        Some("lib") if module.len() == 1 => drop(module.pop()),
        Some("main") if module.len() == 1 => return None,
        _ => {}
    }
    Some(module)
}

struct Reader<'a> {
    modules: &'a mut Modules,
    module: Module,
    file: &'a str,
}

impl Reader<'_> {
    fn note(&mut self, path: Module, name: &Ident) {
        self.modules.uses.push(Use {
            module: self.module.clone(),
            path,
            at: format!("{}:{}", self.file, name.span().start().line),
        });
    }

    fn tree(&mut self, above: &[String], tree: &UseTree) {
        let with = |name: &Ident| [above, &[name.to_string()]].concat();
        match tree {
            UseTree::Path(path) => self.tree(&with(&path.ident), &path.tree),
            UseTree::Group(group) => group.items.iter().for_each(|item| self.tree(above, item)),
            UseTree::Name(leaf) => self.bring(with(&leaf.ident), &leaf.ident, &leaf.ident),
            UseTree::Rename(leaf) => self.bring(with(&leaf.ident), &leaf.ident, &leaf.rename),
            UseTree::Glob(_) => {}
        }
    }

    fn bring(&mut self, path: Module, name: &Ident, renamed: &Ident) {
        let key = (self.module.clone(), renamed.to_string());
        self.modules.brought.insert(key, path.clone());
        self.note(path, name);
    }
}

impl<'ast> Visit<'ast> for Reader<'_> {
    fn visit_item_mod(&mut self, item: &'ast ItemMod) {
        self.module.push(item.ident.to_string());
        if for_tests(&item.attrs) {
            self.modules.tests.insert(self.module.clone());
        } else if item.content.is_some() {
            self.modules.known.insert(self.module.clone());
            visit::visit_item_mod(self, item);
        }
        self.module.pop();
    }

    fn visit_item_fn(&mut self, item: &'ast ItemFn) {
        if !for_tests(&item.attrs) {
            visit::visit_item_fn(self, item);
        }
    }

    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        if !for_tests(&item.attrs) {
            self.tree(&[], &item.tree);
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let names: Module = path
            .segments
            .iter()
            .map(|part| part.ident.to_string())
            .collect();
        let first = path.segments.first().map(|part| &part.ident);
        if let Some(first) = first
            && names.len() > 1
            && (first == "crate" || first == "super" || first == "self")
        {
            self.note(names, first);
        }
        visit::visit_path(self, path);
    }
}

fn for_tests(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| match &attribute.meta {
        Meta::List(list) if list.path.is_ident("cfg") => list.tokens.to_string() == "test",
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN_ONE: Known = Known {
        parent: "core/src",
        from: "b",
        to: "a",
        why: "Row belongs to a room of its own",
    };

    fn judged(files: &[(&str, &str)], known: &[Known]) -> Vec<String> {
        let owned = files
            .iter()
            .map(|(name, text)| (format!("core/src/{name}"), (*text).to_owned()));
        circles("core/src", &owned.collect::<Vec<_>>(), known)
    }

    const CIRCLE: [(&str, &str); 3] = [
        ("lib.rs", "mod a; mod b;"),
        ("a.rs", "use crate::b::{Hub, self};"),
        ("b/mod.rs", "\nfn row() -> crate::a::Row {}"),
    ];

    #[test]
    fn a_circle_is_named_with_the_lines_that_make_it() {
        let expected = "core/src: a, b need each other in a circle\n  a to b: core/src/a.rs:1\n  b to a: core/src/b/mod.rs:2";
        assert_eq!(judged(&CIRCLE, &[]), [expected]);
    }

    #[test]
    fn arrows_one_way_to_a_parent_and_in_tests_make_none() {
        let files = [
            ("lib.rs", "mod a; mod b; #[cfg(test)] mod proofs;"),
            ("a.rs", "use crate::b::Hub; use std::b::a; use serde::b;"),
            (
                "b/mod.rs",
                "mod walk; use walk::Way; #[cfg(test)] mod tests { use crate::a::Row; }",
            ),
            ("b/walk.rs", "use super::Hub; use crate::c::a;"),
            ("proofs.rs", "use crate::a::Row; use crate::b::Hub;"),
        ];
        assert_eq!(judged(&files, &[]), [""; 0]);
    }

    #[test]
    fn names_that_a_parent_passes_on_are_looked_for_where_they_come_from() {
        let files = [
            ("lib.rs", "mod b;"),
            (
                "b/mod.rs",
                "mod walk; mod row; pub use row::Row; use walk::Way as Road;",
            ),
            ("b/walk.rs", "use super::Row;"),
            ("b/row.rs", "fn road(road: super::Road) {}"),
        ];
        let faults = judged(&files, &[]);
        assert!(
            faults
                .concat()
                .starts_with("core/src/b: row, walk need each other"),
            "{faults:?}"
        );
    }

    #[test]
    fn the_list_is_exact() {
        assert_eq!(judged(&CIRCLE, &[KNOWN_ONE]), [""; 0]);
        let mended = [CIRCLE[0], CIRCLE[1], ("b/mod.rs", "")];
        let faults = judged(&mended, &[KNOWN_ONE]);
        assert!(
            faults.concat().contains("b to a makes no circle any more"),
            "{faults:?}"
        );
    }
}
