//! How boxes fill the room there is: spokes in rows under their hubs, groups beside or under each other in their
//! region, regions in lines.
//!
//! The rule: of all ways to break regions into lines and spokes into rows, at three sizes of boxes, the one is taken
//! that fits the height best with the fewest rows. All parts are placed from their own corner and moved together.
//!
//! | part | holds |
//! |---|---|
//! | block | the boxes of one environment of a hub, in rows; beyond one row with a channel for the lines down |
//! | group | hubs above their blocks |
//! | cell | a region: hubs of the Virtual WAN above, then its groups |
//! | line | cells beside each other |

use super::measure::count;
use super::{NodeKey, Rect};

/// Boxes in a row at most: up to here lines from a hub are straight.
const MOST_COLUMNS: usize = 8;
const CHANNEL: f64 = 14.0;
const TINT_PAD: f64 = 9.0;
const TINT_NAME: f64 = 19.0;
const DROP: f64 = 46.0;
const BAND_PAD: f64 = 11.0;
const BAND_HEAD: f64 = 32.0;
const BAND_FOOT: f64 = 29.0;
const WAN_HEAD: f64 = 30.0;
const WAN_FOOT: f64 = 12.0;
const WAN_DROP: f64 = 26.0;
const CELL_GAP: f64 = 20.0;

/// Sizes of one way to draw.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sizes {
    pub(super) box_w: f64,
    pub(super) box_h: f64,
    pub(super) gap: f64,
    /// Between two rows.
    pub(super) row_gap: f64,
    /// Under the last row, for direct links.
    pub(super) below: f64,
    /// At the right of a group, for direct links between its rows.
    pub(super) gutter: f64,
    /// Over the hubs of a line, for links between hubs.
    pub(super) above: f64,
    /// Between two lines of regions.
    pub(super) line_gap: f64,
    /// At the left and right of all lines.
    pub(super) margins: (f64, f64),
}

/// A box of a hub: its key and size.
pub(super) type HubBox = (NodeKey, f64, f64);

/// Boxes of one environment.
pub(super) struct Keys {
    pub(super) environment: Option<u8>,
    pub(super) keys: Vec<NodeKey>,
}

/// A group to be placed.
pub(super) struct GroupKeys {
    pub(super) hubs: Vec<NodeKey>,
    pub(super) blocks: Vec<Keys>,
}

/// A region to be placed.
pub(super) struct CellKeys {
    pub(super) wan: Vec<NodeKey>,
    pub(super) groups: Vec<GroupKeys>,
}

/// A placed box, and what lines to it need to know.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spot {
    pub(super) key: NodeKey,
    pub(super) rect: Rect,
    /// A straight line from its hub meets no other box.
    pub(super) first: bool,
    /// Where lines go down through the rows of its group.
    pub(super) channel: f64,
    /// Just above the first row of its group.
    pub(super) entry: f64,
    /// Where direct links go down at the side of its group.
    pub(super) gutter: f64,
    /// Its group in the region.
    pub(super) group: usize,
    /// Its region.
    pub(super) cell: usize,
    /// The line of regions it stands in.
    pub(super) line: usize,
}

/// Placed boxes from a corner.
#[derive(Debug, Clone, Default)]
pub(super) struct Part {
    pub(super) w: f64,
    pub(super) h: f64,
    pub(super) spots: Vec<Spot>,
    pub(super) tints: Vec<(u8, Rect)>,
    /// Rows beyond the first of any block: the fewer the better.
    pub(super) folds: usize,
}

impl Part {
    fn shifted(mut self, dx: f64, dy: f64) -> Self {
        for spot in &mut self.spots {
            spot.rect.x += dx;
            spot.rect.y += dy;
            spot.channel += dx;
            spot.entry += dy;
            spot.gutter += dx;
        }
        for (_, rect) in &mut self.tints {
            rect.x += dx;
            rect.y += dy;
        }
        self
    }

