//! The calculator inside pages of others: as an element, and as a frame that is spoken to.
use interspoke_e2e::{Artefact, Failure, Outcome, Page, journey};
use std::fs;
use std::path::Path;
use std::process::Command;

const GUIDE: &str = include_str!("../../pages/widget.html");
const START: &str = include_str!("../../pages/start.html");
const FRAME: &str = include_str!("../../pages/frame.html");

#[test]
fn an_element_starts_when_it_comes_into_view_and_leaks_nothing() -> Outcome {
    journey(Artefact::HostPage(GUIDE), async |page: &Page| {
        let fetched = |requests: &[String]| {
            requests
                .iter()
                .filter(|url| url.contains("_bg.wasm"))
                .count()
        };
        assert_eq!(
            fetched(&page.requests().await?),
            0,
            "nothing is fetched before it is in view"
        );
        let still = page
            .run("return document.getElementById('still').getBoundingClientRect().height > 0")
            .await?;
        assert_eq!(still, true, "the still picture is shown");

        page.run("document.getElementById('first').scrollIntoView()")
            .await?;
        page.wait_until("the first is drawn", &inside("first", "[data-node]"))
            .await?;
        page.wait_until("the second is drawn", &inside("second", "[role=tabpanel]"))
            .await?;
        assert_eq!(
            fetched(&page.requests().await?),
            1,
            "one module serves both"
        );
        assert_eq!(
            page.run("return document.getElementById('first').getBoundingClientRect().height")
                .await?,
            480
        );
        let colours = page.run("return [...document.getElementById('first').shadowRoot.querySelectorAll('button, p')] \
             .filter((one) => getComputedStyle(one).color === 'rgb(1, 2, 3)').length").await?;
        assert_eq!(colours, 0, "styles of the page stay outside");

        let within = keys_through(page).await?;
        assert!(within.len() > 5, "{within:?}");

        let said = "return document.getElementById('third').shadowRoot.textContent.includes('is not a file of this site')";
        page.wait_until("a design of another site is refused", said)
            .await?;
        assert_eq!(
            page.run("return window.events").await?,
            serde_json::json!(["interspoke-ready"])
        );
        let link = page
            .run("return document.getElementById('first').link")
            .await?;
        assert!(
            link.as_str()
                .is_some_and(|link| link.starts_with("#interspoke=1")),
            "{link}"
        );
        let design = page
            .run("return JSON.parse(document.getElementById('first').design).network.vnets.length")
            .await?;
        assert!(design.as_u64() > Some(2));
        Ok(())
    })
}

