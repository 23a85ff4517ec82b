//! The site without a network, and when a new version is put beside it.
use interspoke_e2e::{Artefact, Failure, Outcome, Page, journey};
use std::fs;

/// True when the worker of the site keeps everything.
const KEPT: &str = "return (window.kept ??= navigator.serviceWorker.ready.then(() => { window.isKept = true; }), \
     window.isKept === true)";
const NOTE: &str = "#interspoke-update";

#[test]
fn after_one_visit_the_site_opens_without_its_host() -> Outcome {
    journey(Artefact::Site, async |page: &Page| {
        page.wait_until("the site is kept", KEPT).await?;
        page.stop_server();
        page.reload().await?;
        page.wait_for_text("h1", "Spoke1 → Spoke3 is delivered")
            .await?;
        assert_eq!(page.text_of(NOTE).await?, "", "nothing new is announced");
        Ok(())
    })
}

#[test]
fn a_new_version_is_announced_and_taken_over_when_asked() -> Outcome {
    journey(Artefact::OwnSite, async |page: &Page| {
        page.wait_until("the site is kept", KEPT).await?;
        let [old] = caches(page)
            .await?
            .try_into()
            .map_err(|_| Failure::new("one version is kept"))?;
        let worker = page.folder()?.join("worker.js");
        let text = fs::read_to_string(&worker)?;

        // Half of an update: a file whose digest is not the one that the worker names.
        let broken = text.replacen("sha256-", "sha256-AAAA", 1).replacen(
            "const VERSION = \"",
            "const VERSION = \"b",
            1,
        );
        fs::write(&worker, broken)?;
        page.reload().await?;
        page.run("return navigator.serviceWorker.ready.then((kept) => kept.update().catch(() => null)).then(() => 1)").await?;
        page.wait_for_text("h1", "Spoke1 → Spoke3 is delivered")
            .await?;
        assert!(
            caches(page).await?.contains(&old),
            "the version before stays"
        );

        fs::write(
            &worker,
            text.replacen("const VERSION = \"", "const VERSION = \"c", 1),
        )?;
        page.reload().await?;
        page.wait_for_text(NOTE, "A new version of Interspoke is ready.")
            .await?;
        page.run("window.isOld = true").await?;
        page.press_control("button", "Reload with the new version")
            .await?;
        page.wait_until(
            "the page is loaded anew",
            "return window.isOld !== true && document.documentElement.dataset.ready === ''",
        )
        .await?;
        page.wait_until(
            "only the new version is kept",
            "return (caches.keys().then((names) => { window.names = names; }), \
             window.names?.length === 1 && / c[0-9a-f]{16}$/.test(window.names[0]))",
        )
        .await?;
        assert_eq!(page.text_of(NOTE).await?, "");
        Ok(())
    })
}

async fn caches(page: &Page) -> Outcome<Vec<String>> {
    let names = page.run("return caches.keys()").await?;
    Ok(serde_json::from_value(names)?)
}
