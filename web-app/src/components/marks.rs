//! The scene in three layers, so that a path runs over the boxes and under the names: ground, boxes, faces.
//!
//! A box and its face are drawn from their own corner and moved to their place, so that a box which is kept moves there.

use crate::scene::tenths;
use crate::scene::{
    Band, Edge, EdgeKind, Icon, Label, Lost, Machine, Mesh, MeshKind, Node, NodeKey, Rect, Role,
    Scene, Tint, path_data,
};
use crate::state::Shared;
use crate::text;
use std::rc::Rc;
use yew::prelude::*;

#[derive(PartialEq, Debug)]
pub(super) struct GroundProps {
    pub(super) scene: Shared<Scene>,
    /// Lines whose place a path takes.
    pub(super) taken: Vec<usize>,
    pub(super) lost: Rc<Lost>,
}

#[derive(PartialEq, Debug)]
pub(super) struct BoxesProps {
    pub(super) scene: Shared<Scene>,
    pub(super) from: Option<NodeKey>,
    pub(super) to: Option<NodeKey>,
    pub(super) stubs: Rc<Vec<NodeKey>>,
    pub(super) lost: Rc<Lost>,
}

#[derive(PartialEq, Debug)]
pub(super) struct FacesProps {
    pub(super) scene: Shared<Scene>,
    pub(super) from: Option<NodeKey>,
    pub(super) to: Option<NodeKey>,
    pub(super) walker: Option<NodeKey>,
    /// Boxes that are chosen together.
    pub(super) marked: Rc<Vec<NodeKey>>,
    /// Boxes of VNets that an import knows by reference alone.
    pub(super) stubs: Rc<Vec<NodeKey>>,
    /// How much of each box is told: see [`crate::state::Camera::detail`].
    pub(super) detail: u8,
    pub(super) lost: Rc<Lost>,
    /// Chosen boxes whose path leaves below: their word stands above.
    pub(super) upper: Vec<NodeKey>,
}

/// Regions, lines and their words.
pub(super) fn ground(props: &GroundProps) -> Html {
    let scene = &props.scene;
    let name = |key: NodeKey| key.word();
    let line = |(i, edge): (usize, &Edge)| {
        let taken = props.taken.contains(&i);
        (!taken).then(|| {
            let key = format!("{}-{}-{i}", name(edge.ends.0), name(edge.ends.1));
            line(key, edge, props.lost.edges.contains(&i))
        })
    };
    html! {
        <g aria-hidden="true">
            { for scene.bands.iter().map(band) }
            { wan(&scene.wan) }
            { for scene.tints.iter().enumerate().map(|(at, one)| tint(at, one)) }
            { for scene.bodies.iter().enumerate().map(|(at, body)| mesh(at, body)) }
            { for scene.edges.iter().enumerate().filter_map(line) }
            { for scene.bodies.iter().enumerate().map(|(at, body)| mesh_name(at, body)) }
            { for scene.bands.iter().map(band_name) }
            { for scene.labels.iter().enumerate().map(|(at, one)| label(scene, at, one)) }
        </g>
    }
}

fn band(band: &Band) -> Html {
    html! { <g key={format!("band-{}", band.name)}>{ rect(&band.rect, "band", 14) }</g> }
}

fn band_name(band: &Band) -> Html {
    html! {
        <text key={format!("name-{}", band.name)} class="band-name" x={at(band.name_at.x)} y={at(band.name_at.y)}>
            { &band.name }
            if !band.note.is_empty() { { " · " }{ &band.note } }
        </text>
    }
}

/// The Virtual WAN: one body, so its parts are drawn twice, the second time without their borders.
fn wan(parts: &[Rect]) -> Html {
    let Some(first) = parts.first() else {
        return html! {};
    };
    html! {
        <g key="wan">
            { for parts.iter().map(|part| rect(part, "wan", 12)) }
            { for parts.iter().map(|part| rect(&part.grown(-0.7), "wan inner", 12)) }
            <text class="wan-name" x={at(first.x + 16.0)} y={at(first.y + 20.0)}>{ text::VIRTUAL_WAN }</text>
        </g>
    }
}

fn tint(key: usize, tint: &Tint) -> Html {
    let class = classes!(
        "tint",
        text::TINTS
            .get(usize::from(tint.environment) % text::TINTS.len())
            .copied()
    );
    html! {
        <g key={format!("tint{key}")} {class}>
            { rect(&tint.rect, "body", 9) }
            <text class="tint-name" x={at(tint.name_at.x)} y={at(tint.name_at.y)}>{ &tint.name }</text>
        </g>
    }
}