    fn take(&mut self, other: Self) {
        self.spots.extend(other.spots);
        self.tints.extend(other.tints);
        self.folds += other.folds;
    }
}

/// A placed region.
#[derive(Debug, Clone)]
pub(super) struct Cell {
    /// Its band.
    pub(super) band: Rect,
    /// The part of the Virtual WAN above it.
    pub(super) wan: Option<Rect>,
    /// The line it stands in.
    pub(super) line: usize,
}

/// Everything placed.
#[derive(Debug, Clone, Default)]
pub(super) struct Placed {
    pub(super) part: Part,
    pub(super) cells: Vec<Cell>,
    /// Lower edges of the lines of regions.
    pub(super) floors: Vec<f64>,
}

/// A block in a number of columns.
fn block(keys: &Keys, columns: usize, split: bool, sizes: &Sizes) -> Part {
    let n = keys.keys.len();
    let rows = n.div_ceil(columns.max(1)).max(1);
    let columns = n.div_ceil(rows).max(1);
    let split = split || rows > 1;
    let (step, left) = (sizes.box_w + sizes.gap, columns.div_ceil(2));
    let wide = if split { CHANNEL } else { 0.0 };
    let tinted = keys.environment.is_some();
    let (pad, name) = if tinted {
        (TINT_PAD, TINT_NAME)
    } else {
        (0.0, 0.0)
    };
    let channel = pad + count(left) * step - sizes.gap / 2.0 + wide / 2.0;
    let mut part = Part {
        w: count(columns) * step - sizes.gap + wide + 2.0 * pad,
        h: count(rows) * (sizes.box_h + sizes.row_gap) - sizes.row_gap + sizes.below + pad + name,
        folds: rows - 1,
        ..Part::default()
    };
    if columns == 1 && split {
        part.w += sizes.gap;
    }
    for (at, key) in keys.keys.iter().enumerate() {
        let (row, column) = (at / columns, at % columns);
        let here = columns.min(n - row * columns);
        let own_left = if here == columns {
            left
        } else {
            here.div_ceil(2)
        };
        let x = if column < own_left {
            count(left - own_left + column) * step
        } else {
            count(left + column - own_left) * step + wide
        };
        let y = pad + count(row) * (sizes.box_h + sizes.row_gap);
        part.spots.push(Spot {
            key: *key,
            rect: Rect::new(pad + x, y, sizes.box_w, sizes.box_h),
            first: row == 0,
            channel,
            entry: 0.0,
            gutter: 0.0,
            group: 0,
            cell: 0,
            line: 0,
        });
    }
    if let Some(environment) = keys.environment {
        part.tints
            .push((environment, Rect::new(0.0, 0.0, part.w, part.h)));
    }
    part
}

/// Blocks of a group: beside each other where their columns find room, else under each other.
fn blocks(all: &[Keys], avail: f64, sizes: &Sizes) -> Part {
    let beside = beside(all, avail, sizes);
    if all.len() < 2 {
        return beside.unwrap_or_default();
    }
    match beside {
        Some(beside) => {
            let under = under(all, avail, sizes);
            if beside.h <= under.h { beside } else { under }
        }
        None => under(all, avail, sizes),
    }
}

fn beside(all: &[Keys], avail: f64, sizes: &Sizes) -> Option<Part> {
    let mut columns: Vec<usize> = all
        .iter()
        .map(|block| block.keys.len().clamp(1, MOST_COLUMNS))
        .collect();
    let gap = sizes.gap + 4.0;
    let gaps = (count(all.len()) - 1.0).max(0.0) * gap;
    loop {
        let parts: Vec<Part> = all
            .iter()
            .zip(&columns)
            .map(|(keys, columns)| block(keys, *columns, false, sizes))
            .collect();
        let w = parts.iter().map(|part| part.w).sum::<f64>() + gaps;
        let widest = columns.iter_mut().max();
        match widest {
            Some(widest) if w > avail && *widest > 1 => *widest -= 1,
            _ if w > avail && all.len() > 1 => return None,
            _ => {
                let mut whole = row(parts, gap, w);
                // Bodies beside each other are of one height.
                let h = whole.h;
                whole.tints.iter_mut().for_each(|(_, rect)| rect.h = h);
                return Some(whole);
            }
        }
    }
}

