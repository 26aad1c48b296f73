//! Small pictures for grids, made when first asked for and kept in bounded memory; and how large the pictures are.
//!
//! A picture never changes, so a browser keeps what it was sent. Decoding and scaling is heavy and happens on the
//! blocking pool, few at a time.

use std::collections::{HashMap, VecDeque};
use std::io::Cursor;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use png::{BitDepth, ColorType, Compression, Transformations};
use resvg::tiny_skia::{FilterQuality, IntSize, Pixmap, PixmapPaint, Transform};
use tokio::sync::Semaphore;

use super::view::Card;
use crate::sandbox::App;

/// The widths that there are; others would fill the memory with sizes that nobody looks at.
const WIDTHS: [u32; 3] = [320, 640, 960];
/// How many bytes of small pictures are kept.
const MOST_BYTES: usize = 64 * 1024 * 1024;
/// How many pictures' sizes are kept.
const MOST_SIZES: usize = 16 * 1024;
/// How many are made at once.
const AT_ONCE: usize = 2;
/// A picture that cannot be read gets a square's place.
const UNKNOWN: (u32, u32) = (1024, 1024);

/// Why a picture cannot be made smaller.
type Flaw = Box<dyn std::error::Error + Send + Sync>;

/// The small pictures made so far.
pub(in crate::sandbox) struct Thumbs {
    kept: Mutex<Kept>,
    makers: Semaphore,
}

#[derive(Default)]
struct Kept {
    pictures: HashMap<(String, u32), Bytes>,
    oldest_first: VecDeque<(String, u32)>,
    bytes: usize,
    sizes: HashMap<String, (u32, u32)>,
}

impl Default for Thumbs {
    fn default() -> Self {
        Self { kept: Mutex::default(), makers: Semaphore::new(AT_ONCE) }
    }
}