fn mesh_class(mesh: &Mesh) -> Classes {
    classes!(
        "mesh",
        match mesh.kind {
            MeshKind::Direct => "direct",
            MeshKind::Hubs => "hubs",
        }
    )
}

fn mesh(key: usize, mesh: &Mesh) -> Html {
    html! {
        <g key={format!("mesh{key}")} class={mesh_class(mesh)}>
            { for mesh.rects.iter().map(|part| rect(part, "part", 2)) }
        </g>
    }
}

/// What a body stands for, over the lines that cross it.
fn mesh_name(key: usize, mesh: &Mesh) -> Html {
    let words = classes!("label", "mesh-name", mesh.inside.then_some("inside"));
    html! {
        <g key={format!("mesh-name{key}")} class={mesh_class(mesh)}>
            <text class={words} x={at(mesh.label.at.x)} y={at(mesh.label.at.y)}>{ &mesh.label.text }</text>
        </g>
    }
}

fn label(scene: &Scene, key: usize, label: &Label) -> Html {
    let inside = scene.bands.iter().any(|band| band.rect.contains(label.at));
    let class = classes!(
        "label",
        label.green.then_some("green"),
        (!inside).then_some("out")
    );
    html! {
        <text key={format!("label{key}")} {class} x={at(label.at.x)} y={at(label.at.y)}>{ &label.text }</text>
    }
}

fn line(key: String, edge: &Edge, lost: bool) -> Html {
    let kind = match edge.kind {
        EdgeKind::Tunnel => Some("tunnel"),
        EdgeKind::Circuit => Some("circuit"),
        EdgeKind::NorthSouth => Some("north"),
        EdgeKind::Wan => Some("wan-line"),
        _ if edge.direct => Some("direct"),
        EdgeKind::GlobalPeering => Some("global"),
        EdgeKind::Peering | EdgeKind::Connection | EdgeKind::Group => None,
    };
    let down = (!edge.up).then_some("down");
    let direct = (edge.direct && edge.kind == EdgeKind::Tunnel).then_some("direct");
    html! { <path {key} class={classes!("edge", kind, direct, down, lost.then_some("gone"))} d={path_data(&edge.points, 8.0)} /> }
}

/// The boxes without their contents.
pub(super) fn boxes(props: &BoxesProps) -> Html {
    let body = |node: &Node| {
        let tint = node.environment.and_then(|at| {
            text::TINTS
                .get(usize::from(at) % text::TINTS.len())
                .copied()
        });
        let class = classes!(
            "place",
            role(node.role),
            ends(node.key, props.from, props.to),
            tint,
            gone(&props.lost, node.key),
            props.stubs.contains(&node.key).then_some("stub")
        );
        let radius = if node.role == Role::Hub { 9 } else { 7 };
        let own = Rect::new(0.0, 0.0, node.rect.w, node.rect.h);
        let behind = |by: f64| Rect::new(by, by, own.w, own.h);
        html! {
            <g key={node.key.word()} {class} transform={moved(node)}>
                if node.role == Role::Stack {
                    { rect(&behind(6.0), "box", 7) }{ rect(&behind(3.0), "box", 7) }
                }
                { rect(&own, "box", radius) }
            </g>
        }
    };
    html! { <g aria-hidden="true">{ for props.scene.nodes.iter().map(body) }</g> }
}

fn gone(lost: &Lost, key: NodeKey) -> Option<&'static str> {
    lost.nodes.contains(&key).then_some("gone")
}

fn moved(node: &Node) -> String {
    format!("translate({} {})", tenths(node.rect.x), tenths(node.rect.y))
}

/// Names, machines and what can be chosen.
pub(super) fn faces(props: &FacesProps) -> Html {
    let first = props.scene.nodes.first().map(|node| node.key);
    let stop = props
        .walker
        .filter(|key| props.scene.node(*key).is_some())
        .or(first);
    html! {
        <g class={detail(props.detail)}>
            { for props.scene.nodes.iter().map(|node| face(props, node, stop)) }
            { for props.scene.bands.iter().filter(|band| is_region(band)).map(plus) }
        </g>
    }
}

/// Bands that stand for regions of Azure.
fn is_region(band: &Band) -> bool {
    interspoke_core::region::is_known(&band.name)
}

