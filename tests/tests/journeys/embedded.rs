//! Two calculators on somebody else's page.
use interspoke_e2e::{Artefact, Outcome, Page, journey};

const PAGE: &str = include_str!("../../pages/two-mounts.html");
const HEADLINES: &str =
    "return ['plain', 'shadow'].map(name => window.pages[name].querySelector('h1').textContent)";

#[test]
fn two_calculators_on_one_page_know_nothing_of_each_other() -> Outcome {
    journey(Artefact::HostPage(PAGE), async |page: &Page| {
        let delivered = "Spoke1 → Spoke3 is delivered";
        both(page, [delivered, delivered]).await?;
        let press = async |root: &str, role: &str, name: &str| -> Outcome {
            let control = page.control_in(root, role, name).await?;
            control.scroll_into_view().await?;
            Ok(control.click().await?)
        };
        let (plain, shadow) = ("window.pages.plain", "window.pages.shadow");

        press(shadow, "tab", "Objects").await?;
        press(shadow, "button", "Route tables…").await?;
        press(shadow, "button", "Remove route 2 of AZFW1-RT").await?;
        both(page, [delivered, "Spoke1 → Spoke3 is lost"]).await?;
        press(plain, "button", "One region, the reply is lost").await?;
        both(page, ["the reply is lost", "Spoke1 → Spoke3 is lost"]).await?;
        press(shadow, "button", "Undo").await?;
        both(page, ["the reply is lost", delivered]).await?;

        nothing_leaks(page).await?;
        page.run("window.handles[0].unmount()").await?;
        page.wait_until(
            "the first calculator is gone",
            "return window.pages.plain.childElementCount === 0",
        )
        .await?;
        press(shadow, "button", "Spoke2, 10…").await?;
        page.wait_until(
            "the second one still answers",
            "return window.pages.shadow.querySelector('h1').textContent.startsWith('Spoke2 → ')",
        )
        .await
    })
}

/// Neither the calculators' styles into the page, nor the page's into a shadow root.
async fn nothing_leaks(page: &Page) -> Outcome {
    let leaked = page
        .run(
            "const now = window.ownLooks();
             return window.ownLooksBefore.flatMap((before, at) => {
                 const is = now[at].split('; ');
                 return before.split('; ').filter((line) => !is.includes(line) && !/^(inline|block|perspective|transform)/.test(line));
             })",
        )
        .await?;
    assert_eq!(
        leaked,
        serde_json::json!([]),
        "the host page looks as before"
    );
    let title = page
        .run("return getComputedStyle(window.pages.shadow.querySelector('h1')).color")
        .await?;
    assert_ne!(title, "rgb(10, 20, 30)");
    let ids = page
        .run(
            "const ids = Object.values(window.pages).flatMap(page => [...page.querySelectorAll('[id]')].map(e => e.id));
             return ids.length - new Set(ids).size",
        )
        .await?;
    assert_eq!(ids, 0, "no id stands twice");
    Ok(())
}

async fn both(page: &Page, expected: [&str; 2]) -> Outcome {
    let [first, second] = expected;
    let script = format!(
        "const [first, second] = (() => {{ {HEADLINES} }})();
         return first.includes('{first}') && second.includes('{second}')"
    );
    page.wait_until(&format!("{expected:?}"), &script).await
}
