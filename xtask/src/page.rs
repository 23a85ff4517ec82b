//! Puts the page's shell together: index.html, the glue that wasm-bindgen wrote, the boot script, the policy.
//!
//! Pure text in, text out. Both artefacts run the glue and the boot script as one inline module whose hash stands in
//! the content policy, so that no other script can run and the single file needs nothing beside it.
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use crate::failure::{Failure, Result};

/// The marks in index.html and the slots they stand for.
const POLICY: &str = "<!-- slot: policy -->";
const LINKS: &str = "<!-- slot: links -->";
const DATA: &str = "<!-- slot: data -->";
const SCRIPT: &str = "<!-- slot: script -->";

/// The texts that both artefacts are made of.
#[derive(Debug)]
pub(crate) struct Parts {
    pub(crate) shell: String,
    pub(crate) glue: String,
    pub(crate) boot: String,
    pub(crate) icon: String,
}

/// Where the boot script names the version of the site.
const VERSION: &str = "/* slot: version */ \"\"";

/// The page of the site: fetches its wasm from beside it. With a version it is kept for offline use.
pub(crate) fn site(parts: &Parts, version: &str) -> Result<String> {
    let links = "<link rel=\"icon\" href=\"icon.svg\" type=\"image/svg+xml\">\n  \
                 <link rel=\"manifest\" href=\"manifest.webmanifest\">";
    let policy = Policy {
        connect: "'self'",
        images: "'self' data:",
        manifest: "'self'",
        worker: "'self'",
    };
    assemble(parts, version, links, "", &policy)
}

/// The page for an iframe: who may embed it, and how it is spoken to, stands in its script.
pub(crate) fn embedded(parts: &Parts, script: &str) -> Result<String> {
    let parts = Parts {
        shell: parts.shell.clone(),
        glue: parts.glue.clone(),
        boot: script.to_owned(),
        icon: parts.icon.clone(),
    };
    site(&parts, "")
}

/// The page in one file: carries its wasm, compressed, and may connect to nothing.
pub(crate) fn single(parts: &Parts, wasm_gzip: &[u8]) -> Result<String> {
    let icon = STANDARD.encode(&parts.icon);
    let links = format!("<link rel=\"icon\" href=\"data:image/svg+xml;base64,{icon}\">");
    let data = format!(
        "<script type=\"application/json\" id=\"interspoke-design\"></script>\n  \
         <script type=\"application/octet-stream;base64\" id=\"interspoke-wasm\">{}</script>",
        STANDARD.encode(wasm_gzip)
    );
    let policy = Policy {
        connect: "'none'",
        images: "data:",
        manifest: "'none'",
        worker: "'none'",
    };
    assemble(parts, "", &links, &data, &policy)
}

/// Where the two artefacts' policies differ.
struct Policy {
    connect: &'static str,
    images: &'static str,
    manifest: &'static str,
    worker: &'static str,
}

fn assemble(
    parts: &Parts,
    version: &str,
    links: &str,
    data: &str,
    policy: &Policy,
) -> Result<String> {
    let boot = fill(&parts.boot, VERSION, &format!("\"{version}\""))?;
    let script = format!("{}\n{boot}", as_local(&parts.glue)?);
    if script.to_ascii_lowercase().contains("</script") {
        return Err(Failure::new("the script contains its own closing tag"));
    }
    let script = format!("<script type=\"module\">{script}</script>");
    let page = fill(&parts.shell, LINKS, links)?;
    let page = fill(&page, DATA, data)?;
    let page = fill(&page, SCRIPT, &script)?;
    let content = content_policy(&page, policy);
    fill(
        &page,
        POLICY,
        &format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{content}\">"),
    )
}

/// Puts a text into a slot, which must be there once.
pub(crate) fn fill(page: &str, slot: &str, text: &str) -> Result<String> {
    match page.split(slot).collect::<Vec<_>>().as_slice() {
        [before, after] => Ok([before, text, after].concat()),
        pieces => Err(Failure::new(format!(
            "the slot {slot:?} is there {} times, not once",
            pieces.len() - 1
        ))),
    }
}

fn content_policy(page: &str, policy: &Policy) -> String {
    let Policy {
        connect,
        images,
        manifest,
        worker,
    } = policy;
    let styles = hashes(page, "<style>", "</style>");
    let scripts = hashes(page, "<script type=\"module\">", "</script>");
    format!(
        "default-src 'none'; base-uri 'none'; form-action 'none'; connect-src {connect}; img-src {images}; \
         manifest-src {manifest}; worker-src {worker}; style-src {styles}; script-src {scripts} 'wasm-unsafe-eval'; \
         require-trusted-types-for 'script'; trusted-types interspoke"
    )
}