/// Adds a VNet to a region. Its keyboard way is the key A on a box of the region.
fn plus(band: &Band) -> Html {
    // At the height of the name, at the other side.
    let (x, y) = (band.rect.right() - 18.0, band.name_at.y - 2.0);
    let label = text::canvas::add_vnet_to(&band.name);
    html! {
        <g key={format!("plus-{}", band.name)} class="plus" role="button" tabindex="-1" data-region={band.name.clone()} aria-label={label.clone()}>
            <title>{ label }</title>
            <circle cx={at(x)} cy={at(y)} r="12" />
            <path d={format!("M{} {}h10M{} {}v10", at(x - 5.0), at(y), at(x), at(y - 5.0))} />
        </g>
    }
}

fn detail(level: u8) -> &'static str {
    match level {
        0 | 1 => "near1",
        2 => "near2",
        _ => "near3",
    }
}

fn face(props: &FacesProps, node: &Node, stop: Option<NodeKey>) -> Html {
    let end = match (Some(node.key) == props.from, Some(node.key) == props.to) {
        (true, true) => Some("source and destination"),
        (true, false) => Some("source"),
        (false, true) => Some("destination"),
        (false, false) => None,
    };
    let marked = props.marked.contains(&node.key);
    let stub = props.stubs.contains(&node.key);
    let whole = Rect::new(0.0, 0.0, node.rect.w, node.rect.h);
    let near = f64::from(props.detail.clamp(1, 3));
    let names = if node.role == Role::Hub {
        hub_names(node, near)
    } else {
        box_names(node, near)
    };
    let (expanded, pressed) = match node.role {
        Role::Stack => (Some("false"), None),
        _ => (None, Some(end.is_some().to_string())),
    };
    html! {
        <g key={node.key.word()} class={classes!("node", role(node.role), gone(&props.lost, node.key), marked.then_some("marked"), stub.then_some("stub"))} data-node={node.key.word()} role="button"
            tabindex={if stop == Some(node.key) { "0" } else { "-1" }} aria-label={spoken(node, end, props.lost.nodes.contains(&node.key), stub)}
            aria-pressed={pressed} aria-expanded={expanded} transform={moved(node)}>
            { rect(&whole.grown(4.0), "halo", 10) }
            { rect(&whole, "hit", 7) }
            { names }
            { for node.machines.iter().map(|one| machine(node, one, near, props.lost.machines.contains(&one.key))) }
            { for end.or(stub.then_some(text::import::STUB)).map(|end| html! { <>{ " " }{ tag(node, end, props.upper.contains(&node.key)) }</> }) }
        </g>
    }
}

/// A hub's name and range: on one line where there is room, else under each other.
fn hub_names(node: &Node, near: f64) -> Html {
    let (left, right) = (15.0, node.rect.w - 15.0);
    let (x, y) = if node.one_line {
        (right, 20.0)
    } else {
        (left, 35.0)
    };
    let room = if node.one_line {
        right - left - letters(&node.detail) * 6.7 / near - 8.0
    } else {
        right - left
    };
    html! {
        <>
            { cut_line("name", (left, 20.0), &node.short, room * near / 7.8) }
            { " " }
            <text class={classes!("range", node.one_line.then_some("end"))} x={at(x)} y={at(y)}>{ &node.detail }</text>
        </>
    }
}

fn letters(text: &str) -> f64 {
    u32::try_from(text.chars().count()).map_or(f64::MAX, f64::from)
}

/// Name, range and what else there is room for, under each other; beside an icon where the box is wide enough.
fn box_names(node: &Node, near: f64) -> Html {
    let need = (letters(&node.short) * 7.8).max(letters(&node.detail) * 6.6) / near;
    let with_icon = need + 44.0 <= node.rect.w + 6.0;
    let x = if with_icon { 33.0 } else { 8.0 };
    let room = node.rect.w - x - 5.0;
    let top = if node.role == Role::Spoke && node.machines.is_empty() {
        (node.rect.h - 42.0) / 2.0
    } else {
        0.0
    };
    let (first, step) = (top + 14.0 + 4.0 / near, 15.0 / near);
    let rest: Vec<&String> = if near > 1.0 {
        node.more.iter().collect()
    } else {
        Vec::new()
    };
    let fits = |line: usize| {
        u32::try_from(line).is_ok_and(|line| first + step * f64::from(line) < node.rect.h - 3.0)
    };
    html! {
        <>
            if with_icon { { glyph(node) } }
            { cut_line("name", (x, first), &node.short, room * near / 7.8) }
            { " " }
            { cut_line("range", (x, first + step + 1.0), &node.detail, room * near / 6.6) }
            if !node.note.is_empty() {
                { " " }
                { cut_line("note", (x, first + 2.0 * step + 1.0), &node.note, room * near / 6.0) }
            }
            { for rest.into_iter().enumerate().filter(|(line, _)| fits(line + 2)).zip(2_u8..).map(|((_, words), number)| {
                cut_line("note", (x, first + f64::from(number) * step + 1.0), words, room * near / 6.2)
            }) }
        </>
    }
}

