//! Pictures: what is sent becomes a few JPEG files of our own making.
//!
//! What a file is follows from its content alone. Its header is read first: dimensions beyond [`MOST_PIXELS`] are refused before anything is
//! unpacked, and no decoder may allocate more than [`MOST_UNPACKED`]. Only pixels leave the decoder, so metadata of any kind (EXIF with
//! places, XMP, IPTC, colour profiles, comments, thumbnails, what is hidden behind the end) has no way into what is stored.
//!
//! JPEG and not WebP, because the encoders of WebP that are written in Rust know only its lossless kind, which is several times larger.
//! Of the frames of an animation the first is taken.

use std::{
    fs::File,
    io::{BufReader, Read as _, Seek as _, SeekFrom},
};

use fast_image_resize::{
    FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer,
    images::{Image, ImageRef},
};
use image::{
    DynamicImage, GrayImage, ImageDecoder as _, ImageFormat, ImageReader, Limits, RgbImage, RgbaImage,
    metadata::Orientation,
};
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};
use kernel::Fault;

use super::Content;

/// The most pixels of a picture, from its header.
const MOST_PIXELS: u64 = 40_000_000;
/// The most bytes of a picture's pixels: 40 megapixels in four channels of 8 bits.
const MOST_UNPACKED: u64 = 4 * MOST_PIXELS;
/// What a decoder may need besides.
const WORKING_MEMORY: u64 = 64 * 1024 * 1024;
/// The widths in which a picture is kept, the widest first. A phone shows the first in a grid; the last fills a large screen.
const WIDTHS: [u32; 3] = [1600, 800, 320];
/// At this quality the steps of JPEG are not seen in photos.
const QUALITY: u8 = 80;
const MEDIA_TYPE: &str = "image/jpeg";

/// One size of a picture.
#[derive(Debug, Clone)]
pub struct Rendition {
    /// In pixels, 1 to 1,600.
    pub width: u32,
    /// In pixels, 1 to 2,400.
    pub height: u32,
    /// The file.
    pub content: Content,
}

/// A picture in the sizes in which it is kept: 1 to 3, the widest first, each of another width. None is larger than what was sent.
#[derive(Debug, Clone)]
pub struct Picture {
    /// The sizes.
    pub renditions: Vec<Rendition>,
}

/// Why no picture is made.
#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    /// It is no JPEG, PNG, WebP or GIF.
    #[error("no picture of a kind that is taken")]
    NotAPicture,
    /// It has more pixels, or takes more memory, than is let in.
    #[error("too many pixels")]
    TooManyPixels,
    /// It is damaged.
    #[error("the picture cannot be read")]
    Unreadable,
    /// Something broke.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl PictureError {
    /// The code of its message; `None` for a fault.
    #[must_use]
    pub const fn code(&self) -> Option<&'static str> {
        match self {
            Self::NotAPicture => Some("picture_kind"),
            Self::TooManyPixels => Some("picture_pixels"),
            Self::Unreadable => Some("picture_unreadable"),
            Self::Fault(_) => None,
        }
    }
}

impl From<image::ImageError> for PictureError {
    fn from(error: image::ImageError) -> Self {
        match error {
            image::ImageError::Limits(_) => Self::TooManyPixels,
            _ => Self::Unreadable,
        }
    }
}

/// Makes the sizes of a picture. It takes a core for about half a second, and the memory of the unpacked picture: call it by
/// [`super::picture`], which bounds how many run at once.
pub(super) fn make(mut file: File) -> Result<Picture, PictureError> {
    let (pixels, orientation) = decode(&mut file)?;
    drop(file);
    let (pixels, kind) = in_bytes(pixels);
    let source = Pixels { width: pixels.width(), height: pixels.height(), kind, bytes: pixels.into_bytes() };
    let turned = matches!(
        orientation,
        Orientation::Rotate90 | Orientation::Rotate270 | Orientation::Rotate90FlipH | Orientation::Rotate270FlipH
    );
    let mut current = source;
    let mut upright = false;
    let mut renditions: Vec<Rendition> = Vec::with_capacity(WIDTHS.len());
    for most in WIDTHS {
        let swap = turned && !upright;
        let shown = if swap { (current.height, current.width) } else { (current.width, current.height) };
        let (width, height) = fitted(shown, (most, most + most / 2));
        current = current.scaled(if swap { (height, width) } else { (width, height) })?;
        if !upright {
            // Only now, when the picture is small.
            current = current.turned(orientation)?;
            upright = true;
        }
        if renditions.last().is_none_or(|wider| wider.width > width) {
            renditions.push(Rendition { width, height, content: current.encoded()? });
        }
    }
    Ok(Picture { renditions })
}

/// The pixels as they are stored, and how they are to be turned.
fn decode(file: &mut File) -> Result<(DynamicImage, Orientation), PictureError> {
    let broken = |error| Fault::new("reading a received picture", error);
    let mut head = [0; 32];
    let mut length = 0;
    while length < head.len() {
        match file.read(&mut head[length..]).map_err(broken)? {
            0 => break,
            read => length += read,
        }
    }
    file.seek(SeekFrom::Start(0)).map_err(broken)?;
    let format = match image::guess_format(&head[..length]) {
        Ok(format @ (ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP | ImageFormat::Gif)) => format,
        _ => return Err(PictureError::NotAPicture),
    };
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(MOST_UNPACKED + WORKING_MEMORY);
    let mut reader = ImageReader::with_format(BufReader::new(file), format);
    reader.limits(limits);
    let mut decoder = reader.into_decoder()?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MOST_PIXELS || decoder.total_bytes() > MOST_UNPACKED {
        return Err(PictureError::TooManyPixels);
    }
    if width == 0 || height == 0 {
        return Err(PictureError::Unreadable);
    }
    // Damaged metadata says nothing of the picture.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    Ok((DynamicImage::from_decoder(decoder)?, orientation))
}

