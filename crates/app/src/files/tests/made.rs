//! Pictures made by code: whole ones, ones that say too much, and ones that mean harm.

use std::io::{Cursor, Write as _};

use flate2::{Compression, write::ZlibEncoder};
use image::{DynamicImage, Frame, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage, codecs::gif::GifEncoder};

/// Says in each place where metadata may be that it was there.
pub(crate) const CANARY: &[u8] = b"CANARY-40.4168N-3.7038W";

/// The left half is red, the right half blue; the first row is white.
pub(crate) fn flag(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| match (x * 2 < width, y) {
        (_, 0) => Rgb([255, 255, 255]),
        (true, _) => Rgb([200, 30, 30]),
        (false, _) => Rgb([30, 30, 200]),
    })
}

pub(crate) fn in_format(picture: &RgbImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(picture.clone()).write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

pub(crate) fn jpeg(width: u32, height: u32) -> Vec<u8> {
    in_format(&flag(width, height), ImageFormat::Jpeg)
}

pub(crate) fn transparent_png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    let picture = RgbaImage::from_pixel(width, height, Rgba([10, 20, 30, 0]));
    DynamicImage::ImageRgba8(picture).write_to(&mut bytes, ImageFormat::Png).unwrap();
    bytes.into_inner()
}

pub(crate) fn gif_of_frames(width: u32, height: u32, frames: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    {
        let mut encoder = GifEncoder::new_with_speed(&mut bytes, 30);
        for frame in 0..frames {
            let shade = u8::try_from(frame % 256).unwrap();
            let picture = RgbaImage::from_pixel(width, height, Rgba([shade, 90, 90, 255]));
            encoder.encode_frame(Frame::new(picture)).unwrap();
        }
    }
    bytes
}

/// A TIFF structure with an orientation and, as its description, the canary.
fn exif(orientation: u8) -> Vec<u8> {
    let mut tiff = b"MM\0*\0\0\0\x08\0\x02".to_vec();
    let length = u32::try_from(CANARY.len()).unwrap();
    tiff.extend([1, 0x0e, 0, 2]);
    tiff.extend(length.to_be_bytes());
    tiff.extend(38_u32.to_be_bytes());
    tiff.extend([1, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0]);
    tiff.extend([0, 0, 0, 0]);
    assert_eq!(tiff.len(), 38);
    tiff.extend(CANARY);
    tiff
}

fn segment(marker: u8, parts: &[&[u8]]) -> Vec<u8> {
    let content = parts.concat();
    let length = u16::try_from(content.len() + 2).unwrap();
    [&[0xff, marker][..], &length.to_be_bytes(), &content].concat()
}

/// The JPEG with the canary in EXIF, XMP, a colour profile, IPTC, a comment and behind its end.
pub(crate) fn telling_jpeg(jpeg: &[u8], orientation: u8) -> Vec<u8> {
    let mut telling = jpeg[..2].to_vec();
    telling.extend(segment(0xe1, &[b"Exif\0\0", &exif(orientation)]));
    telling.extend(segment(0xe1, &[b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>", CANARY, b"</x:xmpmeta>"]));
    telling.extend(segment(0xe2, &[b"ICC_PROFILE\0\x01\x01", CANARY]));
    telling.extend(segment(0xed, &[b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x20\x1c\x02\x5a", CANARY]));
    telling.extend(segment(0xfe, &[CANARY]));
    telling.extend(&jpeg[2..]);
    telling.extend(CANARY);
    telling
}

fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0_u32, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 })
    })
}

pub(crate) fn chunk(kind: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let named = [&kind[..], content].concat();
    [&u32::try_from(content.len()).unwrap().to_be_bytes()[..], &named, &crc(&named).to_be_bytes()].concat()
}

pub(crate) fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// Puts chunks after the header of a PNG.
pub(crate) fn with_chunks(png: &[u8], chunks: &[Vec<u8>]) -> Vec<u8> {
    [&png[..33], &chunks.concat(), &png[33..]].concat()
}

/// The PNG with the canary in texts of each kind, EXIF, a colour profile, an unknown chunk and behind its end.
pub(crate) fn telling_png(png: &[u8], orientation: u8) -> Vec<u8> {
    let mut telling = with_chunks(
        png,
        &[
            chunk(b"iCCP", &[b"profile\0\0", &deflated(CANARY)[..]].concat()),
            chunk(b"tEXt", &[b"Comment\0", CANARY].concat()),
            chunk(b"zTXt", &[b"Author\0\0", &deflated(CANARY)[..]].concat()),
            chunk(b"iTXt", &[b"XML:com.adobe.xmp\0\0\0\0\0", CANARY].concat()),
            chunk(b"eXIf", &exif(orientation)),
            chunk(b"prVt", CANARY),
        ],
    );
    telling.extend(CANARY);
    telling
}

/// The WebP with the canary in a colour profile, EXIF, XMP, an unknown chunk and behind its end.
pub(crate) fn telling_webp(webp: &[u8], width: u32, height: u32, orientation: u8) -> Vec<u8> {
    let riff = |kind: &[u8; 4], content: &[u8]| {
        let padding = vec![0; content.len() % 2];
        [&kind[..], &u32::try_from(content.len()).unwrap().to_le_bytes(), content, &padding].concat()
    };
    let [w, h] = [width - 1, height - 1].map(u32::to_le_bytes);
    let header = [&[0b0010_1100, 0, 0, 0][..], &w[..3], &h[..3]].concat();
    let chunks = [
        riff(b"VP8X", &header),
        riff(b"ICCP", CANARY),
        webp[12..].to_vec(),
        riff(b"EXIF", &exif(orientation)),
        riff(b"XMP ", CANARY),
        riff(b"prVt", CANARY),
    ]
    .concat();
    let mut telling = [b"RIFF", &u32::try_from(chunks.len() + 4).unwrap().to_le_bytes()[..], b"WEBP", &chunks].concat();
    telling.extend(CANARY);
    telling
}

/// The GIF with the canary in a comment, an application's block and behind its end.
pub(crate) fn telling_gif(gif: &[u8]) -> Vec<u8> {
    let table = if gif[10] & 0x80 == 0 { 0 } else { 3 << ((gif[10] & 7) + 1) };
    let after = 13 + table;
    let block = [&[u8::try_from(CANARY.len()).unwrap()][..], CANARY, &[0]].concat();
    let comment = [&[0x21, 0xfe][..], &block].concat();
    let application = [&[0x21, 0xff, 11][..], b"XMP DataXMP", &block].concat();
    [&gif[..after], &comment, &application, &gif[after..], CANARY].concat()
}

/// A PNG that says it is so large, with pixels for nothing of it.
pub(crate) fn png_header(width: u32, height: u32, depth: u8, colour: u8, data: &[u8]) -> Vec<u8> {
    let header = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[depth, colour, 0, 0, 0]].concat();
    [&b"\x89PNG\r\n\x1a\n"[..], &chunk(b"IHDR", &header), &chunk(b"IDAT", data), &chunk(b"IEND", b"")].concat()
}

