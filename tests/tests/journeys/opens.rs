//! Each artefact opens, alone with its own files.
use interspoke_e2e::{Artefact, Outcome, Page, journey};

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