/// What has the focus inside of the first element, one key after the other from the button before it to the button behind it.
async fn keys_through(page: &Page) -> Outcome<Vec<String>> {
    const FOCUS: &str = "const outer = document.activeElement; const inner = outer.shadowRoot?.activeElement; \
        return inner ? 'within ' + (inner.getAttribute('aria-label') ?? inner.textContent).trim() : outer.id";
    page.run("document.getElementById('before').focus()")
        .await?;
    let mut within = Vec::new();
    for _ in 0..80 {
        // To whatever has the focus, however deep.
        for kind in ["keyDown", "keyUp"] {
            let key = serde_json::json!({ "type": kind, "key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9 });
            let cdp = page.driver().cdp();
            cdp.send_raw("Input.dispatchKeyEvent", key).await?;
        }
        let focus = page.run(FOCUS).await?;
        match focus.as_str().unwrap_or_default() {
            "after" => return Ok(within),
            inner => within.push(inner.to_owned()),
        }
    }
    Err(Failure::new(format!(
        "keys do not come out again: {within:?}"
    )))
}

#[test]
fn a_frame_answers_the_host_that_its_address_names_and_nobody_else() -> Outcome {
    journey(Artefact::HostPage(FRAME), async |page: &Page| {
        let told = |name: &str, did: &str| {
            format!("return window.told['{name}'].some((message) => message.did === '{did}')")
        };
        page.wait_until("the frame is ready", &told("right", "ready"))
            .await?;
        page.wait_until("it says how high it is", &told("right", "resize"))
            .await?;
        page.run("window.send('right', { do: 'export' }); window.send('wrong', { do: 'export' })")
            .await?;
        page.wait_until("it hands the design out", &told("right", "export"))
            .await?;
        page.run("window.send('right', { do: 'load', design: '{}' })")
            .await?;
        page.wait_until("what is no design is refused", &told("right", "refused"))
            .await?;
        page.run("window.send('right', { do: 'load', design: window.told.right.find((one) => one.did === 'export').design })").await?;
        page.wait_until("a design is loaded", &told("right", "loaded"))
            .await?;
        page.wait_until(
            "the other frame has started",
            "return window.frames_.wrong.contentDocument.documentElement.dataset.ready === ''",
        )
        .await?;
        assert_eq!(
            page.run("return window.told.wrong").await?,
            serde_json::json!([]),
            "the other frame tells nothing"
        );
        Ok(())
    })
}

/// A page of MkDocs, as its users write it.
const BOOK: &str = "# Our network\n\n<script type=\"module\" src=\"../interspoke-view.js\"></script>\n\n\
    <interspoke-view id=\"first\" view=\"picture\" height=\"480\"></interspoke-view>\n\nText between.\n\n\
    <interspoke-view id=\"second\" view=\"cost\" mode=\"read\"></interspoke-view>\n";
const BOOK_SETTINGS: &str = "site_name: Ours\nuse_directory_urls: false\nplugins: []\nextra_css: [loud.css]\n\
    theme: {name: mkdocs, highlightjs: false}\n";
/// Styles that try to leak.
const LOUD: &str = "h1, p, button, td, select { color: rgb(1, 2, 3) !important; font: 700 31px serif !important; }";

/// Builds the book into a folder.
fn mkdocs(to: &Path) -> Outcome {
    let python = std::env::var_os("INTERSPOKE_MKDOCS_PYTHON").ok_or_else(|| {
        Failure::new("INTERSPOKE_MKDOCS_PYTHON is not set; run: cargo xtask test --e2e")
    })?;
    let book = to.join("mkdocs");
    fs::create_dir_all(book.join("docs"))?;
    fs::write(book.join("docs/index.md"), BOOK)?;
    fs::write(book.join("docs/loud.css"), LOUD)?;
    fs::write(book.join("mkdocs.yml"), BOOK_SETTINGS)?;
    let mut program = Command::new(python);
    program
        .args(["-m", "mkdocs", "build", "--quiet", "--site-dir"])
        .arg(to.join("book"));
    let status = program.current_dir(&book).status()?;
    if !status.success() {
        return Err(Failure::new(format!("mkdocs build: {status}")));
    }
    // MkDocs's own scripts fail on a book of one page; its styles are what is tried.
    let page = to.join("book/index.html");
    let text = fs::read_to_string(&page)?;
    let kept = text
        .lines()
        .filter(|line| !line.contains("<script src=\"js/"));
    fs::write(&page, kept.collect::<Vec<&str>>().join("\n"))?;
    Ok(())
}

#[test]
fn a_page_of_mkdocs_shows_two_designs_and_leaks_nothing() -> Outcome {
    journey(Artefact::HostPage(START), async |page: &Page| {
        mkdocs(page.folder()?)?;
        page.driver()
            .goto(format!("{}book/index.html", page.address()))
            .await?;
        page.wait_until("the first is drawn", &inside("first", "[data-node]"))
            .await?;
        page.run("document.getElementById('second').scrollIntoView()")
            .await?;
        page.wait_until("the second is drawn", &inside("second", "[role=tabpanel]"))
            .await?;
        let loud = page
            .run(
                "return ['first', 'second'].flatMap((id) => [...document.getElementById(id).shadowRoot.querySelectorAll('button, p, td')]) \
                 .filter((one) => getComputedStyle(one).color === 'rgb(1, 2, 3)').length",
            )
            .await?;
        assert_eq!(loud, 0, "styles of the page stay outside");
        let own = page
            .run("return getComputedStyle(document.querySelector('h1')).color")
            .await?;
        assert_eq!(own, "rgb(1, 2, 3)", "and ours inside");
        Ok(())
    })
}

/// A script: whether the element's own tree has such an element.
fn inside(id: &str, selector: &str) -> String {
    format!(
        "return document.getElementById('{id}').shadowRoot.querySelector('{selector}') !== null"
    )
}
