//! The path over the boxes: request and reply, numbered stops for the direction that the card shows, a cross where a
//! packet is lost.

use super::marks::at;
use crate::scene::tenths;
use crate::scene::{Overlay, Point, Track, path_data};
use crate::state::Way;
use std::rc::Rc;
use yew::prelude::*;

#[derive(PartialEq, Debug, Clone)]
pub(super) struct TracksProps {
    pub(super) overlay: Rc<Overlay>,
    pub(super) way: Way,
}

/// Both directions, under the names.
pub(super) fn tracks(props: &TracksProps) -> Html {
    let both = [
        (props.overlay.back.as_ref(), "back"),
        (props.overlay.forward.as_ref(), "forward"),
    ];
    html! {
        <g aria-hidden="true">
            { for both.into_iter().filter_map(|(track, class)| Some(line(track?, class))) }
        </g>
    }
}

/// The numbers of the direction that the card shows, and the crosses, over everything.
pub(super) fn stops(props: &TracksProps) -> Html {
    let (forward, back) = (props.overlay.forward.as_ref(), props.overlay.back.as_ref());
    let (shown, class) = match props.way {
        Way::Back if back.is_some() => (back, "back"),
        _ => (forward, "forward"),
    };
    html! {
        <g class="stops" aria-hidden="true">
            { for shown.iter().flat_map(|track| &track.stops).map(|s| stop(s.number, s.at, class)) }
            { for [forward, back].into_iter().flatten().filter_map(lost) }
        </g>
    }
}

fn line(track: &Track, class: &'static str) -> Html {
    let d = path_data(&track.points, 6.0);
    html! {
        <g key={class}>
            <path class="track under" d={d.clone()} />
            <path class={classes!("track", class)} {d} />
            { arrow(&track.points, class) }
        </g>
    }
}

/// A head in the middle of the longest stretch: it says which way, and no stop covers it.
fn arrow(points: &[Point], class: &'static str) -> Html {
    let longest = points
        .windows(2)
        .filter_map(|pair| Some((*pair.first()?, *pair.last()?)))
        .max_by(|a, b| a.0.distance(a.1).total_cmp(&b.0.distance(b.1)));
    let Some((a, b)) = longest.filter(|(a, b)| a.distance(*b) > 30.0) else {
        return html! {};
    };
    let tip = a.toward(b, 0.36);
    let angle = (b.y - a.y).atan2(b.x - a.x).to_degrees();
    html! {
        <path class={classes!("arrow", class)} d="M7 0-5 5.5-5-5.5Z"
            transform={format!("translate({} {}) rotate({})", tenths(tip.x), tenths(tip.y), tenths(angle))} />
    }
}

fn stop(number: usize, point: Point, class: &'static str) -> Html {
    html! {
        <g key={number} class={classes!("stop", class)}>
            <circle cx={at(point.x)} cy={at(point.y)} r="9.5" />
            <text x={at(point.x)} y={at(point.y + 4.0)}>{ number }</text>
        </g>
    }
}

/// A cross where the packet is lost, and why in a word.
fn lost(track: &Track) -> Option<Html> {
    let Point { x, y } = track.cross?;
    Some(html! {
        <g class="lost">
            <circle cx={at(x)} cy={at(y)} r="9.5" />
            <path d={format!("M{} {}l7 7m0-7-7 7", tenths(x - 3.5), tenths(y - 3.5))} />
            { for track.why.iter().map(|why| html! { <text x={at(why.at.x)} y={at(why.at.y)}>{ &why.text }</text> }) }
        </g>
    })
}
