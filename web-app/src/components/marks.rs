//! The scene in three layers, so that a path runs over the boxes and under the names: ground, boxes, faces.

use crate::scene::tenths;
use crate::scene::{
    Band, Edge, EdgeKind, Icon, Machine, NAME_ASIDE, Node, NodeKey, Rect, Role, Scene, gateways_at,
    path_data,
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
}

#[derive(PartialEq, Debug)]
pub(super) struct BoxesProps {
    pub(super) scene: Shared<Scene>,
    pub(super) from: Option<NodeKey>,
    pub(super) to: Option<NodeKey>,
}

#[derive(PartialEq, Debug)]
pub(super) struct FacesProps {
    pub(super) scene: Shared<Scene>,
    pub(super) from: Option<NodeKey>,
    pub(super) to: Option<NodeKey>,
    pub(super) walker: Option<NodeKey>,
    /// Boxes that are chosen together.
    pub(super) marked: Rc<Vec<NodeKey>>,
}

/// Regions, lines and their words.
pub(super) fn ground(props: &GroundProps) -> Html {
    let scene = &props.scene;
    html! {
        <g aria-hidden="true">
            { for scene.bands.iter().map(|band| html! {
                <g key={format!("band-{}", band.name)}>
                    { rect(&band.rect, "band", 14) }
                    <text class="band-name" x={at(band.name_at.x)} y={at(band.name_at.y)}>{ &band.name }</text>
                </g>
            }) }
            { for scene.edges.iter().enumerate().filter(|(i, _)| !props.taken.contains(i)).map(|(i, e)| edge(i, e)) }
            { for scene.labels.iter().enumerate().map(|(i, label)| {
                let inside = scene.bands.iter().any(|band| band.rect.contains(label.at));
                html! {
                    <text key={format!("label{i}")} class={classes!("label", (!inside).then_some("out"))}
                        x={at(label.at.x)} y={at(label.at.y)}>{ &label.text }</text>
                }
            }) }
        </g>
    }
}

/// The boxes without their contents.
pub(super) fn boxes(props: &BoxesProps) -> Html {
    let body = |node: &Node| {
        let class = classes!(role(node.role), ends(node.key, props.from, props.to));
        let radius = if node.role == Role::Hub { 9 } else { 7 };
        html! { <g key={node.key.word()} {class}>{ rect(&node.rect, "box", radius) }</g> }
    };
    html! { <g aria-hidden="true">{ for props.scene.nodes.iter().map(body) }</g> }
}

