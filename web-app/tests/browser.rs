//! What only a browser can show: two pages at once, one of them in a shadow root; the adopted style sheet; focus, and
//! an edit that changes the path.
#![cfg(target_arch = "wasm32")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use interspoke_web::{Handle, evaluate, mount};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{
    Document, Element, Event, EventInit, HtmlElement, HtmlInputElement, ShadowRootInit,
    ShadowRootMode,
};

wasm_bindgen_test_configure!(run_in_browser);

fn document() -> Document {
    web_sys::window().unwrap().document().unwrap()
}

fn place() -> Element {
    let element = document().create_element("div").unwrap();
    document().body().unwrap().append_child(&element).unwrap();
    element
}

/// A place inside a shadow root.
fn shadow_place() -> Element {
    let host = place();
    let root = host
        .attach_shadow(&ShadowRootInit::new(ShadowRootMode::Open))
        .unwrap();
    let element = document().create_element("div").unwrap();
    root.append_child(&element).unwrap();
    element
}

async fn drawn(element: &Element, saved: Option<&str>) -> Handle {
    let ready = js_sys::Promise::new(&mut |resolve, _| {
        element
            .add_event_listener_with_callback("interspoke-ready", &resolve)
            .unwrap();
    });
    let handle = mount(element.clone(), saved.map(str::to_owned), None);
    wasm_bindgen_futures::JsFuture::from(ready).await.unwrap();
    settle().await;
    handle
}

async fn settle() {
    yew::scheduler::flush().await;
    yew::scheduler::flush().await;
}

fn find(element: &Element, selector: &str) -> HtmlElement {
    let found = element.query_selector(selector).unwrap();
    found
        .unwrap_or_else(|| panic!("{selector} is missing"))
        .unchecked_into()
}

fn headline(element: &Element) -> String {
    find(element, "h1").text_content().unwrap()
}

fn fire(target: &Element, kind: &str) {
    let init = EventInit::new();
    init.set_bubbles(true);
    init.set_composed(true);
    target
        .dispatch_event(&Event::new_with_event_init_dict(kind, &init).unwrap())
        .unwrap();
}

/// A click as a pointer makes it, with its keys.
fn click(target: &Element) {
    let init = EventInit::new();
    init.set_bubbles(true);
    init.set_composed(true);
    let global = js_sys::global();
    let kind = js_sys::Reflect::get(&global, &"MouseEvent".into()).unwrap();
    let given = js_sys::Array::of2(&wasm_bindgen::JsValue::from_str("click"), &init);
    let maker: js_sys::Function = kind.unchecked_into();
    let event: Event = js_sys::Reflect::construct(&maker, &given)
        .unwrap()
        .unchecked_into();
    target.dispatch_event(&event).unwrap();
}

/// Presses the first button of the open tab whose words begin so.
async fn press(element: &Element, name: &str) {
    let buttons = element
        .query_selector_all("[role=tabpanel] button")
        .unwrap();
    let mut all = (0..buttons.length()).filter_map(|at| buttons.item(at));
    let found = all.find(|one| one.text_content().unwrap().trim().starts_with(name));
    let found = found.unwrap_or_else(|| panic!("no button {name}"));
    found.unchecked_into::<HtmlElement>().click();
    settle().await;
}

async fn type_into(element: &Element, selector: &str, text: &str) {
    let input: HtmlInputElement = find(element, selector).unchecked_into();
    input.set_value(text);
    fire(&input, "input");
    settle().await;
}

#[wasm_bindgen_test]
async fn two_pages_work_independently_one_in_a_shadow_root() {
    let (light, shadow) = (place(), shadow_place());
    let (first, second) = (drawn(&light, None).await, drawn(&shadow, None).await);
    let before = headline(&light);
    assert_eq!(before, headline(&shadow));

    find(&shadow, ".tabs [id$='-tab-objects']").click();
    settle().await;
    for name in ["Route tables", "AZFW1-RT"] {
        press(&shadow, name).await;
    }
    find(&shadow, "[aria-label='Remove route 2 of AZFW1-RT']").click();
    settle().await;
    assert!(
        headline(&shadow).contains("is lost"),
        "{}",
        headline(&shadow)
    );
    assert_eq!(headline(&light), before, "the other page is as it was");

    let ids = |element: &Element| find(element, "[role=tabpanel]").id();
    assert_ne!(ids(&light), ids(&shadow));

    first.unmount();
    settle().await;
    assert_eq!(light.child_element_count(), 0);
    find(&shadow, "[aria-label=Undo]").click();
    settle().await;
    assert_eq!(
        headline(&shadow),
        before,
        "undo works after the other page went"
    );
    second.unmount();
}

