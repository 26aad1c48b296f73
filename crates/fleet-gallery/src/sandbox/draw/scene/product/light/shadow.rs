//! What stands in the light: the object's shadow and its reflection, and the shadow of a branch. Soft shadows are
//! several thin ones, sharper near the foot than at the far end, as real ones are.

use std::fmt::Write;

use super::super::super::Brief;
use super::super::Stage;
use super::super::objects::{Object, Stance};
use super::{Light, Shadow, Source};

impl Light {
    /// The object's shadows, and the dark line where it touches.
    pub(in super::super) fn shadow(
        &self,
        svg: &mut String,
        brief: &mut Brief,
        stage: &Stage,
        object: &Object,
        glossy: bool,
    ) {
        let ((x, y), scale) = (stage.place, stage.scale);
        let dark = brief.palette.dark;
        if object.stance != Stance::Stands {
            return self.drop_shadow(svg, stage, object, dark);
        }
        let strength = if glossy { 0.6 } else { 1.0 } * if self.dark() { 1.3 } else { 1.0 };
        // How far it leans to the right, and how far back (or, below zero, to the front), for each unit of height.
        let casts: &[(f64, f64, f64)] = match (self.shadow, self.source) {
            (Shadow::None, _) | (Shadow::Mirror, _) => &[],
            (_, Source::Rim) => &[(0.2, -0.55, 0.5)],
            (Shadow::Crisp, _) => &[(0.34, 0.07, 0.62)],
            (Shadow::Corner, _) => &[(1.15, -0.42, 0.5)],
            (Shadow::Double, _) => &[(0.75, 0.16, 0.34), (0.28, 0.24, 0.3)],
            (_, Source::Spot) => &[(0.22, 0.05, 0.5)],
            (_, Source::Sun | Source::Raking) => &[(1.5, 0.1, 0.52)],
            _ => &[(0.95, 0.2, 0.42)],
        };
        for (lean, back, opacity) in casts {
            let crisp = self.shadow == Shadow::Crisp;
            let copies = if crisp { 2 } else { 7 };
            if self.shadow == Shadow::Warm {
                _ = write!(
                    svg,
                    r##"<path d="{}" transform="translate({x:.1} {y:.1}) scale({scale:.3}) matrix(1.04 0 {:.3} {:.3} 0 0)" fill="#ff8a3c" fill-opacity=".35"/>"##,
                    object.outline,
                    -lean * 1.12,
                    back * 1.16
                );
            }
            for copy in 0..copies {
                let spread = 1.0 + f64::from(copy) * 0.045;
                _ = write!(
                    svg,
                    r#"<path d="{}" transform="translate({x:.1} {y:.1}) scale({scale:.3}) matrix({:.3} 0 {:.3} {:.3} 0 {:.1})" fill="url(#fall)" fill-opacity="{:.3}"/>"#,
                    object.outline,
                    1.0 + f64::from(copy) * 0.012,
                    -lean * spread,
                    back * spread,
                    -6.0,
                    opacity * strength / f64::from(copies)
                );
            }
        }
        for (wide, tall, opacity) in [(0.62, 0.085, 0.5), (0.5, 0.05, 0.8)] {
            _ = write!(
                svg,
                r#"<ellipse cx="{:.1}" cy="{:.1}" rx="{:.1}" ry="{:.1}" fill="url(#shade)" fill-opacity="{opacity}"/>"#,
                x + 8.0 * scale,
                y - 8.0 * scale,
                object.size.0 * wide * scale,
                object.size.0 * tall * scale
            );
        }
    }

