//! Designs that leave the page: inside the page's own file, as code for other pages, through the package.
use interspoke_e2e::{Artefact, Failure, Outcome, Page, journey};
use serde_json::json;
use std::fs;

const SECOND: &str = "One region, the reply is lost";
const SHARE: &str = "Share, and about Interspoke";
const PACKAGE: &str = include_str!("../../pages/package.html");
/// Keeps what the page saves.
const WATCH: &str = "window.saved = []; const make = URL.createObjectURL; \
     URL.createObjectURL = (blob) => { blob.text().then((text) => window.saved.push(text)); return make.call(URL, blob); };";

/// A copy of the page, as it is saved.
async fn copy(page: &Page) -> Outcome<String> {
    page.run(WATCH).await?;
    page.press_control("button", SHARE).await?;
    page.press_control("button", "Save a copy of this file")
        .await?;
    page.wait_until("a copy is saved", "return window.saved.length === 1")
        .await?;
    let copy = page.run("return window.saved[0]").await?;
    page.press_control("button", "Close").await?;
    copy.as_str()
        .map(str::to_owned)
        .ok_or_else(|| Failure::new("the copy is no text"))
}

#[test]
fn the_single_file_saves_itself_with_the_design_and_the_copy_does_so_again() -> Outcome {
    journey(Artefact::SingleFile, async |page: &Page| {
        page.press_control("button", SECOND).await?;
        let first = copy(page).await?;
        let file = page.folder()?.join("interspoke.html");
        let original = fs::read_to_string(&file)?;
        assert!(
            first.len() > original.len(),
            "the copy holds the page and a design"
        );

        fs::write(&file, &first)?;
        page.reload().await?;
        let opened = format!("return document.title.includes('{SECOND}')");
        page.wait_until("the copy opens on its design", &opened)
            .await?;
        let second = copy(page).await?;
        assert!(
            second == first,
            "a copy of the copy is the same, byte for byte"
        );

        fs::write(&file, first.replace("\"interspoke/2\"", "\"interspoke/9\""))?;
        page.reload().await?;
        page.wait_for_text("[role=alert]", "interspoke/9").await
    })
}

#[test]
fn either_code_shows_the_design_in_another_page() -> Outcome {
    journey(Artefact::OwnSite, async |page: &Page| {
        page.press_control("button", SECOND).await?;
        page.press_control("button", SHARE).await?;
        let codes = page.texts(".about .code").await?;
        let [element, frame] = codes.as_slice() else {
            return Err(Failure::new(format!("two codes, found {codes:?}")));
        };
        assert!(element.contains("<interspoke-view") && frame.starts_with("<iframe"));
        let facts = page.texts(".about tbody tr").await?;
        assert!(
            facts.iter().any(|row| row.starts_with("Prices")),
            "{facts:?}"
        );
        let guide = page
            .run("return document.querySelector('.about a[href$=\"guide/index.html\"]') !== null")
            .await?;
        assert_eq!(guide, true, "the guide is linked");

        let head = "<!doctype html><html lang=\"en\"><head><title>Host</title><link rel=\"icon\" href=\"data:,\"></head>";
        fs::write(
            page.folder()?.join("host.html"),
            format!("{head}<body>{element}{frame}</body></html>"),
        )?;
        page.driver()
            .goto(format!("{}host.html", page.address()))
            .await?;
        page.wait_until(
            "the element shows it",
            "return document.querySelector('interspoke-view').shadowRoot?.querySelectorAll('[data-node]').length > 2",
        )
        .await?;
        page.wait_until(
            "the frame shows it",
            "return document.querySelector('iframe').contentDocument?.querySelectorAll('[data-node]').length > 2",
        )
        .await
    })
}

#[test]
fn the_package_answers_in_a_page() -> Outcome {
    journey(Artefact::HostPage(PACKAGE), async |page: &Page| {
        let answers = page.run("return window.answers").await?;
        assert_eq!(answers["vnets"], json!(["hub"]));
        assert_eq!(answers["issues"], 0);
        assert_eq!(answers["holds"], true);
        assert_eq!(answers["bicep"], "main.bicep");
        assert_eq!(answers["steps"], 0);
        assert!(answers["patterns"].as_u64() > Some(10), "{answers}");
        Ok(())
    })
}

#[test]
fn a_page_of_the_guide_asks_its_claims_again_when_its_design_changes() -> Outcome {
    journey(Artefact::Site, async |page: &Page| {
        page.driver()
            .goto(format!("{}guide/peering.html", page.address()))
            .await?;
        let drawn = "return document.querySelector('interspoke-view').shadowRoot?.querySelectorAll('[data-node]').length > 2";
        page.wait_until("the picture is drawn", drawn).await?;
        let still = page
            .run("return document.querySelectorAll('.claims .now').length")
            .await?;
        assert_eq!(still, 0);
        page.run(
            "const chosen = document.querySelector('interspoke-view').shadowRoot.querySelector('.changes select'); \
             chosen.value = 'peering-mesh'; chosen.dispatchEvent(new Event('change', { bubbles: true }));",
        )
        .await?;
        page.wait_until(
            "the claim that spokes do not reach each other is asked again",
            "return [...document.querySelectorAll('.claims .now')].some((now) => now.textContent === 'your design: answered, nothing between')",
        )
        .await?;
        let open = page
            .run("return document.querySelector('interspoke-view').shadowRoot.querySelector('a.full').href.includes('#interspoke=1')")
            .await?;
        assert_eq!(open, true, "the link carries the changed design");
        Ok(())
    })
}
