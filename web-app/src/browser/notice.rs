//! A panic is a bug: the page says so in plain elements and offers the document as text.

use super::indexed::IndexedDb;
use super::mounts;
use super::save;
use crate::text;
use interspoke_core::document::Document;
use std::sync::Once;
use web_sys::Element;

/// Shows a notice in every page when something panics. Yew keeps this hook instead of its own.
pub(super) fn install() {
    static ONCE: Once = Once::new();
    ONCE.call_once(set_hook);
}

fn set_hook() {
    yew::set_custom_panic_hook(Box::new(|info| {
        js_sys::Reflect::get(&js_sys::global(), &"console".into())
            .and_then(|console| js_sys::Reflect::get(&console, &"error".into()))
            .and_then(wasm_bindgen::JsCast::dyn_into::<js_sys::Function>)
            .and_then(|error| error.call1(&wasm_bindgen::JsValue::NULL, &info.to_string().into()))
            .ok();
        mounts::each(|element, document| {
            IndexedDb::broke(&document.id);
            show(element, document);
        });
    }));
}

/// A link that saves the design: nothing of the page runs any more, so it is the browser's own.
fn file(owner: &web_sys::Document, text: &str) -> Option<Element> {
    let link = owner.create_element("a").ok()?;
    link.set_class_name("btn");
    link.set_attribute("href", &save::address(text, "application/json")?)
        .ok()?;
    link.set_attribute("download", "design.interspoke.json")
        .ok()?;
    link.set_text_content(Some(text::store::DOWNLOAD));
    Some(link)
}

/// Replaces a page by a notice; gives up quietly where the browser does not play along.
fn show(element: &Element, document: &Document) -> Option<()> {
    let owner = element.owner_document()?;
    let root = owner.create_element("div").ok()?;
    root.set_class_name("interspoke");
    root.set_attribute("data-theme", "system").ok()?;
    let notice = owner.create_element("div").ok()?;
    notice.set_class_name("broken");
    notice.set_attribute("role", "alert").ok()?;
    let says = owner.create_element("p").ok()?;
    says.set_text_content(Some(text::BROKEN));
    let design = owner.create_element("textarea").ok()?;
    design.set_attribute("readonly", "").ok()?;
    design.set_attribute("aria-label", text::ESTATE).ok()?;
    design.set_text_content(Some(&document.to_json()));
    notice.append_child(&says).ok()?;
    notice.append_child(&design).ok()?;
    if let Some(file) = file(&owner, &document.to_json()) {
        notice.append_child(&file).ok()?;
    }
    root.append_child(&notice).ok()?;
    element.set_text_content(None);
    element.append_child(&root).ok()?;
    Some(())
}