    /// Under what lies flat or hangs.
    fn drop_shadow(&self, svg: &mut String, stage: &Stage, object: &Object, dark: &str) {
        let ((x, y), scale, turn) = (stage.place, stage.scale, stage.turn);
        let far = if object.stance == Stance::Hangs { 1.7 } else { 1.0 };
        let (copies, step, opacity) = match (self.shadow, self.source) {
            (Shadow::None, _) => (5, 3.0, 0.05),
            (Shadow::Crisp, _) | (_, Source::Spot) => (2, 10.0, 0.2),
            (Shadow::Long | Shadow::Corner, _) => (9, 8.0, 0.065),
            _ => (7, 5.0, 0.07),
        };
        let mut cast = |dx: f64, dy: f64, fill: &str, opacity: f64| {
            _ = write!(
                svg,
                r#"<path d="{}" transform="translate({:.1} {:.1}) rotate({turn:.1}) scale({scale:.3})" fill="{fill}" fill-opacity="{opacity}"/>"#,
                object.outline,
                x + dx * stage.unit,
                y + dy * stage.unit
            );
        };
        if self.shadow == Shadow::Warm {
            cast(34.0 * far, 40.0 * far, "#ff8a3c", 0.3);
        }
        if self.shadow == Shadow::Double {
            cast(-16.0 * far, 26.0 * far, dark, 0.2);
        }
        for copy in 1..=copies {
            let off = f64::from(copy) * step * far;
            cast(off, off * 1.1, dark, opacity);
        }
    }

    /// The object upside down in what it stands on.
    pub(in super::super) fn reflection(
        &self,
        svg: &mut String,
        stage: &Stage,
        object: &Object,
        drawing: &str,
        glossy: bool,
    ) {
        if object.stance != Stance::Stands || !(glossy || self.shadow == Shadow::Mirror) {
            return;
        }
        let ((x, y), scale) = (stage.place, stage.scale);
        let opacity = if glossy { 0.3 } else { 0.2 };
        _ = write!(
            svg,
            r#"<g transform="translate({x:.1} {:.1}) scale({scale:.3} {:.3})" opacity="{opacity}">{drawing}</g>"#,
            y - 4.0 * scale,
            -scale * 0.8
        );
        _ = write!(
            svg,
            r#"<defs><linearGradient id="sink" gradientUnits="userSpaceOnUse" x1="0" x2="0" y1="{:.0}" y2="{:.0}"><stop offset="0" stop-color="{c}" stop-opacity="0"/><stop offset="1" stop-color="{c}"/></linearGradient></defs>"#,
            y,
            y + 260.0 * stage.unit,
            c = if glossy { "#8d9193" } else { "#b8b4ac" }
        );
        _ = write!(
            svg,
            r#"<rect y="{y:.0}" width="{}" height="{:.0}" fill="url(#sink)" fill-opacity=".22"/>"#,
            stage.width,
            stage.height - y
        );
    }
}

/// A branch outside the picture that stands in the light.
pub(super) fn leaves(svg: &mut String, brief: &mut Brief, stage: &Stage) {
    let (w, u) = (stage.width, stage.unit);
    let (x, y) = (w * brief.range(0.0, 0.3), -40.0 * u);
    let turn = brief.range(-12.0, 14.0);
    let mut blades = String::new();
    for leaf in 0..9 {
        let along = f64::from(leaf) * 92.0;
        let side = if leaf % 2 == 0 { 62.0 } else { -48.0 };
        _ = write!(
            blades,
            r#"<path d="M0 0C60 -44 150 -44 214 0C150 44 60 44 0 0z" transform="translate({along:.0} {:.0}) rotate({:.0})"/>"#,
            along * 0.5,
            side + 24.0
        );
    }
    for copy in 0..4 {
        let off = f64::from(copy) * 7.0 * u;
        _ = write!(
            svg,
            r#"<g transform="translate({:.0} {:.0}) rotate({turn:.0}) scale({:.2})" fill="{dark}" opacity=".085"><path d="M-60 -40Q400 220 900 460" fill="none" stroke="{dark}" stroke-width="13"/>{blades}</g>"#,
            x + off,
            y + off,
            1.25 * u,
            dark = brief.palette.dark
        );
    }
}
