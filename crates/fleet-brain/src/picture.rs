//! A picture as a model is shown it. Owns its form, and making it small: whatever its format says of itself, no more is
//! decoded than memory allows.

use std::io::Cursor;
use std::sync::Arc;

use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageReader, Limits};

/// The longest side that a model is shown, in pixels.
const LONGEST_SIDE: u32 = 512;
/// What is larger than this is not decoded, in pixels.
const LARGEST_SIDE: u32 = 16_384;
/// The most memory that decoding may take, in bytes.
const MOST_MEMORY: u64 = 128 * 1024 * 1024;
const QUALITY: u8 = 80;

/// A small picture, encoded.
#[derive(Clone, PartialEq, Eq)]
pub struct Picture {
    /// Its media type, such as `image/jpeg`.
    pub media_type: String,
    /// Its bytes.
    pub bytes: Arc<[u8]>,
}

/// Why a picture cannot be shown.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PictureError {
    /// It is in none of the formats that are read.
    #[error("the picture is no PNG, JPEG, WebP or GIF")]
    UnknownFormat,
    /// It is larger than what is decoded.
    #[error("the picture is larger than {LARGEST_SIDE} pixels a side, or than memory allows")]
    TooLarge,
    /// It is damaged.
    #[error("the picture cannot be decoded: {why}")]
    Damaged {
        /// What the decoder says.
        why: String,
    },
}

impl Picture {
    /// The picture of an encoded image as a JPEG of at most 512 pixels a side; of a moving one, its first frame. It keeps
    /// a processor busy for a moment: call it where that holds nobody up.
    ///
    /// # Errors
    /// When it is in another format than PNG, JPEG, WebP and GIF, too large to decode, or damaged.
    pub fn shrunk(bytes: &[u8]) -> Result<Picture, PictureError> {
        let mut reader = ImageReader::new(Cursor::new(bytes))
            .with_guessed_format()
            .map_err(|error| PictureError::Damaged { why: error.to_string() })?;
        if reader.format().is_none() {
            return Err(PictureError::UnknownFormat);
        }
        let mut limits = Limits::default();
        limits.max_image_width = Some(LARGEST_SIDE);
        limits.max_image_height = Some(LARGEST_SIDE);
        limits.max_alloc = Some(MOST_MEMORY);
        reader.limits(limits);
        let picture = reader.decode().map_err(|error| match error {
            image::ImageError::Limits(_) => PictureError::TooLarge,
            image::ImageError::Unsupported(_) => PictureError::UnknownFormat,
            error => PictureError::Damaged { why: error.to_string() },
        })?;
        let small = if picture.width().max(picture.height()) > LONGEST_SIDE {
            picture.thumbnail(LONGEST_SIDE, LONGEST_SIDE)
        } else {
            picture
        };
        let mut encoded = Vec::new();
        on_white(&small)
            .write_with_encoder(JpegEncoder::new_with_quality(&mut encoded, QUALITY))
            .map_err(|error| PictureError::Damaged { why: error.to_string() })?;
        Ok(Picture { media_type: "image/jpeg".into(), bytes: encoded.into() })
    }
}

/// The picture without transparency: a JPEG has none, and what is not painted would come out black.
fn on_white(picture: &DynamicImage) -> DynamicImage {
    if !picture.color().has_alpha() {
        return DynamicImage::ImageRgb8(picture.to_rgb8());
    }
    let painted = picture.to_rgba8();
    let mut flat = image::RgbImage::new(painted.width(), painted.height());
    for (to, from) in flat.pixels_mut().zip(painted.pixels()) {
        let [red, green, blue, alpha] = from.0.map(u16::from);
        let over = |colour: u16| ((colour * alpha + 255 * (255 - alpha)) / 255) as u8;
        to.0 = [over(red), over(green), over(blue)];
    }
    DynamicImage::ImageRgb8(flat)
}

impl std::fmt::Debug for Picture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Picture({}, {} bytes)", self.media_type, self.bytes.len())
    }
}

#[cfg(test)]
mod tests {
    use image::{ImageFormat, Rgba, RgbaImage};

    use super::*;

    fn encoded(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        let picture = DynamicImage::ImageRgba8(RgbaImage::from_pixel(width, height, Rgba([200, 0, 0, 0])));
        let picture =
            if format == ImageFormat::Jpeg { DynamicImage::ImageRgb8(picture.to_rgb8()) } else { picture };
        picture.write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    #[test]
    fn every_format_becomes_a_small_jpeg_of_the_same_proportions() {
        for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP, ImageFormat::Gif] {
            let small = Picture::shrunk(&encoded(1024, 256, format)).unwrap();
            let seen = image::load_from_memory_with_format(&small.bytes, ImageFormat::Jpeg).unwrap();
            assert_eq!(
                (small.media_type.as_str(), seen.width(), seen.height()),
                ("image/jpeg", 512, 128),
                "{format:?}"
            );
        }
        let small = Picture::shrunk(&encoded(40, 30, ImageFormat::Png)).unwrap();
        let seen = image::load_from_memory(&small.bytes).unwrap().to_rgb8();
        assert_eq!(seen.dimensions(), (40, 30));
        assert!(seen.get_pixel(5, 5).0.iter().all(|part| *part > 250), "what is not painted is white");
    }

    #[test]
    fn what_is_no_picture_or_too_large_is_refused() {
        assert_eq!(Picture::shrunk(b"<html>"), Err(PictureError::UnknownFormat));
        assert_eq!(Picture::shrunk(b""), Err(PictureError::UnknownFormat));
        // A TIFF, which is a picture and not one of ours.
        assert_eq!(Picture::shrunk(b"II*\0\x08\0\0\0"), Err(PictureError::UnknownFormat));
        let whole = encoded(64, 64, ImageFormat::Png);
        assert!(matches!(Picture::shrunk(&whole[..whole.len() / 2]), Err(PictureError::Damaged { .. })));
        // The head of a PNG that says to be 60 000 pixels a side.
        let mut vast = whole;
        vast[16..24].copy_from_slice(&[0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60]);
        let sum = crc(&vast[12..29]).to_be_bytes();
        vast[29..33].copy_from_slice(&sum);
        assert_eq!(Picture::shrunk(&vast), Err(PictureError::TooLarge));
    }

    fn crc(bytes: &[u8]) -> u32 {
        !bytes.iter().fold(u32::MAX, |crc, byte| {
            (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
                if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 }
            })
        })
    }
}