impl Thumbs {
    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kept {
    fn keep(&mut self, key: (String, u32), picture: Bytes) {
        self.bytes += picture.len();
        if let Some(before) = self.pictures.insert(key.clone(), picture) {
            self.bytes -= before.len();
        } else {
            self.oldest_first.push_back(key);
        }
        while self.bytes > MOST_BYTES
            && let Some(oldest) = self.oldest_first.pop_front()
        {
            self.bytes -= self.pictures.remove(&oldest).map_or(0, |picture| picture.len());
        }
    }

    fn keep_size(&mut self, image: &str, size: (u32, u32)) {
        if self.sizes.len() >= MOST_SIZES {
            self.sizes.clear();
        }
        self.sizes.insert(image.to_owned(), size);
    }
}

pub(super) async fn show(State(app): State<Arc<App>>, Path((image, width)): Path<(String, u32)>) -> Response {
    if !WIDTHS.contains(&width) {
        return (StatusCode::NOT_FOUND, "there is no such size").into_response();
    }
    match made(&app, image, width).await {
        Some(picture) => {
            let headers = [
                (CONTENT_TYPE, "image/png"),
                (CACHE_CONTROL, "public, max-age=31536000, immutable"),
                (X_CONTENT_TYPE_OPTIONS, "nosniff"),
            ];
            (headers, picture).into_response()
        }
        None => (StatusCode::NOT_FOUND, "there is no such picture").into_response(),
    }
}

async fn made(app: &Arc<App>, image: String, width: u32) -> Option<Bytes> {
    let key = (image, width);
    if let Some(picture) = app.thumbs.lock().pictures.get(&key) {
        return Some(picture.clone());
    }
    let permit = app.thumbs.makers.acquire().await.ok()?;
    // While it waited, another may have made it.
    if let Some(picture) = app.thumbs.lock().pictures.get(&key) {
        return Some(picture.clone());
    }
    let bytes = app.picture(&key.0).ok()?;
    let making = tokio::task::spawn_blocking(move || small(&bytes, width));
    let picture = match making.await {
        Ok(Ok(picture)) => Bytes::from(picture),
        Ok(Err(error)) => {
            tracing::warn!(%error, image = %key.0, "a picture could not be made smaller");
            return None;
        }
        Err(error) => {
            tracing::error!(%error, image = %key.0, "making a picture smaller failed");
            return None;
        }
    };
    drop(permit);
    app.thumbs.lock().keep(key, picture.clone());
    Some(picture)
}

/// Gives the cards places of their pictures' forms.
pub(super) async fn shape(app: &App, cards: &mut [Card]) {
    for card in cards {
        card.shaped(size(app, &card.image).await);
    }
}

/// Width and height of a picture.
pub(super) async fn size(app: &App, image: &str) -> (u32, u32) {
    if let Some(size) = app.thumbs.lock().sizes.get(image) {
        return *size;
    }
    let Some(size) = app.picture(image).ok().and_then(|bytes| measured(&bytes)) else { return UNKNOWN };
    app.thumbs.lock().keep_size(image, size);
    size
}

fn measured(file: &[u8]) -> Option<(u32, u32)> {
    let reader = png::Decoder::new(Cursor::new(file)).read_info().ok()?;
    let info = reader.info();
    Some((info.width, info.height))
}

/// The picture at this width, or as it is if it is no wider.
fn small(file: &[u8], width: u32) -> Result<Vec<u8>, Flaw> {
    let mut picture = decoded(file)?;
    if picture.width() <= width {
        return Ok(file.to_vec());
    }
    // Halving first: one long step would skip pixels and leave jagged edges.
    while picture.width() / 2 >= width {
        let (half, height) = (picture.width() / 2, picture.height() / 2);
        picture = scaled(&picture, half, height.max(1))?;
    }
    let height = (f64::from(picture.height()) * f64::from(width) / f64::from(picture.width())).round() as u32;
    encoded(&scaled(&picture, width, height.max(1))?)
}

fn decoded(file: &[u8]) -> Result<Pixmap, Flaw> {
    let mut decoder = png::Decoder::new(Cursor::new(file));
    decoder.set_transformations(Transformations::normalize_to_color8() | Transformations::ALPHA);
    let mut reader = decoder.read_info()?;
    let mut pixels = vec![0; reader.output_buffer_size().ok_or("the picture is too large")?];
    let frame = reader.next_frame(&mut pixels)?;
    if frame.color_type != ColorType::Rgba {
        return Err("the picture has no colours".into());
    }
    if pixels.chunks_exact(4).any(|pixel| pixel[3] < u8::MAX) {
        for pixel in pixels.chunks_exact_mut(4) {
            let alpha = u16::from(pixel[3]);
            for colour in &mut pixel[..3] {
                *colour = ((u16::from(*colour) * alpha + 127) / 255) as u8;
            }
        }
    }
    let size = IntSize::from_wh(frame.width, frame.height).ok_or("the picture is empty")?;
    Pixmap::from_vec(pixels, size).ok_or_else(|| "the picture is cut off".into())
}

fn scaled(picture: &Pixmap, width: u32, height: u32) -> Result<Pixmap, Flaw> {
    let mut small = Pixmap::new(width, height).ok_or("there is no such size")?;
    let (x, y) = (width as f32 / picture.width() as f32, height as f32 / picture.height() as f32);
    let paint = PixmapPaint { quality: FilterQuality::Bilinear, ..PixmapPaint::default() };
    small.draw_pixmap(0, 0, picture.as_ref(), &paint, Transform::from_scale(x, y), None);
    Ok(small)
}

fn encoded(picture: &Pixmap) -> Result<Vec<u8>, Flaw> {
    let mut file = Vec::with_capacity(picture.data().len() / 8);
    let mut encoder = png::Encoder::new(&mut file, picture.width(), picture.height());
    encoder.set_depth(BitDepth::Eight);
    encoder.set_compression(Compression::Balanced);
    let is_opaque = picture.data().iter().skip(3).step_by(4).all(|alpha| *alpha == u8::MAX);
    let pixels = if is_opaque {
        encoder.set_color(ColorType::Rgb);
        picture.data().chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect()
    } else {
        encoder.set_color(ColorType::Rgba);
        picture.clone().take_demultiplied()
    };
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&pixels)?;
    writer.finish()?;
    Ok(file)
}