/// The policy's name for the content of each such element.
fn hashes(page: &str, opening: &str, closing: &str) -> String {
    let contents = page
        .split(opening)
        .skip(1)
        .filter_map(|rest| rest.split(closing).next());
    let hashes: Vec<String> = contents
        .map(|text| format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text))))
        .collect();
    hashes.join(" ")
}

/// Turns the exports of a module into plain declarations, and its default export into `init`.
fn as_local(glue: &str) -> Result<String> {
    let mut local = String::with_capacity(glue.len());
    for line in glue.lines() {
        if line.starts_with("import ") {
            return Err(Failure::new(format!(
                "the glue imports another file, which one page cannot: {line}"
            )));
        }
        if let Some(list) = line.strip_prefix("export {") {
            let names = list.trim_end().trim_end_matches(';').trim_end_matches('}');
            let default = names
                .split(',')
                .find_map(|name| name.trim().strip_suffix(" as default"));
            if let Some(name) = default {
                local.push_str(&format!("const init = {name};\n"));
            }
            continue;
        }
        local.push_str(line.strip_prefix("export ").unwrap_or(line));
        local.push('\n');
    }
    if local.contains("\nconst init = ") {
        Ok(local)
    } else {
        Err(Failure::new("the glue has no default export"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts() -> Parts {
        Parts {
            shell: format!(
                "<head>\n{POLICY}\n{LINKS}\n<style>p{{}}</style></head>\n{DATA}\n{SCRIPT}\n"
            ),
            glue: "export function mount(e) {}\nasync function __wbg_init() {}\n\
                   export { initSync, __wbg_init as default };\n"
                .to_owned(),
            boot: "const VERSION = /* slot: version */ \"\"; await init();".to_owned(),
            icon: "<svg/>".to_owned(),
        }
    }

    #[test]
    fn the_glue_becomes_part_of_the_inline_module() {
        assert_eq!(
            as_local(&parts().glue).unwrap(),
            "function mount(e) {}\nasync function __wbg_init() {}\nconst init = __wbg_init;\n"
        );
        assert!(as_local("import { x } from './snippets/x.js';").is_err());
        assert!(as_local("export { a };").is_err());
    }

    #[test]
    fn the_policy_names_exactly_the_scripts_and_styles_of_the_page() {
        let page = site(&parts(), "1").unwrap();
        assert!(page.contains("const VERSION = \"1\";"), "{page}");
        let script = page
            .split("<script type=\"module\">")
            .nth(1)
            .unwrap()
            .split("</script>")
            .next()
            .unwrap();
        let hash = STANDARD.encode(Sha256::digest(script));
        assert!(
            page.contains(&format!("script-src 'sha256-{hash}' 'wasm-unsafe-eval'")),
            "{page}"
        );
        // The well-known digest of `p{}`, from `printf 'p{}' | openssl dgst -sha256 -binary | base64`.
        assert!(
            page.contains("style-src 'sha256-gG2yISYereRMiG2lMXrbiUgi0Ubw9p7QCeWcroOvy9Y='"),
            "{page}"
        );
        assert!(page.contains("connect-src 'self'") && !page.contains("unsafe-inline"));
    }

    #[test]
    fn the_single_file_may_connect_to_nothing_and_carries_its_wasm() {
        let page = single(&parts(), b"wasm").unwrap();
        assert!(
            page.contains("connect-src 'none'")
                && page.contains("worker-src 'none'")
                && page.contains("img-src data:;"),
            "{page}"
        );
        assert!(
            page.contains("id=\"interspoke-wasm\">d2FzbQ==</script>"),
            "{page}"
        );
        assert!(!page.contains("href=\"icon.svg\""));
    }

    #[test]
    fn a_shell_without_a_slot_is_refused() {
        let shell = "<head></head>".to_owned();
        let message = site(&Parts { shell, ..parts() }, "")
            .unwrap_err()
            .to_string();
        assert_eq!(
            message,
            "the slot \"<!-- slot: links -->\" is there 0 times, not once"
        );
    }

    #[test]
    fn a_script_that_would_end_itself_is_refused() {
        let boot = format!("{VERSION}; const tag = '</SCRIPT>';");
        assert!(site(&Parts { boot, ..parts() }, "").is_err());
    }
}
