//! Each artefact opens, alone with its own files.
use interspoke_e2e::{Artefact, Outcome, Page, journey, opened};

use crate::axe::BIG;

async fn has_started(page: &Page) -> Outcome {
    // The tab is named after the design.
    assert!(page.title().await?.ends_with(" · Interspoke"));
    assert!(
        page.find_all("#interspoke-status").await?.is_empty(),
        "the line for the start is gone"
    );
    let drawn = page.run("const e = document.getElementById('interspoke'); return (e.shadowRoot ?? e).childElementCount");
    assert!(drawn.await?.as_u64() > Some(0), "something is drawn");
    Ok(())
}

#[test]
fn the_site_opens_under_a_sub_path() -> Outcome {
    journey(Artefact::Site, async |page: &Page| {
        has_started(page).await?;
        let wasm = format!("{}interspoke_bg.wasm", page.address());
        let requests = page.requests().await?;
        assert!(
            requests
                .iter()
                .any(|url| url.split('?').next() == Some(&wasm)),
            "the wasm is fetched from beside the page"
        );
        Ok(())
    })
}

#[test]
fn the_single_file_opens_without_a_network() -> Outcome {
    journey(Artefact::SingleFile, async |page: &Page| {
        has_started(page).await?;
        assert_eq!(page.requests().await?, [page.address()]);
        Ok(())
    })
}

/// The width of the picture's own units against the pixels that it has.
const SHARE: &str = "const e = document.getElementById('interspoke'); const inside = e.shadowRoot ?? e; \
    const map = inside.querySelector('svg.map'); \
    return map.viewBox.baseVal.width / inside.querySelector('.mapbox').getBoundingClientRect().width > 0.6;";

#[test]
fn an_open_page_has_all_its_parts_and_a_picture_for_its_room() -> Outcome {
    opened(Artefact::Site, async |page: &Page| {
        let parts = [
            ".answers .panel",
            "aside .side",
            ".chip",
            ".map [data-node]",
        ];
        for part in parts {
            assert!(!page.find_all(part).await?.is_empty(), "{part}");
        }
        page.wait_until("the picture has its room", SHARE).await?;
        page.resize(820, 900).await?;
        page.wait_until("it follows its room", SHARE).await?;
        page.resize(1440, 900).await?;
        page.wait_until("and back", SHARE).await
    })
}

#[test]
fn a_link_of_a_thousand_spokes_says_that_it_opens_and_is_whole_at_the_end() -> Outcome {
    opened(Artefact::Site, async |page: &Page| {
        page.run(
            "const e = document.getElementById('interspoke'); window.told = []; \
             new MutationObserver(() => { const said = (e.shadowRoot ?? e).querySelector('.coming')?.textContent; \
             if (said && window.told.at(-1) !== said) window.told.push(said); }) \
             .observe(e.shadowRoot ?? e, { childList: true, subtree: true, characterData: true });",
        )
        .await?;
        page.run(&format!("location.hash = '{BIG}'")).await?;
        page.wait_until(
            "the bill of a thousand spokes",
            "const e = document.getElementById('interspoke'); \
             return /999,000 \\/ 999,000[^]*USD [0-9]/.test((e.shadowRoot ?? e).querySelector('.frame').innerText);",
        )
        .await?;
        let told = page.run("return window.told.join()").await?;
        assert_eq!(told, "Opening Big…");
        Ok(())
    })
}
