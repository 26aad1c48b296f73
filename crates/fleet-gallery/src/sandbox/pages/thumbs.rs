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
    makers: Arc<Semaphore>,
}

#[derive(Default)]
struct Kept {
    pictures: HashMap<(String, u32), Bytes>,
    oldest_first: VecDeque<(String, u32)>,
    bytes: usize,
    sizes: HashMap<String, (u32, u32)>,
    oldest_size_first: VecDeque<String>,
}

impl Default for Thumbs {
    fn default() -> Self {
        Self { kept: Mutex::default(), makers: Arc::new(Semaphore::new(AT_ONCE)) }
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
        if self.sizes.insert(image.to_owned(), size).is_none() {
            self.oldest_size_first.push_back(image.to_owned());
        }
        if self.sizes.len() > MOST_SIZES
            && let Some(oldest) = self.oldest_size_first.pop_front()
        {
            self.sizes.remove(&oldest);
        }
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
    let permit = app.thumbs.makers.clone().acquire_owned().await.ok()?;
    let (app, image) = (app.clone(), key.0.clone());
    // The permit goes with the work: whoever asked may leave, but what was begun goes on, and is kept for the next.
    let making = tokio::task::spawn_blocking(move || {
        let _permit = permit;
        make(&app, key)
    });
    making.await.unwrap_or_else(|error| {
        tracing::error!(%error, %image, "making a picture smaller failed");
        None
    })
}

fn make(app: &App, key: (String, u32)) -> Option<Bytes> {
    // While it waited, another may have made it.
    if let Some(picture) = app.thumbs.lock().pictures.get(&key) {
        return Some(picture.clone());
    }
    let bytes = app.picture(&key.0).ok()?;
    match small(&bytes, key.1) {
        Ok(picture) => {
            let picture = Bytes::from(picture);
            app.thumbs.lock().keep(key, picture.clone());
            Some(picture)
        }
        Err(error) => {
            tracing::warn!(%error, image = %key.0, "a picture could not be made smaller");
            None
        }
    }
}

/// Gives the cards places of their pictures' forms.
pub(super) async fn shape(app: &Arc<App>, cards: &mut [Card]) {
    let images = cards.iter().map(|card| card.image.clone()).collect();
    for (card, size) in cards.iter_mut().zip(sizes(app, images).await) {
        card.shaped(size);
    }
}

/// Width and height of a picture.
pub(super) async fn size(app: &Arc<App>, image: &str) -> (u32, u32) {
    sizes(app, vec![image.to_owned()]).await.pop().unwrap_or(UNKNOWN)
}

/// Widths and heights of pictures; those not yet known are read from their files, away from the threads that serve.
async fn sizes(app: &Arc<App>, images: Vec<String>) -> Vec<(u32, u32)> {
    let known = {
        let kept = app.thumbs.lock();
        images.iter().map(|image| kept.sizes.get(image).copied()).collect::<Option<Vec<_>>>()
    };
    if let Some(known) = known {
        return known;
    }
    let count = images.len();
    let app = app.clone();
    let reading = tokio::task::spawn_blocking(move || {
        images.iter().map(|image| known_or_read(&app, image).unwrap_or(UNKNOWN)).collect()
    });
    reading.await.unwrap_or_else(|_| vec![UNKNOWN; count])
}

fn known_or_read(app: &App, image: &str) -> Option<(u32, u32)> {
    if let Some(size) = app.thumbs.lock().sizes.get(image) {
        return Some(*size);
    }
    let size = measured(&app.picture(image).ok()?)?;
    app.thumbs.lock().keep_size(image, size);
    Some(size)
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

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use futures::poll;

    use super::*;
    use crate::sandbox::{Sandbox, SandboxConfig};

    #[test]
    fn the_size_that_was_learnt_first_is_forgotten_first() {
        let mut kept = Kept::default();
        for image in 0..MOST_SIZES {
            kept.keep_size(&image.to_string(), (3, 2));
            kept.keep_size(&image.to_string(), (4, 3));
        }
        assert_eq!((kept.sizes.len(), kept.sizes.get("0")), (MOST_SIZES, Some(&(4, 3))));
        kept.keep_size("another", (1, 1));
        assert_eq!((kept.sizes.len(), kept.oldest_size_first.len()), (MOST_SIZES, MOST_SIZES));
        assert_eq!((kept.sizes.get("0"), kept.sizes.get("1")), (None, Some(&(4, 3))));
    }

    #[test]
    fn a_picture_that_nobody_waits_for_any_more_takes_its_place_until_it_is_made_and_is_kept() {
        let runtime = tokio::runtime::Builder::new_current_thread();
        // One blocking thread, which the test can hold up.
        let runtime = { runtime }.enable_all().max_blocking_threads(1).build().unwrap();
        runtime.block_on(async {
            let now = Arc::new(|| jiff::Timestamp::UNIX_EPOCH);
            let config = SandboxConfig::new(crate::secret::Secret::new("token"), now);
            let sandbox = Sandbox::start(config).await.unwrap();
            let app = sandbox.app.clone();
            let newcomer = crate::sandbox::acts::Newcomer {
                agent_id: None,
                username: "ada".into(),
                name: "Ada".into(),
                persona: None,
                bio: None,
            };
            let ada = app.admit(newcomer).unwrap();
            let mut pixmap = Pixmap::new(800, 400).unwrap();
            pixmap.fill(resvg::tiny_skia::Color::WHITE);
            let png = Bytes::from(encoded(&pixmap).unwrap());
            let drawn = crate::sandbox::draw::Drawn { png, sha256: "white".into() };
            let image = app.keep(ada, &[drawn]).unwrap().remove(0);

            let (release, held) = mpsc::channel::<()>();
            let holding = tokio::task::spawn_blocking(move || _ = held.recv());
            {
                let asking = std::pin::pin!(made(&app, image.clone(), 320));
                assert!(poll!(asking).is_pending());
            }
            assert_eq!(app.thumbs.makers.available_permits(), AT_ONCE - 1, "it is still to be made");
            assert!(app.thumbs.lock().pictures.is_empty());
            release.send(()).unwrap();
            holding.await.unwrap();
            // The one thread works in order, so this comes after the picture.
            tokio::task::spawn_blocking(|| ()).await.unwrap();
            assert!(app.thumbs.lock().pictures.contains_key(&(image, 320)));
            assert_eq!(app.thumbs.makers.available_permits(), AT_ONCE);
        });
    }
}
