//! The drawing: one `<svg>` whose outer group carries the camera, and the handlers for mouse, touch and keys.
//!
//! Moving the picture changes one attribute; the scene below it is drawn again only when the estate changes. One
//! handler reads which box an event belongs to from its `data-node`.

use super::marks::{BoxesProps, FacesProps, GroundProps, boxes, faces, ground};
use super::pane::pane;
use super::tracks::{TracksProps, stops, tracks};
use crate::scene::tenths;
use crate::scene::{Lost, NodeKey, Overlay, Point, Rect, Scene, Viewport};
use crate::state::{Camera, CameraMsg, CanvasMsg, Msg, PaletteMsg, PickMsg, Shared, Step, Way};
use crate::text;
use std::rc::Rc;
use web_sys::{Element, KeyboardEvent, MouseEvent, PointerEvent, WheelEvent};
use yew::prelude::*;

#[derive(Properties, PartialEq, Debug)]
pub(super) struct MapProps {
    pub(super) scene: Shared<Scene>,
    pub(super) overlay: Rc<Overlay>,
    pub(super) camera: Camera,
    pub(super) viewport: Viewport,
    pub(super) way: Way,
    pub(super) lost: Rc<Lost>,
    pub(super) from: Option<NodeKey>,
    pub(super) to: Option<NodeKey>,
    pub(super) walker: Option<NodeKey>,
    /// Boxes that are chosen together.
    pub(super) marked: Rc<Vec<NodeKey>>,
    /// Boxes of VNets that an import knows by reference alone.
    pub(super) stubs: Rc<Vec<NodeKey>>,
    /// Whether single keys change the network.
    pub(super) single: bool,
    pub(super) label: String,
    pub(super) dispatch: Callback<Msg>,
    pub(super) uid: AttrValue,
}

/// A drag: where it was last, whether it went far enough not to be a click, and the box that it began on.
#[derive(Clone, Copy, Default)]
struct Drag {
    last: Option<(f64, f64)>,
    gone: f64,
    from: Option<NodeKey>,
    /// A second finger: its number and where it was last.
    second: Option<(i32, f64, f64)>,
}

impl Drag {
    /// Two fingers: by how much they went apart, and the point between them.
    fn pinch(&mut self, id: i32, primary: bool, x: f64, y: f64) -> Option<(f64, f64, f64)> {
        let ((ax, ay), (other, bx, by)) = (self.last?, self.second?);
        let before = (ax - bx).hypot(ay - by).max(1.0);
        if primary {
            self.last = Some((x, y));
        } else if id == other {
            self.second = Some((other, x, y));
        }
        let ((ax, ay), (_, bx, by)) = (self.last?, self.second?);
        self.gone = f64::INFINITY;
        Some((
            (ax - bx).hypot(ay - by).max(1.0) / before,
            (ax + bx) / 2.0,
            (ay + by) / 2.0,
        ))
    }
}

/// The line that follows the pointer from a box, in the picture's units.
type Line = Option<(Point, Point)>;

/// Pixels that a pressed pointer may wander and still click.
const STILL: f64 = 4.0;