fn row(parts: Vec<Part>, gap: f64, w: f64) -> Part {
    let h = parts.iter().map(|part| part.h).fold(0.0, f64::max);
    let mut whole = Part {
        w,
        h,
        ..Part::default()
    };
    let mut x = 0.0;
    for part in parts {
        let wide = part.w;
        whole.take(part.shifted(x, 0.0));
        x += wide + gap;
    }
    whole
}

/// Under each other, their channels in one line.
fn under(all: &[Keys], avail: f64, sizes: &Sizes) -> Part {
    let parts: Vec<Part> = all
        .iter()
        .map(|keys| {
            let mut columns = keys.keys.len().clamp(1, MOST_COLUMNS);
            loop {
                let part = block(keys, columns, true, sizes);
                if part.w <= avail || columns == 1 {
                    return part;
                }
                columns -= 1;
            }
        })
        .collect();
    let channel = |part: &Part| part.spots.first().map_or(part.w / 2.0, |spot| spot.channel);
    let left = parts.iter().map(channel).fold(0.0, f64::max);
    let right = parts
        .iter()
        .map(|part| part.w - channel(part))
        .fold(0.0, f64::max);
    let (mut whole, mut y) = (Part::default(), 0.0);
    for (at, mut part) in parts.into_iter().enumerate() {
        let dx = left - channel(&part);
        if at > 0 {
            part.spots.iter_mut().for_each(|spot| spot.first = false);
            whole.folds += 1;
        }
        let high = part.h;
        whole.take(part.shifted(dx, y));
        y += high + sizes.row_gap.max(16.0);
    }
    whole.w = left + right;
    whole.h = y - sizes.row_gap.max(16.0);
    whole
}

/// A group: hubs above their blocks. `level` is the height that all hubs of the line share.
fn group(keys: &GroupKeys, hubs: &[HubBox], avail: f64, level: f64, sizes: &Sizes) -> Part {
    let mut below = if keys.blocks.is_empty() {
        Part::default()
    } else {
        blocks(&keys.blocks, avail - sizes.gutter, sizes)
    };
    let own: Vec<&HubBox> = keys
        .hubs
        .iter()
        .filter_map(|key| hubs.iter().find(|hub| hub.0 == *key))
        .collect();
    let gap = sizes.gap.max(16.0);
    let hubs_w = own.iter().map(|hub| hub.1).sum::<f64>() + gap * (count(own.len()) - 1.0).max(0.0);
    let w = (below.w + sizes.gutter).max(hubs_w);
    let drop = if level > 0.0 { level + DROP } else { 0.0 };
    let dx = ((w - below.w) / 2.0)
        .min(w - below.w - sizes.gutter)
        .max(0.0);
    for spot in &mut below.spots {
        spot.entry = -11.0;
    }
    let h = if below.spots.is_empty() {
        level
    } else {
        drop + below.h
    };
    let below_w = below.w;
    let mut whole = below.shifted(dx, drop);
    for spot in &mut whole.spots {
        spot.gutter = dx + below_w + 6.0;
    }
    let mut x = (w - hubs_w) / 2.0;
    for (key, wide, high) in own {
        let rect = Rect::new(x, (level - high) / 2.0, *wide, *high);
        whole.spots.push(hub_spot(*key, rect));
        x += wide + gap;
    }
    (whole.w, whole.h) = (w, h);
    whole
}

fn hub_spot(key: NodeKey, rect: Rect) -> Spot {
    Spot {
        key,
        rect,
        first: true,
        channel: rect.center().x,
        entry: rect.y,
        gutter: rect.right() + 6.0,
        group: 0,
        cell: 0,
        line: 0,
    }
}

