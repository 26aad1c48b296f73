//! Transforms that change what each pixel looks like and leave every pixel where it is.

use resvg::tiny_skia::{Pixmap, PremultipliedColorU8};

use super::Job;
use crate::sandbox::draw::Failure;

/// What each of red, green and blue becomes: shares of the three, and a constant.
type Colours = [[f32; 4]; 3];

const LUMA: [f32; 3] = [0.2126, 0.7152, 0.0722];

pub(super) fn grayscale(job: &Job<'_>) -> Result<Pixmap, Failure> {
    Ok(recoloured(job.source, &saturated(0.0)))
}

pub(super) fn negate(job: &Job<'_>) -> Result<Pixmap, Failure> {
    let colours = [[-1.0, 0.0, 0.0, 255.0], [0.0, -1.0, 0.0, 255.0], [0.0, 0.0, -1.0, 255.0]];
    Ok(recoloured(job.source, &colours))
}

/// The darkest hundredth becomes black and the brightest white.
pub(super) fn normalize(job: &Job<'_>) -> Result<Pixmap, Failure> {
    let mut counts = [0usize; 256];
    for pixel in job.source.pixels().iter().filter(|pixel| pixel.alpha() > 0) {
        counts[luma(*pixel) as usize] += 1;
    }
    let all: usize = counts.iter().sum();
    let level = |share: usize| {
        let mut passed = 0;
        let reached = |count: &usize| {
            passed += count;
            passed * 100 > all * share
        };
        counts.iter().position(reached).unwrap_or(255) as f32
    };
    let (low, high) = (level(1), level(99));
    // A picture of one brightness has no contrast to stretch.
    if high - low < 1.0 {
        return Ok(job.source.clone());
    }
    let factor = 255.0 / (high - low);
    let row = |own: usize| {
        let mut row = [0.0, 0.0, 0.0, -low * factor];
        row[own] = factor;
        row
    };
    Ok(recoloured(job.source, &[row(0), row(1), row(2)]))
}

pub(super) fn threshold(job: &Job<'_>) -> Result<Pixmap, Failure> {
    let least = job.given.number("value") as f32;
    let mut picture = job.source.clone();
    for pixel in picture.pixels_mut() {
        let level = if luma(*pixel) + 0.5 >= least { pixel.alpha() } else { 0 };
        if let Some(changed) = PremultipliedColorU8::from_rgba(level, level, level, pixel.alpha()) {
            *pixel = changed;
        }
    }
    Ok(picture)
}

pub(super) fn modulate(job: &Job<'_>) -> Result<Pixmap, Failure> {
    let number = |name| job.given.number(name) as f32;
    let (brightness, lightness) = (number("brightness"), number("lightness") * 2.55);
    let mut colours = product(&turned(number("hue").to_radians()), &saturated(number("saturation")));
    for row in &mut colours {
        for share in row.iter_mut() {
            *share *= brightness;
        }
        row[3] += lightness;
    }
    Ok(recoloured(job.source, &colours))
}

/// The picture keeps its brightness and takes the colour's hue.
pub(super) fn tint(job: &Job<'_>) -> Result<Pixmap, Failure> {
    let colour = job.given.colour("color");
    let [r, g, b] = [f32::from(colour.red), f32::from(colour.green), f32::from(colour.blue)];
    let level = LUMA[0] * r + LUMA[1] * g + LUMA[2] * b;
    let row = |own: f32| [LUMA[0], LUMA[1], LUMA[2], own - level];
    Ok(recoloured(job.source, &[row(r), row(g), row(b)]))
}

pub(super) fn preset(job: &Job<'_>) -> Result<Pixmap, Failure> {
    let warm =
        |amount: f32| [[1.0 + amount, 0.0, 0.0, 4.0], [0.0, 1.0, 0.0, 0.0], [0.0, 0.0, 1.0 - amount, 0.0]];
    let colours = match job.given.text("name") {
        "vintage" => {
            let mut faded = product(&warm(0.08), &saturated(0.65));
            for row in &mut faded {
                row.iter_mut().for_each(|share| *share *= 0.86);
                row[3] += 22.0;
            }
            faded
        }
        "sepia" => {
            let mut brown = product(&warm(0.12), &saturated(0.0));
            brown[0][3] += 10.0;
            brown[2][3] -= 8.0;
            brown
        }
        "cool" => warm(-0.1),
        "warm" => warm(0.1),
        "dramatic" => [[1.3, 0.0, 0.0, -38.0], [0.0, 1.3, 0.0, -38.0], [0.0, 0.0, 1.3, -38.0]],
        _ => saturated(0.55),
    };
    Ok(recoloured(job.source, &colours))
}

fn luma(pixel: PremultipliedColorU8) -> f32 {
    let plain = pixel.demultiply();
    let [r, g, b] = [f32::from(plain.red()), f32::from(plain.green()), f32::from(plain.blue())];
    LUMA[0] * r + LUMA[1] * g + LUMA[2] * b
}

fn recoloured(source: &Pixmap, colours: &Colours) -> Pixmap {
    let mut picture = source.clone();
    for pixel in picture.pixels_mut() {
        let plain = pixel.demultiply();
        let [r, g, b] = [f32::from(plain.red()), f32::from(plain.green()), f32::from(plain.blue())];
        let alpha = f32::from(plain.alpha());
        let channel = |row: &[f32; 4]| {
            let value = row[0] * r + row[1] * g + row[2] * b + row[3];
            (value.clamp(0.0, 255.0) * alpha / 255.0 + 0.5) as u8
        };
        let [r, g, b] = [channel(&colours[0]), channel(&colours[1]), channel(&colours[2])];
        if let Some(changed) = PremultipliedColorU8::from_rgba(r, g, b, plain.alpha()) {
            *pixel = changed;
        }
    }
    picture
}

fn saturated(amount: f32) -> Colours {
    let row = |own: usize| {
        let share =
            |channel: usize| LUMA[channel] * (1.0 - amount) + if channel == own { amount } else { 0.0 };
        [share(0), share(1), share(2), 0.0]
    };
    [row(0), row(1), row(2)]
}

/// A turn of the colour wheel that keeps greys grey.
fn turned(angle: f32) -> Colours {
    let (sin, cos) = angle.sin_cos();
    let third = (1.0 - cos) / 3.0;
    let root = sin * (1.0f32 / 3.0).sqrt();
    [
        [cos + third, third - root, third + root, 0.0],
        [third + root, cos + third, third - root, 0.0],
        [third - root, third + root, cos + third, 0.0],
    ]
}

/// First `right`, then `left`.
fn product(left: &Colours, right: &Colours) -> Colours {
    let mut result = [[0.0; 4]; 3];
    for (row, line) in result.iter_mut().enumerate() {
        for (column, cell) in line.iter_mut().enumerate() {
            let constant = if column == 3 { left[row][3] } else { 0.0 };
            *cell = (0..3).map(|k| left[row][k] * right[k][column]).sum::<f32>() + constant;
        }
    }
    result
}