/// The picture in channels of one byte: grey, colours, or colours on white with a fourth byte that says nothing any more.
fn in_bytes(picture: DynamicImage) -> (DynamicImage, Kind) {
    match picture {
        DynamicImage::ImageLuma8(_) => (picture, Kind::Grey),
        DynamicImage::ImageRgb8(_) => (picture, Kind::Colour),
        DynamicImage::ImageLuma16(_) => (DynamicImage::ImageLuma8(picture.into_luma8()), Kind::Grey),
        _ if picture.color().has_alpha() => {
            let mut picture = picture.into_rgba8();
            for pixel in picture.pixels_mut() {
                let [red, green, blue, alpha] = pixel.0;
                let on_white = |colour: u8| {
                    let mixed = u32::from(colour) * u32::from(alpha) + 255 * (255 - u32::from(alpha));
                    u8::try_from((mixed + 127) / 255).unwrap_or(u8::MAX)
                };
                pixel.0 = [on_white(red), on_white(green), on_white(blue), 255];
            }
            (DynamicImage::ImageRgba8(picture), Kind::ColourAndPadding)
        }
        _ => (DynamicImage::ImageRgb8(picture.into_rgb8()), Kind::Colour),
    }
}

/// The size that fits into the box with the same proportions; never a larger one.
fn fitted((width, height): (u32, u32), (most_width, most_height): (u32, u32)) -> (u32, u32) {
    if width <= most_width && height <= most_height {
        return (width, height);
    }
    let [w, h, mw, mh] = [width, height, most_width, most_height].map(u64::from);
    let side = |scaled: u64| u32::try_from(scaled.max(1)).unwrap_or(u32::MAX);
    if w * mh > h * mw { (most_width, side(h * mw / w)) } else { (side(w * mh / h), most_height) }
}

#[derive(Debug, Clone, Copy)]
enum Kind {
    Grey,
    Colour,
    ColourAndPadding,
}

impl Kind {
    const fn for_scaling(self) -> PixelType {
        match self {
            Self::Grey => PixelType::U8,
            Self::Colour => PixelType::U8x3,
            Self::ColourAndPadding => PixelType::U8x4,
        }
    }
}

/// A picture's bytes, row by row.
struct Pixels {
    width: u32,
    height: u32,
    kind: Kind,
    bytes: Vec<u8>,
}

impl Pixels {
    fn scaled(self, (width, height): (u32, u32)) -> Result<Self, PictureError> {
        if (width, height) == (self.width, self.height) {
            return Ok(self);
        }
        let kind = self.kind.for_scaling();
        let source = ImageRef::new(self.width, self.height, &self.bytes, kind)
            .map_err(|error| Fault::new("scaling a picture", error))?;
        let mut scaled = Image::new(width, height, kind);
        let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::CatmullRom)).use_alpha(false);
        let mut resizer = Resizer::new();
        resizer.resize(&source, &mut scaled, &options).map_err(|error| Fault::new("scaling a picture", error))?;
        Ok(Self { width, height, kind: self.kind, bytes: scaled.into_vec() })
    }

    fn turned(self, orientation: Orientation) -> Result<Self, PictureError> {
        if orientation == Orientation::NoTransforms {
            return Ok(self);
        }
        let Self { width, height, kind, bytes } = self;
        let picture = match kind {
            Kind::Grey => GrayImage::from_raw(width, height, bytes).map(DynamicImage::ImageLuma8),
            Kind::Colour => RgbImage::from_raw(width, height, bytes).map(DynamicImage::ImageRgb8),
            Kind::ColourAndPadding => RgbaImage::from_raw(width, height, bytes).map(DynamicImage::ImageRgba8),
        };
        let mut picture = picture.ok_or_else(|| Fault::invariant("a picture with too few bytes"))?;
        picture.apply_orientation(orientation);
        Ok(Self { width: picture.width(), height: picture.height(), kind, bytes: picture.into_bytes() })
    }

    fn encoded(&self) -> Result<Content, PictureError> {
        let color = match self.kind {
            Kind::Grey => ColorType::Luma,
            Kind::Colour => ColorType::Rgb,
            Kind::ColourAndPadding => ColorType::Rgba,
        };
        let side = |pixels: u32| u16::try_from(pixels).map_err(|error| Fault::new("writing a picture", error));
        let mut bytes = Vec::new();
        let mut encoder = Encoder::new(&mut bytes, QUALITY);
        encoder.set_sampling_factor(SamplingFactor::F_2_2);
        encoder.set_progressive(true);
        encoder.set_optimized_huffman_tables(true);
        encoder
            .encode(&self.bytes, side(self.width)?, side(self.height)?, color)
            .map_err(|error| Fault::new("writing a picture", error))?;
        Ok(Content { media_type: MEDIA_TYPE, bytes })
    }
}