/// Groups of a cell, beside each other where they find room, else under each other.
fn groups(cell: &CellKeys, hubs: &[HubBox], avail: f64, level: f64, sizes: &Sizes) -> Part {
    let gap = sizes.gap + 12.0;
    let natural: Vec<f64> = cell
        .groups
        .iter()
        .map(|keys| group(keys, hubs, f64::INFINITY, level, sizes).w)
        .collect();
    let widths = shares(
        &natural,
        avail - gap * (count(natural.len()) - 1.0).max(0.0),
    );
    let parts: Vec<Part> = cell
        .groups
        .iter()
        .zip(widths)
        .enumerate()
        .map(|(at, (keys, w))| numbered(group(keys, hubs, w, level, sizes), at))
        .collect();
    let w =
        parts.iter().map(|part| part.w).sum::<f64>() + gap * (count(parts.len()) - 1.0).max(0.0);
    if w <= avail + 0.5 || parts.len() < 2 {
        return row(parts, gap, w);
    }
    let (mut whole, mut y) = (Part::default(), 0.0);
    for (at, keys) in cell.groups.iter().enumerate() {
        let own = if keys.hubs.is_empty() { 0.0 } else { level };
        let part = numbered(group(keys, hubs, avail - sizes.gutter, own, sizes), at);
        whole.w = whole.w.max(part.w);
        let (dx, high) = ((avail - sizes.gutter - part.w).max(0.0) / 2.0, part.h);
        whole.take(part.shifted(dx, y));
        y += high + 34.0;
    }
    whole.w = (whole.w + sizes.gutter).max(avail);
    whole.h = y - 34.0;
    // Links between groups go down beside all of them.
    let gutter = whole.w - sizes.gutter + 6.0;
    whole.spots.iter_mut().for_each(|spot| spot.gutter = gutter);
    whole.folds += 1;
    whole
}

fn numbered(mut part: Part, group: usize) -> Part {
    part.spots.iter_mut().for_each(|spot| spot.group = group);
    part
}

/// Widths for parts that would like more than there is: the narrow keep theirs, the others share the rest.
fn shares(natural: &[f64], avail: f64) -> Vec<f64> {
    let mut order: Vec<f64> = natural.to_vec();
    order.sort_by(f64::total_cmp);
    let (mut left, mut many) = (avail, count(natural.len()));
    for one in order {
        if one * many > left {
            break;
        }
        left -= one;
        many -= 1.0;
    }
    let most = if many > 0.0 {
        left / many
    } else {
        f64::INFINITY
    };
    natural.iter().map(|one| one.min(most.max(0.0))).collect()
}

/// What a line of cells shares.
struct Line {
    /// Height of the hubs of Virtual WAN.
    wan: f64,
    /// Height of the other hubs.
    level: f64,
}