/// The drawing.
#[component]
pub(super) fn Map(props: &MapProps) -> Html {
    let svg = use_node_ref();
    let drag = use_mut_ref(Drag::default);
    let bounds = props.scene.seen(props.viewport);
    let line = use_state_eq(|| Line::None);
    let pressed = {
        let (drag, scene) = (Rc::clone(&drag), props.scene.clone());
        Callback::from(move |event: PointerEvent| {
            let at = (f64::from(event.client_x()), f64::from(event.client_y()));
            let mut drag = drag.borrow_mut();
            if !event.is_primary() && drag.last.is_some() {
                drag.second = Some((event.pointer_id(), at.0, at.1));
                return;
            }
            *drag = Drag {
                last: (event.button() == 0).then_some(at),
                from: from_box(&event, &scene),
                ..Drag::default()
            };
        })
    };
    let moved = {
        let (drag, svg, dispatch) = (Rc::clone(&drag), svg.clone(), props.dispatch.clone());
        let line = line.clone();
        Callback::from(move |event: PointerEvent| {
            let mut drag = drag.borrow_mut();
            let finger = (f64::from(event.client_x()), f64::from(event.client_y()));
            if let Some((factor, x, y)) =
                drag.pinch(event.pointer_id(), event.is_primary(), finger.0, finger.1)
            {
                if let Some(element) = svg.cast::<Element>() {
                    let at = Fit::of(&element, bounds).point(x, y, bounds);
                    dispatch.emit(Msg::Camera(CameraMsg::Zoom(factor, at.x, at.y)));
                }
                return;
            }
            let Some((x, y)) = drag.last.filter(|_| event.buttons() == 1) else {
                return;
            };
            let (now_x, now_y) = (f64::from(event.client_x()), f64::from(event.client_y()));
            drag.gone += (now_x - x).hypot(now_y - y);
            drag.last = Some((now_x, now_y));
            if drag.gone <= STILL {
                return;
            }
            if drag.from.is_some()
                && let Some(element) = svg.cast::<Element>()
            {
                let to = Fit::of(&element, bounds).point(now_x, now_y, bounds);
                let from =
                    line.map_or_else(|| Fit::of(&element, bounds).point(x, y, bounds), |l| l.0);
                line.set(Some((from, to)));
            } else if let Some(element) = svg.cast::<Element>() {
                // Once the pointer is held, no other element sees it, and no click follows on a box.
                let _ = element.set_pointer_capture(event.pointer_id());
                let scale = Fit::of(&element, bounds).scale;
                dispatch.emit(Msg::Camera(CameraMsg::Pan(
                    (now_x - x) / scale,
                    (now_y - y) / scale,
                )));
            }
        })
    };
    let released = {
        let (drag, line, dispatch) = (Rc::clone(&drag), line.clone(), props.dispatch.clone());
        let scene = props.scene.clone();
        Callback::from(move |event: PointerEvent| {
            let mut drag = drag.borrow_mut();
            drag.second = None;
            if event.is_primary() {
                drag.last = None;
            }
            line.set(None);
            let over = event
                .target_dyn_into::<Element>()
                .and_then(|element| node_of(&scene, &element));
            if let Some((from, to)) = drag.from.take().zip(over)
                && from != to
                && drag.gone > STILL
            {
                dispatch.emit(Msg::Canvas(CanvasMsg::Join(from, to)));
            }
        })
    };
    let clicked = {
        let (scene, dispatch) = (props.scene.clone(), props.dispatch.clone());
        Callback::from(move |event: MouseEvent| {
            let still = drag.borrow().gone <= STILL;
            let key = event
                .target_dyn_into::<Element>()
                .and_then(|e| node_of(&scene, &e));
            if let Some(key) = key.filter(|_| still) {
                dispatch.emit(Msg::Stand(key));
                dispatch.emit(
                    if event.shift_key() || event.ctrl_key() || event.meta_key() {
                        Msg::Canvas(CanvasMsg::Mark(key))
                    } else {
                        chosen(key)
                    },
                );
            } else if let Some(region) = region_of(&event).filter(|_| still) {
                dispatch.emit(Msg::Canvas(CanvasMsg::AddVnetTo(region)));
            }
        })
    };
    let wheeled = {
        let (svg, dispatch) = (svg.clone(), props.dispatch.clone());
        Callback::from(move |event: WheelEvent| wheel(&event, &svg, bounds, &dispatch))
    };
    let keys = {
        let (scene, dispatch) = (props.scene.clone(), props.dispatch.clone());
        let single = props.single;
        Callback::from(move |event: KeyboardEvent| {
            if !single || !change(&event, &scene, &dispatch) {
                key(&event, &scene, &dispatch);
            }
        })
    };
    let view = format!(
        "{} {} {} {}",
        tenths(bounds.x),
        tenths(bounds.y),
        tenths(bounds.w),
        tenths(bounds.h)
    );
    let hint = format!("{}-keys", props.uid);
    let scene = || props.scene.clone();
    let lost = || Rc::clone(&props.lost);
    let (from, to) = (props.from, props.to);
    let shown = TracksProps {
        overlay: Rc::clone(&props.overlay),
        way: props.way,
    };
    html! {
        <>
            <p class="hidden" id={hint.clone()}>{ text::PICTURE_KEYS }</p>
            <svg ref={svg} class="map" viewBox={view} role="group" aria-roledescription="network picture"
                aria-label={props.label.clone()} aria-describedby={hint} preserveAspectRatio="xMidYMid meet"
                onpointerdown={pressed} onpointermove={moved} onpointerup={released.clone()} onpointercancel={released}
                onclick={clicked} onwheel={wheeled} onkeydown={keys}>
                <g transform={props.camera.transform()}>
                    { pane(ground, GroundProps { scene: scene(), taken: props.overlay.taken.clone(), lost: lost() }) }
                    { pane(boxes, BoxesProps { scene: scene(), from, to, lost: lost(), stubs: Rc::clone(&props.stubs) }) }
                    { pane(tracks, shown.clone()) }
                    { pane(faces, FacesProps {
                        scene: scene(), from, to, walker: props.walker, marked: Rc::clone(&props.marked), stubs: Rc::clone(&props.stubs), detail: props.camera.detail(), lost: lost(),
                        upper: upper(props),
                    }) }
                    { pane(stops, shown) }
                </g>
                { for line.map(|(from, to)| html! {
                    <path class="rubber" d={format!("M{} {}L{} {}", tenths(from.x), tenths(from.y), tenths(to.x), tenths(to.y))} />
                }) }
            </svg>
            { minimap(&props.scene, bounds, props.camera) }
        </>
    }
}

