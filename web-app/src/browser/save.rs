//! Saving a text as a file: the browser asks where, or puts it where it puts downloads.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Blob, BlobPropertyBag, Element, HtmlElement, Url};

/// How long the browser may take to read the text, in milliseconds.
const PATIENCE: i32 = 60_000;

/// An address that stands for a text.
pub(super) fn address(text: &str, kind: &str) -> Option<String> {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    let parts = js_sys::Array::of1(&text.into());
    let blob = Blob::new_with_str_sequence_and_options(&parts, &options).ok()?;
    Url::create_object_url_with_blob(&blob).ok()
}

/// Offers a text as a file; nothing happens where the browser does not allow it.
pub(super) fn save(page: &Element, name: &str, kind: &str, text: &str) -> Option<()> {
    offer(page, name, address(text, kind)?)
}

/// Offers what a browser made as a file.
pub(super) fn save_blob(page: &Element, name: &str, blob: &Blob) -> Option<()> {
    offer(page, name, Url::create_object_url_with_blob(blob).ok()?)
}

/// Offers bytes as a file.
pub(super) fn save_bytes(page: &Element, name: &str, kind: &str, bytes: &[u8]) -> Option<()> {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    let parts = js_sys::Array::of1(&js_sys::Uint8Array::from(bytes).into());
    let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &options).ok()?;
    offer(page, name, Url::create_object_url_with_blob(&blob).ok()?)
}

/// Asks the page's own script for a copy of the page: an event with the copy's name and the design's text.
pub(super) fn save_page(page: &Element, name: &str, design: &str) {
    let detail = js_sys::Array::of2(&name.into(), &design.into());
    let options = web_sys::CustomEventInit::new();
    options.set_detail(&detail);
    if let Ok(event) = web_sys::CustomEvent::new_with_event_init_dict("interspoke-copy", &options) {
        let _ = page.dispatch_event(&event);
    }
}

/// Lets the browser save what an address stands for.
fn offer(page: &Element, name: &str, address: String) -> Option<()> {
    let link = page.owner_document()?.create_element("a").ok()?;
    link.set_attribute("href", &address).ok()?;
    link.set_attribute("download", name).ok()?;
    link.unchecked_into::<HtmlElement>().click();
    let forget = Closure::once_into_js(move || Url::revoke_object_url(&address));
    web_sys::window()?
        .set_timeout_with_callback_and_timeout_and_arguments_0(forget.unchecked_ref(), PATIENCE)
        .ok()?;
    Some(())
}