/// A progressive JPEG of so many pixels whose scans hold nothing.
pub(crate) fn empty_progressive(width: u16, height: u16, scans: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut bytes, 50);
    encoder.set_progressive(true);
    let small = flag(64, 64);
    encoder.encode(small.as_raw(), 64, 64, jpeg_encoder::ColorType::Rgb).unwrap();
    let frame = bytes.windows(2).position(|pair| pair == [0xff, 0xc2]).unwrap();
    bytes[frame + 5..frame + 7].copy_from_slice(&height.to_be_bytes());
    bytes[frame + 7..frame + 9].copy_from_slice(&width.to_be_bytes());
    // The last scan again and again: each goes over all of the picture.
    let scan = bytes.windows(2).rposition(|pair| pair == [0xff, 0xda]).unwrap();
    let last = bytes[scan..bytes.len() - 2].to_vec();
    bytes.truncate(bytes.len() - 2);
    for _ in 0..scans {
        bytes.extend(&last);
    }
    bytes.extend([0xff, 0xd9]);
    bytes
}

/// Files that mean harm to whoever decodes them, by name.
pub(crate) fn bombs() -> Vec<(&'static str, Vec<u8>)> {
    let small = in_format(&flag(64, 64), ImageFormat::Png);
    let zeros = deflated(&vec![0; 100_000_000]);
    let mut huge_gif = gif_of_frames(4, 4, 1);
    huge_gif[6..10].copy_from_slice(&[0xff; 4]);
    let mut wide_frame = gif_of_frames(4, 4, 1);
    let descriptor = wide_frame.iter().rposition(|byte| *byte == 0x2c).unwrap();
    wide_frame[descriptor + 5..descriptor + 9].copy_from_slice(&[0xff, 0x7f, 0xff, 0x7f]);
    let mut huge_jpeg = jpeg(64, 64);
    let frame = huge_jpeg.windows(2).position(|pair| pair == [0xff, 0xc0]).unwrap();
    huge_jpeg[frame + 5..frame + 9].copy_from_slice(&[0xff; 4]);
    let huge_webp = {
        let webp = in_format(&flag(64, 64), ImageFormat::WebP);
        telling_webp(&webp, 16_384, 16_384, 1)
    };
    vec![
        ("a PNG of 3.6 gigapixels", png_header(60_000, 60_000, 8, 6, &deflated(&[0; 100_000]))),
        ("a PNG as large as can be said", png_header(0x7fff_ffff, 0x7fff_ffff, 16, 6, &deflated(&[0; 100]))),
        ("a PNG of 400 megapixels in one bit", png_header(20_000, 20_000, 1, 0, &zeros)),
        ("a PNG of 39 megapixels in 64 bits", png_header(6_200, 6_200, 16, 6, &zeros)),
        ("a profile of 100 MB", with_chunks(&small, &[chunk(b"iCCP", &[b"x\0\0", &zeros[..]].concat())])),
        ("a text of 100 MB", with_chunks(&small, &vec![chunk(b"zTXt", &[b"x\0\0", &zeros[..]].concat()); 5])),
        ("a GIF of 4 gigapixels", huge_gif),
        ("a GIF whose frame is larger than itself", wide_frame),
        ("a GIF of many frames", gif_of_frames(8, 8, 5_000)),
        ("a JPEG of 4 gigapixels", huge_jpeg),
        ("a progressive JPEG of 4 gigapixels", empty_progressive(65_500, 65_500, 3)),
        ("a progressive JPEG of a thousand scans", empty_progressive(4_000, 3_000, 1_000)),
        ("a WebP of 268 megapixels", huge_webp),
    ]
}