/// Places cells, `many` to a line.
pub(super) fn grid(
    cells: &[CellKeys],
    hubs: &[HubBox],
    many: usize,
    w: f64,
    sizes: &Sizes,
) -> Placed {
    let mut placed = Placed::default();
    let inner = w - sizes.margins.0 - sizes.margins.1;
    let mut y = 0.0;
    let mut at = 0;
    let lines = cells.len().div_ceil(many.max(1)).max(1);
    // Lines of even length: five regions are three and two, not four and one.
    let many = cells.len().div_ceil(lines).max(1);
    for (line, chunk) in cells.chunks(many).enumerate() {
        let tall = |keys: &mut dyn Iterator<Item = &NodeKey>| {
            let all = keys.filter_map(|key| hubs.iter().find(|hub| hub.0 == *key));
            all.map(|hub| hub.2).fold(0.0, f64::max)
        };
        let shared = Line {
            wan: tall(&mut chunk.iter().flat_map(|cell| &cell.wan)),
            level: tall(
                &mut chunk
                    .iter()
                    .flat_map(|c| c.groups.iter().flat_map(|g| &g.hubs)),
            ),
        };
        let gaps = CELL_GAP * (count(chunk.len()) - 1.0);
        let natural: Vec<f64> = chunk
            .iter()
            .map(|cell| one_cell(cell, hubs, f64::INFINITY, &shared, sizes).0.w)
            .collect();
        let mut widths = shares(&natural, inner - gaps);
        let used: f64 = widths.iter().sum();
        let more = ((inner - gaps - used) / count(chunk.len())).clamp(0.0, 150.0);
        widths.iter_mut().for_each(|w| *w += more);
        let drawn: Vec<(Part, Option<f64>, f64)> = chunk
            .iter()
            .zip(&widths)
            .map(|(cell, w)| one_cell(cell, hubs, *w, &shared, sizes))
            .collect();
        let wide: Vec<f64> = drawn
            .iter()
            .zip(&widths)
            .map(|((part, ..), w)| part.w.max(*w))
            .collect();
        let all = wide.iter().sum::<f64>() + gaps;
        let high = drawn.iter().map(|(part, ..)| part.h).fold(0.0, f64::max);
        let mut x = sizes.margins.0 + ((inner - all) / 2.0).max(0.0);
        placed.part.w = placed.part.w.max(x + all + sizes.margins.1);
        for ((mut part, wan, top), w) in drawn.into_iter().zip(wide) {
            for spot in &mut part.spots {
                (spot.cell, spot.line) = (at, line);
            }
            let dx = x + (w - part.w) / 2.0;
            placed.part.take(part.shifted(dx, y));
            placed.cells.push(Cell {
                band: Rect::new(x, y + top, w, high - top),
                wan: wan.map(|wan| Rect::new(x, y, w, wan)),
                line,
            });
            x += w + CELL_GAP;
            at += 1;
        }
        y += high;
        placed.floors.push(y);
        y += sizes.line_gap;
    }
    placed.part.h = y - sizes.line_gap;
    placed
}

/// A region from the corner of its line: its boxes, the height of its part of the Virtual WAN, where its band begins.
fn one_cell(
    cell: &CellKeys,
    hubs: &[HubBox],
    w: f64,
    line: &Line,
    sizes: &Sizes,
) -> (Part, Option<f64>, f64) {
    let avail = w - 2.0 * BAND_PAD;
    let wan = (line.wan > 0.0).then_some(WAN_HEAD + sizes.above + line.wan + WAN_FOOT);
    let head = if wan.is_some() {
        14.0
    } else {
        BAND_HEAD + sizes.above
    };
    // Spokes of a hub of the Virtual WAN stand level with the hubs of the band, if any.
    let part = if wan.is_some() {
        let own = |keys: &GroupKeys| !keys.hubs.is_empty();
        let level = if cell.groups.iter().any(own) {
            line.level
        } else {
            0.0
        };
        groups(cell, hubs, avail, level, sizes)
    } else {
        groups(cell, hubs, avail, line.level, sizes)
    };
    let top = wan.map_or(0.0, |wan| wan + WAN_DROP);
    let (inner, high) = (part.w, part.h);
    let mut whole = part.shifted(BAND_PAD, top + head);
    let own: Vec<&HubBox> = cell
        .wan
        .iter()
        .filter_map(|key| hubs.iter().find(|hub| hub.0 == *key))
        .collect();
    let hubs_w = own.iter().map(|hub| hub.1 + 16.0).sum::<f64>() - 16.0;
    let wide = inner.max(hubs_w).max(140.0);
    if wide > inner {
        whole = whole.shifted((wide - inner) / 2.0, 0.0);
    }
    let mut x = BAND_PAD + (wide - hubs_w) / 2.0;
    for (key, w, h) in own {
        let y = WAN_HEAD + sizes.above + (line.wan - h) / 2.0;
        whole.spots.push(hub_spot(*key, Rect::new(x, y, *w, *h)));
        x += w + 16.0;
    }
    whole.w = wide + 2.0 * BAND_PAD;
    let foot = if wan.is_some() { BAND_FOOT } else { BAND_PAD };
    whole.h = top + head + high + foot;
    (whole, wan, top)
}
