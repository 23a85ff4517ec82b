//! Pictures of the page, for the README and for looking at: both samples, every tab, every figure of the article, desk and
//! phone, light and dark.
//!
//! `cargo xtask pictures` builds the artefacts and runs this.
use std::path::{Path, PathBuf};

use interspoke_e2e::{Artefact, Failure, Outcome, Page, TABS, journey};

const SAMPLES: [(&str, &str); 2] = [
    ("two", "Two regions, a firewall in each hub"),
    ("one", "One region, the reply is lost"),
];

fn main() -> Outcome {
    let folder = std::env::args().nth(1).map(PathBuf::from);
    let folder = folder.ok_or_else(|| Failure::new("name the folder for the pictures"))?;
    std::fs::create_dir_all(&folder)?;
    journey(Artefact::Site, async |page: &Page| {
        for (size, width, height) in [("desk", 1440, 900), ("phone", 360, 800)] {
            for scheme in ["light", "dark"] {
                page.prefer_colour_scheme(scheme).await?;
                for (short, sample) in SAMPLES {
                    page.resize(width, height).await?;
                    page.press_control("button", sample).await?;
                    for tab in TABS {
                        page.resize(width, height).await?;
                        page.press_control("tab", tab).await?;
                        page.run("scrollTo(0, 0); document.activeElement.blur()")
                            .await?;
                        let name = tab.trim_end_matches('…').to_lowercase();
                        let name = format!("{size}-{scheme}-{short}-{name}");
                        if tab == "Path" {
                            shot(page, &folder, &name).await?;
                        }
                        whole(page, width).await?;
                        shot(page, &folder, &format!("{name}-whole")).await?;
                    }
                }
                page.resize(width, height).await?;
                page.press_control("tab", "What I need").await?;
                for (at, title) in page.texts(".figs button").await?.iter().enumerate() {
                    page.resize(width, height).await?;
                    page.press_control("tab", "What I need").await?;
                    page.press_control("button", title).await?;
                    page.wait_for_text("[role=status].toast", "Drawn").await?;
                    whole(page, width).await?;
                    page.run("scrollTo(0, 0)").await?;
                    let name = format!("{size}-{scheme}-figure-{:02}-whole", at + 1);
                    shot(page, &folder, &name).await?;
                }
                page.resize(width, height).await?;
                page.press_control("tab", "What exists").await?;
            }
        }
        Ok(())
    })
}

/// Makes the window as high as the page.
async fn whole(page: &Page, width: u32) -> Outcome {
    let height = page
        .run("return document.scrollingElement.scrollHeight")
        .await?;
    let height = height
        .as_u64()
        .and_then(|height| u32::try_from(height).ok());
    page.resize(width, height.unwrap_or(900)).await
}

async fn shot(page: &Page, folder: &Path, name: &str) -> Outcome {
    let file = folder.join(format!("{name}.png"));
    Ok(page.driver().screenshot(&file).await?)
}
