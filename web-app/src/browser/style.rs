//! The page's own style sheet, adopted by the document or shadow root that the page stands in.
//!
//! A constructed sheet needs no `style` element and no `style` attribute, so the strictest policy allows it. Every rule
//! begins with `.interspoke`: nothing leaks out. Each page adopts its own sheet and takes it back when it goes.

use js_sys::{Array, Reflect};
use wasm_bindgen::JsValue;
use web_sys::{CssStyleSheet, Element, Node};

const SHEET: &str = concat!(
    include_str!("../../../static/tokens.css"),
    include_str!("../../../static/base.css"),
    include_str!("../../../static/layout.css"),
    include_str!("../../../static/picture.css"),
    include_str!("../../../static/answers.css"),
    include_str!("../../../static/print.css"),
    include_str!("../../../static/compare.css"),
    include_str!("../../../static/reach.css"),
    include_str!("../../../static/cost.css"),
    include_str!("../../../static/designs.css"),
);

const ADOPTED: &str = "adoptedStyleSheets";

/// An adopted sheet. Dropping it takes the sheet back.
#[derive(Debug)]
pub struct Adopted {
    root: Node,
    sheet: CssStyleSheet,
}

impl Adopted {
    /// Adopts the sheet where an element stands; nothing where the browser cannot.
    #[must_use]
    pub fn by(element: &Element) -> Option<Self> {
        let root = element.get_root_node();
        let sheet = CssStyleSheet::new().ok()?;
        Reflect::get(&sheet, &"replaceSync".into())
            .ok()
            .and_then(|replace| wasm_bindgen::JsCast::dyn_into::<js_sys::Function>(replace).ok())?
            .call1(&sheet, &JsValue::from_str(SHEET))
            .ok()?;
        let sheets = sheets(&root)?;
        sheets.push(&sheet);
        Reflect::set(&root, &ADOPTED.into(), &sheets).ok()?;
        Some(Self { root, sheet })
    }
}

impl Drop for Adopted {
    fn drop(&mut self) {
        if let Some(sheets) = sheets(&self.root) {
            let own: &JsValue = &self.sheet;
            let others = sheets.filter(&mut |sheet, _, _| &sheet != own);
            let _ = Reflect::set(&self.root, &ADOPTED.into(), &others);
        }
    }
}

/// A copy of the sheets that a root has adopted.
fn sheets(root: &Node) -> Option<Array> {
    Reflect::get(root, &ADOPTED.into())
        .ok()
        .filter(|list| !list.is_undefined())
        .map(|list| Array::from(&list))
}
