//! The picture as a file: SVG that carries its own colours, and PNG at twice the size.
//!
//! The rule: what is seen is copied, every element with the colours, lines and letters that it has on the page, so that the
//! file needs no style sheet. Handles, names of classes and words for readers of screens stay behind.
//!
//! Left out: pictures in a browser that refuses to paint an SVG; nothing is saved then.

use super::save;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    CanvasRenderingContext2d, CssStyleDeclaration, Document, Element, HtmlCanvasElement,
    HtmlImageElement, XmlSerializer,
};

/// What an element of SVG may say of itself, and style sheets say here.
const KEPT: [&str; 18] = [
    "fill",
    "fill-opacity",
    "stroke",
    "stroke-width",
    "stroke-dasharray",
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-opacity",
    "opacity",
    "visibility",
    "font-family",
    "font-size",
    "font-weight",
    "font-style",
    "letter-spacing",
    "text-anchor",
    "dominant-baseline",
    "paint-order",
];

/// How much larger than seen the PNG is.
const TWICE: f64 = 2.0;

/// Saves the picture as SVG.
pub(super) fn save_svg(page: &Element, name: &str) -> Option<()> {
    let (text, ..) = drawn(page)?;
    save::save(page, name, "image/svg+xml", &text)
}

/// Saves the picture as PNG, once the browser has painted it.
pub(super) fn save_png(page: &Element, name: &'static str) -> Option<()> {
    let (text, width, height) = drawn(page)?;
    let document = page.owner_document()?;
    let image = HtmlImageElement::new().ok()?;
    let (source, target) = (image.clone(), page.clone());
    let painted = Closure::once_into_js(move || {
        paint(&document, &source, (width, height), &target, name);
    });
    image.set_onload(Some(painted.unchecked_ref()));
    let encoded = String::from(js_sys::encode_uri_component(&text));
    image.set_src(&format!("data:image/svg+xml;charset=utf-8,{encoded}"));
    Some(())
}

/// The text of the picture, with its width and height as seen.
fn drawn(page: &Element) -> Option<(String, f64, f64)> {
    let seen = page.query_selector("svg.map").ok()??;
    let copy: Element = seen.clone_node_with_deep(true).ok()?.unchecked_into();
    let window = web_sys::window()?;
    let style = |of: &Element| window.get_computed_style(of).ok().flatten();
    let (from, to) = (all(&seen)?, all(&copy)?);
    for at in 0..from.length() {
        let (Some(from), Some(to)) = (item(&from, at), item(&to, at)) else {
            continue;
        };
        if let Some(style) = style(&from) {
            settle(&to, &style);
        }
    }
    let room = seen.get_bounding_client_rect();
    let (width, height) = (room.width(), room.height());
    let ground = style(&page.query_selector(".mapbox").ok()??)?;
    let ground = ground.get_property_value("background-color").ok()?;
    frame(&copy, (width, height), &ground)?;
    let text = XmlSerializer::new().ok()?.serialize_to_string(&copy).ok()?;
    Some((text, width, height))
}

/// Everything inside of an element.
fn all(of: &Element) -> Option<js_sys::Array> {
    let found = of.query_selector_all("*").ok()?;
    Some(js_sys::Array::from(&found))
}

fn item(list: &js_sys::Array, at: u32) -> Option<Element> {
    list.get(at).dyn_into().ok()
}

/// Gives a copied element what style sheets give the seen one; takes away what only the page needs.
fn settle(copy: &Element, style: &CssStyleDeclaration) {
    if style
        .get_property_value("display")
        .is_ok_and(|word| word == "none")
    {
        copy.remove();
        return;
    }
    for name in KEPT {
        if let Ok(value) = style.get_property_value(name)
            && !value.is_empty()
        {
            let _ = copy.set_attribute(name, &value);
        }
    }
    for name in copy
        .get_attribute_names()
        .iter()
        .filter_map(|name| name.as_string())
    {
        let is_for_page = name == "class" || name == "tabindex" || name == "role";
        if is_for_page || name.starts_with("data-") || name.starts_with("aria-") {
            let _ = copy.remove_attribute(&name);
        }
    }
}

/// Size, name space and ground of the file.
fn frame(copy: &Element, (width, height): (f64, f64), ground: &str) -> Option<()> {
    for name in [
        "class",
        "tabindex",
        "role",
        "aria-roledescription",
        "aria-label",
        "id",
    ] {
        copy.remove_attribute(name).ok()?;
    }
    copy.set_attribute("xmlns", "http://www.w3.org/2000/svg")
        .ok()?;
    copy.set_attribute("width", &format!("{width:.0}")).ok()?;
    copy.set_attribute("height", &format!("{height:.0}")).ok()?;
    let view = copy.get_attribute("viewBox")?;
    let numbers: Vec<&str> = view.split([' ', ',']).collect();
    let document = copy.owner_document()?;
    let below = document
        .create_element_ns(Some("http://www.w3.org/2000/svg"), "rect")
        .ok()?;
    for (name, value) in ["x", "y", "width", "height"].into_iter().zip(numbers) {
        below.set_attribute(name, value).ok()?;
    }
    below.set_attribute("fill", ground).ok()?;
    copy.insert_before(&below, copy.first_child().as_ref())
        .ok()?;
    Some(())
}

/// Paints an image on a canvas and offers what is on it.
fn paint(
    document: &Document,
    image: &HtmlImageElement,
    (width, height): (f64, f64),
    page: &Element,
    name: &'static str,
) -> Option<()> {
    let canvas: HtmlCanvasElement = document.create_element("canvas").ok()?.dyn_into().ok()?;
    canvas.set_width(size(width));
    canvas.set_height(size(height));
    let context = canvas.get_context("2d").ok()??;
    let context: CanvasRenderingContext2d = context.dyn_into().ok()?;
    context.scale(TWICE, TWICE).ok()?;
    context
        .draw_image_with_html_image_element_and_dw_and_dh(image, 0.0, 0.0, width, height)
        .ok()?;
    let page = page.clone();
    let offer = Closure::once_into_js(move |blob: JsValue| {
        if let Ok(blob) = blob.dyn_into::<web_sys::Blob>() {
            save::save_blob(&page, name, &blob);
        }
    });
    canvas.to_blob(offer.unchecked_ref()).ok()
}

/// Pixels of a length on the page; a canvas has no more than browsers allow.
fn size(length: f64) -> u32 {
    const MOST: f64 = 8_192.0;
    let pixels = (length * TWICE).clamp(1.0, MOST);
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "from 1 to 8,192: it fits"
    )]
    let pixels = pixels as u32;
    pixels
}