/// A word on the border of a chosen box, or of one that an import knows by reference alone, where no line of it comes from.
fn tag(node: &Node, word: &'static str, upper: bool) -> Html {
    let w = match word {
        text::import::STUB => 38.0,
        "source" => 50.0,
        "destination" => 78.0,
        _ => 134.0,
    };
    let edge = matches!(node.role, Role::Site | Role::Circuit | Role::Internet);
    let y = if edge || upper {
        -5.0
    } else {
        node.rect.h + 5.0
    };
    let x = node.rect.w / 2.0;
    html! {
        <g aria-hidden="true">
            <rect class="tagbox" x={at(x - w / 2.0)} y={at(y - 8.0)} width={at(w)} height="16" rx="8" />
            <text class="tag" x={at(x)} y={at(y + 4.0)}>{ word }</text>
        </g>
    }
}

fn spoken(node: &Node, end: Option<&str>, lost: bool, stub: bool) -> String {
    let what = match node.role {
        Role::Hub => "hub",
        Role::Spoke => "spoke",
        Role::Site => "on-premises",
        Role::Circuit => "ExpressRoute circuit",
        Role::Stack => "stack of spokes, opens in place",
        Role::Internet => "outside Azure",
    };
    let machines: Vec<String> = node
        .machines
        .iter()
        .map(|m| format!(", {} {}", m.name, m.label))
        .collect();
    let note = if node.note.is_empty() {
        String::new()
    } else {
        format!(", {}", node.note)
    };
    let mut end = end.map_or_else(String::new, |end| format!(", {end}"));
    if lost {
        end.push_str(", lost");
    }
    if stub {
        end.push_str(", ");
        end.push_str(text::import::STUB_LONG);
    }
    // What is written in the box comes first, as it stands there: who speaks to the page says what is seen.
    format!(
        "{}, {}{note}{}{end}, {what}",
        node.title,
        node.detail,
        machines.concat()
    )
}

fn glyph(node: &Node) -> Html {
    let lines = match node.role {
        Role::Site => "M3 15V3h7v12M10 7h4v8M1 15h14M5.5 6h2M5.5 9h2M5.5 12h2",
        Role::Circuit => "M1 8h14M4 5 1 8l3 3M12 5l3 3-3 3",
        Role::Internet => "M4.5 12.5a3 3 0 0 1-.4-6A4.3 4.3 0 0 1 12.4 7a2.8 2.8 0 0 1-.4 5.5Z",
        Role::Stack => "M2 5.5 8 2.5l6 3-6 3ZM2 8.5l6 3 6-3M2 11.5l6 3 6-3",
        Role::Hub | Role::Spoke => "M5 3 1 8l4 5M11 3l4 5-4 5",
    };
    html! {
        <g transform={format!("translate(11 {})", tenths(node.rect.h / 2.0 - 8.0))} aria-hidden="true">
            <path class="glyph" d={lines} />
            if node.role == Role::Spoke {
                <path class="glyph fill" d="M4.6 8a1.2 1.2 0 1 0 2.4 0 1.2 1.2 0 1 0-2.4 0M7.1 8a1.2 1.2 0 1 0 2.4 0 1.2 1.2 0 1 0-2.4 0" />
            }
        </g>
    }
}

fn machine(node: &Node, machine: &Machine, near: f64, lost: bool) -> Html {
    let r = &Rect::new(
        machine.rect.x - node.rect.x,
        machine.rect.y - node.rect.y,
        machine.rect.w,
        machine.rect.h,
    );
    let class = match machine.icon {
        Icon::Firewall => "firewall",
        Icon::Nva => "nva",
        Icon::Vpn => "vpn",
        Icon::ExpressRoute => "express",
        Icon::RouteServer => "server",
        Icon::Router => "router",
    };
    let words = machine.wide - r.w - 6.0;
    let written = fitted(&machine.name, words * near / 6.0);
    let x = r.right() + 6.0;
    html! {
        <g key={machine.name.clone()} class={classes!("machine", class, lost.then_some("gone"))} aria-hidden="true">
            if words < 12.0 || written != machine.name { <title>{ format!("{} {}", machine.name, machine.label) }</title> }
            { rect(r, "case", 4) }
            <path class="mark" d={mark(machine.icon, r)} />
            if words >= 12.0 {
                { " " }
                <text class="who" x={at(x)} y={at(r.y + 11.0)}>{ written }</text>
                { " " }
                <text class="ip" x={at(x)} y={at(r.y + 23.0)}>{ &machine.label }</text>
            }
        </g>
    }
}