/// Names, machines and what can be chosen.
pub(super) fn faces(props: &FacesProps) -> Html {
    let first = props.scene.nodes.first().map(|node| node.key);
    let stop = props
        .walker
        .filter(|key| props.scene.node(*key).is_some())
        .or(first);
    html! {
        <g>
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
    // In the upper corner that the name leaves free.
    let named_left = band.name_at.x < band.rect.center().x;
    let x = if named_left {
        band.rect.right() - 20.0
    } else {
        band.rect.x + 20.0
    };
    let y = band.rect.y + 20.0;
    let label = text::canvas::add_vnet_to(&band.name);
    html! {
        <g key={format!("plus-{}", band.name)} class="plus" role="button" tabindex="-1" data-region={band.name.clone()} aria-label={label.clone()}>
            <title>{ label }</title>
            <circle cx={at(x)} cy={at(y)} r="12" />
            <path d={format!("M{} {}h10M{} {}v10", at(x - 5.0), at(y), at(x), at(y - 5.0))} />
        </g>
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
    let names = if node.role == Role::Hub {
        hub_names(node)
    } else {
        box_names(node)
    };
    html! {
        <g key={node.key.word()} class={classes!("node", role(node.role), marked.then_some("marked"))} data-node={node.key.word()} role="button"
            tabindex={if stop == Some(node.key) { "0" } else { "-1" }} aria-label={spoken(node, end)}
            aria-pressed={end.is_some().to_string()}>
            { rect(&node.rect.grown(4.0), "halo", 10) }
            { rect(&node.rect, "hit", 7) }
            if node.role != Role::Hub { { glyph(node) } }
            { names }
            { for node.machines.iter().map(machine) }
            { for end.map(|end| html! { <>{ " " }{ tag(node, end) }</> }) }
        </g>
    }
}

/// A hub's name and range on one line.
fn hub_names(node: &Node) -> Html {
    let (at_left, at_right) = gateways_at(node);
    let aside = |moved: bool| if moved { 16.0 + NAME_ASIDE } else { 16.0 };
    let (left, right, y) = (
        node.rect.x + aside(at_left),
        node.rect.right() - aside(at_right),
        node.rect.y + 24.0,
    );
    let detail = f64::from(u32::try_from(node.detail.len()).unwrap_or(0));
    let room = (right - left - 12.0 - detail * 6.6) / 7.2;
    html! {
        <>
            <text class="name" x={at(left)} y={at(y)}>{ fitted(&node.title, room.max(8.0)) }</text>
            { " " }
            <text class="range end" x={at(right)} y={at(y)}>{ &node.detail }</text>
        </>
    }
}

/// Name and range under each other, beside the icon.
fn box_names(node: &Node) -> Html {
    let (x, y) = (node.rect.x + 36.0, node.rect.y + 22.0);
    let room = node.rect.w - 42.0;
    html! {
        <>
            <text class="name" x={at(x)} y={at(y)}>{ fitted(&node.title, room / 7.2) }</text>
            { " " }
            <text class="range" x={at(x)} y={at(y + 16.0)}>{ fitted(&node.detail, room / 6.3) }</text>
        </>
    }
}

/// A word on the border of a chosen box that no line of it comes from.
fn tag(node: &Node, word: &'static str) -> Html {
    let rect = &node.rect;
    let w = match word {
        "source" => 48.0,
        "destination" => 74.0,
        _ => 130.0,
    };
    let above = matches!(node.role, Role::Site | Role::Circuit);
    let y = if above { rect.y } else { rect.bottom() };
    let x = rect.center().x;
    html! {
        <g aria-hidden="true">
            <rect class="tagbox" x={at(x - w / 2.0)} y={at(y - 7.0)} width={at(w)} height="14" rx="7" />
            <text class="tag" x={at(x)} y={at(y + 3.5)}>{ word }</text>
        </g>
    }
}

fn spoken(node: &Node, end: Option<&str>) -> String {
    let what = match node.role {
        Role::Hub => "hub",
        Role::Spoke => "spoke",
        Role::Site => "on-premises",
        Role::Circuit => "ExpressRoute circuit",
    };
    let machines: Vec<String> = node
        .machines
        .iter()
        .map(|m| format!(", {} {}", m.name, m.label))
        .collect();
    let end = end.map_or_else(String::new, |end| format!(", {end}"));
    // What is written in the box comes first, as it stands there: who speaks to the page says what is seen.
    format!(
        "{}, {}{}{end}, {what}",
        node.title,
        node.detail,
        machines.concat()
    )
}

fn edge(key: usize, edge: &Edge) -> Html {
    let kind = match edge.kind {
        EdgeKind::Peering | EdgeKind::Connection => None,
        EdgeKind::GlobalPeering => Some("global"),
        EdgeKind::Tunnel => Some("tunnel"),
        EdgeKind::Circuit => Some("circuit"),
        EdgeKind::Group => Some("direct"),
    };
    let down = (!edge.up).then_some("down");
    html! { <path key={format!("edge{key}")} class={classes!("edge", kind, down)} d={path_data(&edge.points, 8.0)} /> }
}

fn glyph(node: &Node) -> Html {
    let (x, y) = (node.rect.x + 12.0, node.rect.center().y - 8.0);
    let lines = match node.role {
        Role::Site => "M3 15V3h7v12M10 7h4v8M1 15h14M5.5 6h2M5.5 9h2M5.5 12h2",
        Role::Circuit => "M1 8h14M4 5 1 8l3 3M12 5l3 3-3 3",
        Role::Hub | Role::Spoke => "M5 3 1 8l4 5M11 3l4 5-4 5",
    };
    html! {
        <g transform={format!("translate({} {})", tenths(x), tenths(y))} aria-hidden="true">
            <path class="glyph" d={lines} />
            if node.role == Role::Spoke {
                <path class="glyph fill" d="M4.6 8a1.2 1.2 0 1 0 2.4 0 1.2 1.2 0 1 0-2.4 0M7.1 8a1.2 1.2 0 1 0 2.4 0 1.2 1.2 0 1 0-2.4 0" />
            }
        </g>
    }
}

fn machine(machine: &Machine) -> Html {
    let r = &machine.rect;
    let class = match machine.icon {
        Icon::Firewall => "firewall",
        Icon::Nva => "nva",
        Icon::Vpn => "vpn",
        Icon::ExpressRoute => "express",
        Icon::RouteServer => "server",
    };
    // Where the whole name stands there, it needs no telling.
    let written = fitted(&machine.name, r.w / 5.6);
    html! {
        <g key={machine.name.clone()} class={classes!("machine", class)} aria-hidden="true">
            if written != machine.name { <title>{ &machine.name }</title> }
            { rect(r, "case", 4) }
            <path class="mark" d={mark(machine)} />
            { " " }
            <text class="who" x={at(r.center().x)} y={at(r.y - 17.0)}>{ written }</text>
            { " " }
            <text class="ip" x={at(r.center().x)} y={at(r.y - 6.0)}>{ &machine.label }</text>
        </g>
    }
}

/// The drawing inside a machine's case.
fn mark(machine: &Machine) -> String {
    let r = &machine.rect;
    let c = r.center();
    match machine.icon {
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
    }
}

fn ends(key: NodeKey, from: Option<NodeKey>, to: Option<NodeKey>) -> Classes {
    classes!(
        (Some(key) == from).then_some("from"),
        (Some(key) == to).then_some("to")
    )
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
    tenths(value).to_string()
}

fn rect(r: &Rect, class: &'static str, radius: u8) -> Html {
    html! {
        <rect {class} x={at(r.x)} y={at(r.y)} width={at(r.w)} height={at(r.h)} rx={radius.to_string()} />
    }
}
