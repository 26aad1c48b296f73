//! Transforms that blur a picture, or sharpen it by what a blur would take away.

use resvg::tiny_skia::{Pixmap, PremultipliedColorU8};

use super::Job;
use crate::sandbox::draw::Failure;

pub(super) fn blur(job: &Job<'_>) -> Result<Pixmap, Failure> {
    Ok(blurred(job.source, job.given.number("sigma")))
}

pub(super) fn sharpen(job: &Job<'_>) -> Result<Pixmap, Failure> {
    /// Smaller differences are grain, larger ones are edges.
    const EDGE: f32 = 5.0;
    let (flat, edge) = (job.given.number("m1") as f32, job.given.number("m2") as f32);
    let soft = blurred(job.source, job.given.number("sigma"));
    let mut picture = job.source.clone();
    for (pixel, soft) in picture.pixels_mut().iter_mut().zip(soft.pixels()) {
        let alpha = pixel.alpha();
        let channel = |own: u8, soft: u8| {
            let difference = f32::from(own) - f32::from(soft);
            let amount = if difference.abs() < EDGE { flat * 0.25 } else { edge * 0.5 };
            (f32::from(own) + difference * amount).clamp(0.0, f32::from(alpha)) as u8
        };
        let (r, g, b) = (
            channel(pixel.red(), soft.red()),
            channel(pixel.green(), soft.green()),
            channel(pixel.blue(), soft.blue()),
        );
        if let Some(changed) = PremultipliedColorU8::from_rgba(r, g, b, alpha) {
            *pixel = changed;
        }
    }
    Ok(picture)
}

/// Three box blurs, which together come close to a Gaussian one.
fn blurred(source: &Pixmap, sigma: f64) -> Pixmap {
    let radius = ((sigma * 0.94).round() as usize).clamp(1, 1000);
    let mut picture = source.clone();
    let (width, height) = (source.width() as usize, source.height() as usize);
    let mut scratch = vec![0; width * height * 4];
    for _ in 0..3 {
        box_blur(picture.data(), &mut scratch, (width, height), 4, width * 4, radius);
        box_blur(&scratch, picture.data_mut(), (height, width), width * 4, 4, radius);
    }
    picture
}

/// Averages along lines of `length` pixels that lie `step` bytes apart; the lines lie `stride` bytes apart.
fn box_blur(
    from: &[u8],
    to: &mut [u8],
    (length, lines): (usize, usize),
    step: usize,
    stride: usize,
    radius: usize,
) {
    let span = (2 * radius + 1) as u32;
    let last = length - 1;
    for line in 0..lines {
        for channel in 0..4 {
            let start = line * stride + channel;
            let at = |index: usize| u32::from(from[start + index.min(last) * step]);
            let mut sum = at(0) * (radius as u32 + 1) + (1..=radius).map(at).sum::<u32>();
            for index in 0..length {
                to[start + index * step] = ((sum + span / 2) / span) as u8;
                sum = sum + at(index + radius + 1) - at(index.saturating_sub(radius));
            }
        }
    }
}