/// The drawing inside a machine's case.
fn mark(icon: Icon, r: &Rect) -> String {
    let c = r.center();
    match icon {
        Icon::Firewall => bricks(r),
        Icon::Nva | Icon::RouteServer => format!(
            "M{} {}h14m-4-4 4 4-4 4M{} {}h-14m4-4-4 4 4 4",
            tenths(c.x - 4.0),
            tenths(c.y - 5.0),
            tenths(c.x + 4.0),
            tenths(c.y + 5.0)
        ),
        Icon::Vpn => format!(
            "M{} {}v-3.5a4 4 0 0 1 8 0v3.5M{} {}h12v9h-12zM{} {}v3",
            tenths(c.x - 4.0),
            tenths(c.y - 1.5),
            tenths(c.x - 6.0),
            tenths(c.y - 1.5),
            tenths(c.x),
            tenths(c.y + 1.5)
        ),
        Icon::ExpressRoute => format!("M{} {}l9-9m-3 12 9-9", tenths(c.x - 9.0), tenths(c.y + 4.0)),
        Icon::Router => format!(
            "M{} {}m-9 0a9 9 0 1 0 18 0a9 9 0 1 0-18 0m3.5 0h11M{} {}v11m-2-9 2-2 2 2m-4 7 2 2 2-2m3.5-7.5 2 2-2 2m-7-4-2 2 2 2",
            tenths(c.x),
            tenths(c.y),
            tenths(c.x),
            tenths(c.y - 5.5)
        ),
    }
}

/// Three courses of bricks.
fn bricks(r: &Rect) -> String {
    let course = r.h / 3.0;
    let mut path = format!(
        "M{} {}h{}M{} {}h{}",
        tenths(r.x),
        tenths(r.y + course),
        tenths(r.w),
        tenths(r.x),
        tenths(r.y + 2.0 * course),
        tenths(r.w)
    );
    let brick = r.w / 4.0;
    for row in 0..3_u8 {
        let shift = if row % 2 == 0 { 1.0 } else { 0.5 };
        for column in 0..4_u8 {
            let x = r.x + brick * (shift + f64::from(column));
            if x < r.right() - 1.0 {
                path.push_str(&format!(
                    "M{} {}v{}",
                    tenths(x),
                    tenths(r.y + course * f64::from(row)),
                    tenths(course)
                ));
            }
        }
    }
    path
}

fn role(role: Role) -> &'static str {
    match role {
        Role::Hub => "hub",
        Role::Spoke => "spoke",
        Role::Site => "site",
        Role::Circuit => "circuit",
        Role::Stack => "stack",
        Role::Internet => "internet",
    }
}

fn ends(key: NodeKey, from: Option<NodeKey>, to: Option<NodeKey>) -> Classes {
    classes!(
        (Some(key) == from).then_some("from"),
        (Some(key) == to).then_some("to")
    )
}

/// A line of a box. What is cut is no name to call a box by: it is not read out, the label has the whole of it.
fn cut_line(class: &'static str, (x, y): (f64, f64), text: &str, room: f64) -> Html {
    let written = fitted(text, room);
    let is_cut = (written != text).then_some("true");
    html! { <text {class} x={at(x)} y={at(y)} aria-hidden={is_cut}>{ written }</text> }
}

/// A text cut to a number of characters; the whole of it is in the label and in the table.
fn fitted(text: &str, room: f64) -> String {
    let fits = |n: usize| u32::try_from(n).is_ok_and(|n| f64::from(n) <= room);
    if fits(text.chars().count()) {
        return text.to_owned();
    }
    let kept = text.chars().enumerate().take_while(|(i, _)| fits(i + 2));
    kept.map(|(_, c)| c).chain(std::iter::once('…')).collect()
}

/// A coordinate with one decimal.
pub(super) fn at(value: f64) -> String {
    tenths(value)
}

fn rect(r: &Rect, class: &'static str, radius: u8) -> Html {
    html! {
        <rect {class} x={at(r.x)} y={at(r.y)} width={at(r.w)} height={at(r.h)} rx={radius.to_string()} />
    }
}