/// Chosen boxes that a path touches from below.
fn upper(props: &MapProps) -> Vec<NodeKey> {
    let tracks = [&props.overlay.forward, &props.overlay.back];
    let ends = tracks.into_iter().flatten().flat_map(|track| {
        let points = &track.points;
        points.first().into_iter().chain(points.last())
    });
    let low = |key: &NodeKey| {
        let rect = props.scene.node(*key).map(|node| node.rect);
        let foot = rect.map(|rect| Rect::new(rect.x, rect.bottom() - 5.0, rect.w, 10.0));
        foot.is_some_and(|foot| ends.clone().any(|point| foot.contains(*point)))
    };
    [props.from, props.to]
        .into_iter()
        .flatten()
        .filter(low)
        .collect()
}

/// The whole picture, small, with the part of it that is seen: shown where that is not all.
fn minimap(scene: &Scene, seen: Rect, camera: Camera) -> Html {
    let whole = scene.bounds;
    let view = Rect::new(
        (seen.x - camera.x) / camera.scale,
        (seen.y - camera.y) / camera.scale,
        seen.w / camera.scale,
        seen.h / camera.scale,
    );
    if view.grown(1.0).union(&whole) == view.grown(1.0) {
        return html! {};
    }
    let spokes = scene.nodes.iter();
    let boxes: String = spokes.map(|node| outline(&node.rect)).collect();
    let bands: String = scene.bands.iter().map(|band| outline(&band.rect)).collect();
    let fit = format!(
        "{} {} {} {}",
        tenths(whole.x),
        tenths(whole.y),
        tenths(whole.w),
        tenths(whole.h)
    );
    html! {
        <svg class="minimap" viewBox={fit} role="img" aria-label={text::MINIMAP}>
            <path class="band" d={bands} /><path class="dot" d={boxes} /><path class="view" d={outline(&view)} />
        </svg>
    }
}

fn outline(rect: &Rect) -> String {
    format!(
        "M{} {}h{}v{}h-{}Z",
        tenths(rect.x),
        tenths(rect.y),
        tenths(rect.w),
        tenths(rect.h),
        tenths(rect.w)
    )
}

/// How the picture lies in its element: the view box is fitted whole and centred.
struct Fit {
    scale: f64,
    left: f64,
    top: f64,
}

impl Fit {
    fn of(element: &Element, bounds: Rect) -> Self {
        let rect = element.get_bounding_client_rect();
        let scale = (rect.width() / bounds.w)
            .min(rect.height() / bounds.h)
            .max(1e-6);
        Self {
            scale,
            left: rect.left() + (rect.width() - bounds.w * scale) / 2.0,
            top: rect.top() + (rect.height() - bounds.h * scale) / 2.0,
        }
    }
}

impl Fit {
    /// A point of the page in the picture's units.
    fn point(&self, x: f64, y: f64, bounds: Rect) -> Point {
        Point::new(
            (x - self.left) / self.scale + bounds.x,
            (y - self.top) / self.scale + bounds.y,
        )
    }
}

/// The box that a press begins on. A finger moves the picture wherever it begins.
fn from_box(event: &PointerEvent, scene: &Scene) -> Option<NodeKey> {
    if event.pointer_type() == "touch" || event.shift_key() {
        return None;
    }
    let element = event.target_dyn_into::<Element>()?;
    node_of(scene, &element)
}

