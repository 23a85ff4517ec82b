//! Pages of the guide as HTML: Markdown through `pulldown-cmark`, our own frame around it, no script or style in the page.
use pulldown_cmark::{CowStr, Event, Options, Parser, Tag};
use std::fmt::Write as _;

use interspoke_core::export::escape::html as escaped;
use interspoke_core::export::still;

use super::contents::{Contents, Entry};
use super::exhibit::{Claim, Exhibit};
use super::{Page, Shown};
use crate::failure::Result;
use crate::page::fill;

/// The frame of every page.
const FRAME: &str = include_str!("../../../static/guide/page.html");

/// A page at its position in the book.
pub(super) fn page(contents: &Contents, at: usize, page: &Page) -> Result<String> {
    let mut body = String::new();
    for piece in &page.pieces {
        match piece {
            Shown::Prose(text) => body += &prose(text, &page.entry),
            Shown::Exhibit(exhibit) => body += &shown(exhibit),
        }
    }
    let frame = fill(FRAME, "<!-- slot: title -->", &escaped(&page.entry.title))?;
    let frame = fill(
        &frame,
        "<!-- slot: pages -->",
        &pages(contents, &page.entry),
    )?;
    let frame = fill(&frame, "<!-- slot: around -->", &around(contents, at))?;
    fill(&frame, "<!-- slot: body -->", &body)
}

/// Markdown as HTML. HTML in it is text; links to other sources lead to their pages.
fn prose(text: &str, entry: &Entry) -> String {
    let options = Options::ENABLE_TABLES | Options::ENABLE_HEADING_ATTRIBUTES;
    let events = Parser::new_ext(text, options).map(|event| match event {
        Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
        Event::Start(Tag::Link {
            link_type,
            dest_url,
            title,
            id,
        }) => Event::Start(Tag::Link {
            link_type,
            dest_url: CowStr::from(target(&entry.source, &dest_url)),
            title,
            id,
        }),
        other => other,
    });
    let mut html = String::new();
    pulldown_cmark::html::push_html(&mut html, events);
    // A wide table scrolls by itself.
    html.replace("<table>", "<div class=\"table\" tabindex=\"0\"><table>")
        .replace("</table>", "</table></div>")
}

/// Where a link of a source leads in the built book.
fn target(source: &str, link: &str) -> String {
    let (path, part) = link.split_once('#').unwrap_or((link, ""));
    let Some(stem) = path.strip_suffix(".md").filter(|_| !link.contains("://")) else {
        return link.to_owned();
    };
    let stem = match (stem.strip_prefix("../"), source.starts_with("patterns/")) {
        (Some(above), true) => above.to_owned(),
        (None, true) => format!("pattern-{stem}"),
        (_, false) => stem.replace("patterns/", "pattern-"),
    };
    let file = if stem == "README" { "index" } else { &stem };
    let part = if part.is_empty() {
        String::new()
    } else {
        format!("#{part}")
    };
    format!("{file}.html{part}")
}

/// Every page, with the one that is open.
fn pages(contents: &Contents, open: &Entry) -> String {
    let mut html = String::new();
    for part in &contents.parts {
        if !part.title.is_empty() {
            let _ = writeln!(html, "<h2>{}</h2>", escaped(&part.title));
        }
        html += "<ul>\n";
        for entry in &part.pages {
            let current = if entry == open {
                " aria-current=\"page\""
            } else {
                ""
            };
            let title = escaped(&entry.title);
            let _ = writeln!(
                html,
                "<li><a href=\"{}\"{current}>{title}</a></li>",
                entry.file
            );
        }
        html += "</ul>\n";
    }
    html
}

/// The pages before and after.
fn around(contents: &Contents, at: usize) -> String {
    let entries: Vec<&Entry> = contents.entries().collect();
    let before = at.checked_sub(1).and_then(|at| entries.get(at));
    let link = |entry: &&&Entry, rel: &str| {
        let title = escaped(&entry.title);
        format!("<a rel=\"{rel}\" href=\"{}\">{title}</a>\n", entry.file)
    };
    let before = before
        .as_ref()
        .map_or_else(|| "<span></span>\n".to_owned(), |entry| link(entry, "prev"));
    let next = entries.get(at + 1);
    before
        + &next
            .as_ref()
            .map_or_else(String::new, |entry| link(entry, "next"))
}

/// A design with its claims.
fn shown(exhibit: &Exhibit) -> String {
    let picture = still(&exhibit.document.network, &exhibit.document.name);
    let file = exhibit.file();
    let mut html = format!(
        "<figure class=\"exhibit\">\n<interspoke-view design=\"{file}\" view=\"{}\">\n{picture}</interspoke-view>\n\
         <figcaption><b>{}</b> <span>Change it: the answers below are asked again.</span> \
         <a class=\"open\" href=\"../\">Open in the calculator</a> <a href=\"{file}\" download>The design as a file</a></figcaption>\n</figure>\n",
        escaped(&exhibit.view),
        escaped(&exhibit.document.name),
    );
    if !exhibit.claims.is_empty() {
        html += "<ul class=\"claims\" aria-label=\"What the simulator answers\">\n";
        html.extend(exhibit.claims.iter().map(claimed));
        html += "</ul>\n";
    }
    html
}

fn claimed(claim: &Claim) -> String {
    let asked = claim.asked.as_ref().map_or_else(String::new, |asked| {
        format!(" data-asked=\"{}\"", escaped(&asked.to_string()))
    });
    let says = if claim.given == [claim.says.as_str()] {
        String::new()
    } else {
        format!("<p>{}</p>", escaped(&claim.says))
    };
    let lines: Vec<String> = claim.given.iter().map(|line| escaped(line)).collect();
    format!(
        "<li{asked}>{says}<pre class=\"given\" tabindex=\"0\">{}</pre></li>\n",
        lines.join("\n")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_lead_from_source_to_source() {
        for (source, link, expected) in [
            ("a.md", "b.md", "b.html"),
            ("a.md", "patterns/b.md#c", "pattern-b.html#c"),
            ("patterns/a.md", "b.md", "pattern-b.html"),
            ("patterns/a.md", "../b.md", "b.html"),
            ("a.md", "README.md", "index.html"),
            (
                "a.md",
                "https://learn.microsoft.com/x.md",
                "https://learn.microsoft.com/x.md",
            ),
        ] {
            assert_eq!(target(source, link), expected, "{source}: {link}");
        }
    }

    #[test]
    fn html_in_markdown_stays_text() {
        let entry = Contents { parts: Vec::new() };
        assert_eq!(entry.entries().count(), 0);
        let page = super::super::contents::Entry {
            title: String::new(),
            source: "a.md".to_owned(),
            file: "a.html".to_owned(),
        };
        let html = prose("A <script>alert(1)</script> b\n", &page);
        assert_eq!(html, "<p>A &lt;script&gt;alert(1)&lt;/script&gt; b</p>\n");
    }
}
