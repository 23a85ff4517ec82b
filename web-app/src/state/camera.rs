//! What part of the picture is seen: one scale and one shift, applied outside the scene.

use super::CameraMsg;
use crate::scene::{tenths, thousandths};

/// The picture's points are shown at `p * scale + (x, y)`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Camera {
    /// 1 shows everything.
    pub scale: f64,
    /// Shift to the right.
    pub x: f64,
    /// Shift down.
    pub y: f64,
}

impl Default for Camera {
    /// Everything in sight.
    fn default() -> Self {
        Self {
            scale: 1.0,
            x: 0.0,
            y: 0.0,
        }
    }
}

impl Camera {
    const CLOSEST: f64 = 8.0;
    /// Nothing is shown smaller than it is laid out: texts would be too small to read.
    const FURTHEST: f64 = 1.0;

    /// After a movement.
    #[must_use]
    pub fn moved(self, msg: CameraMsg) -> Self {
        match msg {
            CameraMsg::Fit => Self::default(),
            CameraMsg::Step(factor) => self.moved(CameraMsg::Zoom(factor, self.x, self.y)),
            CameraMsg::Pan(dx, dy) => Self {
                x: self.x + dx,
                y: self.y + dy,
                ..self
            },
            CameraMsg::Zoom(factor, x, y) => {
                let scale = (self.scale * factor).clamp(Self::FURTHEST, Self::CLOSEST);
                let grown = scale / self.scale;
                Self {
                    scale,
                    x: x - (x - self.x) * grown,
                    y: y - (y - self.y) * grown,
                }
            }
        }
    }

    /// How much of each box is told: 1 names and ranges, 2 and 3 with its subnets. Texts are drawn smaller in the
    /// picture by as much as it is shown larger.
    #[must_use]
    pub fn detail(self) -> u8 {
        match self.scale {
            scale if scale >= 3.4 => 3,
            scale if scale >= 1.9 => 2,
            _ => 1,
        }
    }

    /// The value of the `transform` attribute.
    #[must_use]
    pub fn transform(self) -> String {
        format!(
            "translate({} {}) scale({})",
            tenths(self.x),
            tenths(self.y),
            thousandths(self.scale)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zooming_keeps_the_point_under_the_pointer() {
        let before = Camera {
            scale: 1.5,
            x: 10.0,
            y: -4.0,
        };
        let after = before.moved(CameraMsg::Zoom(1.2, 100.0, 50.0));
        let seen = |c: Camera, x: f64, y: f64| ((x - c.x) / c.scale, (y - c.y) / c.scale);
        let (a, b) = (seen(before, 100.0, 50.0), seen(after, 100.0, 50.0));
        assert!((a.0 - b.0).abs() < 1e-9 && (a.1 - b.1).abs() < 1e-9);
    }

    #[test]
    fn the_scale_stays_in_range() {
        let mut camera = Camera::default();
        for _ in 0..50 {
            camera = camera.moved(CameraMsg::Zoom(2.0, 0.0, 0.0));
        }
        assert!(camera.scale <= Camera::CLOSEST);
        assert_eq!(camera.moved(CameraMsg::Fit), Camera::default());
    }
}