/// The region whose plus was pressed.
fn region_of(event: &MouseEvent) -> Option<String> {
    let element = event.target_dyn_into::<Element>()?;
    let found = element.closest("[data-region]").ok().flatten()?;
    found.get_attribute("data-region")
}

/// Keys that change the network; whether this was one.
fn change(event: &KeyboardEvent, scene: &Scene, dispatch: &Callback<Msg>) -> bool {
    if event.ctrl_key() || event.meta_key() || event.alt_key() {
        return false;
    }
    let here = event
        .target_dyn_into::<Element>()
        .and_then(|element| node_of(scene, &element));
    let msg = match (event.key().to_ascii_lowercase().as_str(), here) {
        ("x", Some(key)) => CanvasMsg::Mark(key),
        ("e", Some(key)) => CanvasMsg::Edit(key),
        ("c", _) => CanvasMsg::JoinMarked,
        ("a", key) => CanvasMsg::AddVnet(key),
        ("delete", key) => CanvasMsg::Delete(key),
        ("escape", _) => CanvasMsg::Unmark,
        ("?", _) => {
            event.prevent_default();
            dispatch.emit(Msg::Palette(PaletteMsg::Keys));
            return true;
        }
        _ => return false,
    };
    event.prevent_default();
    dispatch.emit(Msg::Canvas(msg));
    true
}

/// The wheel zooms while Ctrl is held (as pinching does) or the picture has the focus; else the page scrolls.
fn wheel(event: &WheelEvent, svg: &NodeRef, bounds: Rect, dispatch: &Callback<Msg>) {
    let Some(element) = svg.cast::<Element>() else {
        return;
    };
    let focused = element
        .query_selector(".node:focus")
        .is_ok_and(|found| found.is_some());
    if !event.ctrl_key() && !focused {
        return;
    }
    event.prevent_default();
    let fit = Fit::of(&element, bounds);
    let at = fit.point(
        f64::from(event.client_x()),
        f64::from(event.client_y()),
        bounds,
    );
    let factor = (-event.delta_y() * 0.002).exp().clamp(0.5, 2.0);
    dispatch.emit(Msg::Camera(CameraMsg::Zoom(factor, at.x, at.y)));
}

/// Keys act only here, where the picture has the focus.
fn key(event: &KeyboardEvent, scene: &Scene, dispatch: &Callback<Msg>) {
    if event.ctrl_key() || event.meta_key() || event.alt_key() {
        return;
    }
    let key = event.key();
    let held = event.shift_key();
    let step = 40.0;
    let msg = match key.as_str() {
        "ArrowLeft" if held => Msg::Camera(CameraMsg::Pan(step, 0.0)),
        "ArrowRight" if held => Msg::Camera(CameraMsg::Pan(-step, 0.0)),
        "ArrowUp" if held => Msg::Camera(CameraMsg::Pan(0.0, step)),
        "ArrowDown" if held => Msg::Camera(CameraMsg::Pan(0.0, -step)),
        "ArrowLeft" => Msg::Walk(Step::Left),
        "ArrowRight" => Msg::Walk(Step::Right),
        "ArrowUp" => Msg::Walk(Step::Up),
        "ArrowDown" => Msg::Walk(Step::Down),
        "Home" => Msg::Walk(Step::First),
        "End" => Msg::Walk(Step::Last),
        "+" | "=" => Msg::Camera(CameraMsg::Step(1.25)),
        "-" => Msg::Camera(CameraMsg::Step(0.8)),
        "0" => Msg::Camera(CameraMsg::Fit),
        "Enter" | " " => {
            let here = event
                .target_dyn_into::<Element>()
                .and_then(|e| node_of(scene, &e));
            let Some(key) = here else { return };
            chosen(key)
        }
        _ => return,
    };
    event.prevent_default();
    dispatch.emit(msg);
}

/// What choosing a box does: a stack opens, anything else is an end of the flow.
fn chosen(key: NodeKey) -> Msg {
    match key {
        NodeKey::Stack(first) => Msg::Unfold(first),
        other => Msg::Pick(PickMsg::Node(other)),
    }
}

/// The box that an element belongs to.
fn node_of(scene: &Scene, element: &Element) -> Option<NodeKey> {
    let found = element.closest("[data-node]").ok().flatten()?;
    let word = found.get_attribute("data-node")?;
    scene
        .nodes
        .iter()
        .map(|node| node.key)
        .find(|key| key.word() == word)
}