#[wasm_bindgen_test]
async fn the_style_sheet_is_adopted_where_the_page_stands_and_taken_back() {
    let shadow = shadow_place();
    let page = drawn(&shadow, None).await;
    let root = shadow.get_root_node();
    let adopted = || {
        let sheets = js_sys::Reflect::get(&root, &"adoptedStyleSheets".into()).unwrap();
        js_sys::Array::from(&sheets).length()
    };
    assert_eq!(adopted(), 1);
    let style = web_sys::window()
        .unwrap()
        .get_computed_style(&find(&shadow, ".interspoke"))
        .unwrap()
        .unwrap();
    assert_eq!(
        style.get_property_value("container-type").unwrap(),
        "inline-size"
    );
    assert!(
        shadow.query_selector("[style]").unwrap().is_none(),
        "no style attribute"
    );
    page.unmount();
    settle().await;
    assert_eq!(adopted(), 0);
}

#[wasm_bindgen_test]
async fn a_bad_text_keeps_its_place_and_the_answer_stays() {
    let element = place();
    let page = drawn(&element, None).await;
    let before = headline(&element);
    let selector = format!("#{}", find(&element, "[role=combobox]").id());
    type_into(&element, &selector, "nowhere").await;
    let input: HtmlInputElement = find(&element, &selector).unchecked_into();
    assert_eq!(input.value(), "nowhere");
    assert_eq!(input.get_attribute("aria-invalid").as_deref(), Some("true"));
    assert_eq!(headline(&element), before);
    type_into(&element, &selector, "10.10.2.4").await;
    assert!(
        headline(&element).starts_with("Spoke2 → Spoke3"),
        "{}",
        headline(&element)
    );
    page.unmount();
}

#[wasm_bindgen_test]
async fn clicking_two_boxes_chooses_a_flow() {
    let element = place();
    let page = drawn(&element, None).await;
    for name in ["Spoke4,", "Spoke2,"] {
        let node = find(&element, &format!(".node[aria-label^='{name}'] .hit"));
        click(&node);
        settle().await;
    }
    assert!(
        headline(&element).starts_with("Spoke4 → Spoke2"),
        "{}",
        headline(&element)
    );
    page.unmount();
}

#[wasm_bindgen_test]
async fn the_arrow_keys_walk_over_the_boxes_with_the_focus() {
    let element = place();
    let page = drawn(&element, None).await;
    let start = find(&element, ".node[tabindex='0']");
    start.focus().unwrap();
    let init = web_sys::KeyboardEventInit::new();
    init.set_key("ArrowDown");
    init.set_bubbles(true);
    init.set_composed(true);
    let key = web_sys::KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).unwrap();
    start.dispatch_event(&key).unwrap();
    settle().await;
    let now = document().active_element().unwrap();
    assert_ne!(
        now.get_attribute("data-node"),
        start.get_attribute("data-node")
    );
    assert_eq!(now.get_attribute("tabindex").as_deref(), Some("0"));
    page.unmount();
}

#[wasm_bindgen_test]
async fn a_document_that_cannot_be_read_is_refused_on_the_page() {
    let element = place();
    let page = drawn(&element, Some("{\"schema\": \"interspoke/99\"}")).await;
    let alert = find(&element, "[role=alert]").text_content().unwrap();
    assert!(alert.contains("interspoke/99"), "{alert}");
    page.unmount();
}

#[wasm_bindgen_test]
fn a_document_is_evaluated_without_a_page() {
    let sample = interspoke_core::sample::SAMPLES[0].text;
    let answer = evaluate(sample).ok().unwrap();
    assert!(answer.contains("\"reachable\":true"), "{answer}");
}

#[wasm_bindgen_test]
async fn the_search_box_opens_a_list_and_takes_a_choice() {
    let element = place();
    let page = drawn(&element, None).await;
    let input = find(&element, ".combo.to [role=combobox]");
    fire(&input, "click");
    settle().await;
    assert_eq!(
        input.get_attribute("aria-expanded").as_deref(),
        Some("true")
    );
    let options = element
        .query_selector_all(".listbox [role=option]")
        .unwrap();
    assert_eq!(options.length(), 5, "four spokes and a site");
    let last: Element = options.item(4).unwrap().unchecked_into();
    fire(&last, "mousedown");
    settle().await;
    assert!(
        headline(&element).starts_with("Spoke1 → On-premises"),
        "{}",
        headline(&element)
    );
    assert!(element.query_selector(".listbox").unwrap().is_none());
    page.unmount();
}
