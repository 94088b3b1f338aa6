use std::time::{Duration, Instant};

use image::{DynamicImage, GenericImageView as _, ImageFormat};

use super::made::{self, CANARY, flag, in_format, jpeg};
use crate::files::{Picture, PictureError, ReceivedFile, picture::make};

fn picture(bytes: &[u8]) -> Result<Picture, PictureError> {
    make(ReceivedFile::of_bytes(bytes).unwrap().file)
}

fn sizes(picture: &Picture) -> Vec<(u32, u32)> {
    picture.renditions.iter().map(|size| (size.width, size.height)).collect()
}

fn drawn(picture: &Picture) -> DynamicImage {
    image::load_from_memory(&picture.renditions[0].content.bytes).unwrap()
}

fn is_red(pixel: image::Rgba<u8>) -> bool {
    pixel.0[0] > 150 && pixel.0[2] < 90
}

#[test]
fn every_kind_that_is_taken_becomes_jpeg_in_three_sizes() {
    let photo = flag(2_000, 1_500);
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
        let made = picture(&in_format(&photo, format)).unwrap();
        assert_eq!(sizes(&made), [(1600, 1200), (800, 600), (320, 240)], "{format:?}");
        for size in &made.renditions {
            let again = image::load_from_memory_with_format(&size.content.bytes, ImageFormat::Jpeg).unwrap();
            assert_eq!(again.dimensions(), (size.width, size.height));
            assert!(is_red(again.get_pixel(size.width / 4, size.height / 2)), "{format:?}");
            assert!(!is_red(again.get_pixel(size.width * 3 / 4, size.height / 2)), "{format:?}");
        }
    }
    assert_eq!(sizes(&picture(&made::gif_of_frames(500, 300, 3)).unwrap()), [(500, 300), (320, 192)]);
}

#[test]
fn nothing_is_made_larger_and_a_tower_stays_within_its_box() {
    assert_eq!(sizes(&picture(&jpeg(200, 100)).unwrap()), [(200, 100)]);
    assert_eq!(sizes(&picture(&jpeg(1, 1)).unwrap()), [(1, 1)]);
    assert_eq!(sizes(&picture(&jpeg(900, 700)).unwrap()), [(900, 700), (800, 622), (320, 248)]);
    let tower = sizes(&picture(&in_format(&flag(100, 9_000), ImageFormat::Png)).unwrap());
    assert_eq!(tower, [(26, 2400), (13, 1200), (5, 480)]);
    let wall = sizes(&picture(&in_format(&flag(9_000, 2), ImageFormat::Png)).unwrap());
    assert_eq!(wall, [(1600, 1), (800, 1), (320, 1)]);
}

#[test]
fn grey_deep_and_transparent_pictures_are_drawn_as_they_are_seen() {
    let save = |picture: DynamicImage| {
        let mut bytes = std::io::Cursor::new(Vec::new());
        picture.write_to(&mut bytes, ImageFormat::Png).unwrap();
        bytes.into_inner()
    };
    let photo = DynamicImage::ImageRgb8(flag(400, 300));
    for deep in [photo.to_luma8().into(), photo.to_luma16().into(), photo.to_rgb16().into(), photo.to_rgba16().into()] {
        let deep: DynamicImage = deep;
        let kind = deep.color();
        let made = picture(&save(deep)).unwrap();
        assert_eq!(sizes(&made), [(400, 300), (320, 240)], "{kind:?}");
        if kind.has_color() {
            assert!(is_red(drawn(&made).get_pixel(100, 150)), "{kind:?}");
        }
    }
    let through = drawn(&picture(&made::transparent_png(40, 40)).unwrap());
    assert!(through.get_pixel(20, 20).0[..3].iter().all(|colour| *colour > 250), "on white, as a page shows it");
}

#[test]
fn a_photo_stands_upright_whichever_way_the_camera_was_held() {
    // Where the red half is after each of EXIF's orientations: x and y of its middle, in quarters.
    let red = [(1, 2), (3, 2), (3, 2), (1, 2), (2, 1), (2, 1), (2, 3), (2, 3)];
    for (orientation, (x, y)) in (1..).zip(red) {
        let telling = made::telling_jpeg(&jpeg(400, 200), orientation);
        let upright = drawn(&picture(&telling).unwrap());
        let turned = orientation > 4;
        let (width, height) = if turned { (200, 400) } else { (400, 200) };
        assert_eq!(upright.dimensions(), (width, height), "{orientation}");
        assert!(is_red(upright.get_pixel(width * x / 4, height * y / 4)), "{orientation}");
    }
}

#[test]
fn nothing_of_what_a_picture_tells_besides_itself_is_kept() {
    let found = |bytes: &[u8]| bytes.windows(6).any(|part| part == &CANARY[..6]);
    let mut seen = 0;
    for n in 0..125_u32 {
        let (width, height) = (40 + n, 30 + n % 17);
        let photo = flag(width, height);
        let orientation = u8::try_from(n % 8 + 1).unwrap();
        for telling in [
            made::telling_jpeg(&in_format(&photo, ImageFormat::Jpeg), orientation),
            made::telling_png(&in_format(&photo, ImageFormat::Png), orientation),
            made::telling_webp(&in_format(&photo, ImageFormat::WebP), width, height, orientation),
            made::telling_gif(&made::gif_of_frames(width, height, 2)),
        ] {
            assert!(found(&telling));
            let made = picture(&telling).unwrap_or_else(|error| panic!("{error} in {n}"));
            for size in made.renditions {
                let bytes = size.content.bytes;
                assert!(!found(&bytes));
                for kind in [&b"Exif"[..], b"ICC_PROFILE", b"xap/1.0", b"Photoshop", b"8BIM"] {
                    assert!(!bytes.windows(kind.len()).any(|part| part == kind));
                }
            }
            seen += 1;
        }
    }
    assert_eq!(seen, 500);
}

#[test]
fn bombs_are_refused_soon_or_are_what_they_show() {
    for (name, bomb) in made::bombs() {
        let begun = Instant::now();
        let made = picture(&bomb);
        // Decoders are built with little optimisation here; the release build has its own measure.
        assert!(begun.elapsed() < Duration::from_secs(20), "{name} took {:?}", begun.elapsed());
        match name {
            "a GIF of many frames" => assert_eq!(sizes(&made.unwrap()), [(8, 8)]),
            "a profile of 100 MB" | "a text of 100 MB" | "a progressive JPEG of a thousand scans" => {}
            _ => {
                assert!(
                    matches!(made, Err(PictureError::TooManyPixels | PictureError::Unreadable)),
                    "{name}: {made:?}"
                );
            }
        }
    }
}

#[test]
fn what_is_no_picture_is_told_from_its_content() {
    let heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic".as_slice();
    let avif = b"\0\0\0\x18ftypavif\0\0\0\0mif1avif".as_slice();
    for (name, bytes) in [
        ("SVG", &b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>"[..]),
        ("SVG with a head", b"<?xml version=\"1.0\"?><!DOCTYPE svg [<!ENTITY a \"b\">]><svg>&a;</svg>"),
        ("PDF", b"%PDF-1.7\n1 0 obj<</Type/Catalog/OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj"),
        ("HTML", b"<!doctype html><script>alert(1)</script>"),
        ("HEIC", heic),
        ("AVIF", avif),
        ("TIFF", b"II*\0\x08\0\0\0\0\0\0\0"),
        ("BMP", b"BM\0\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0"),
        ("ICO", b"\0\0\x01\0\x01\0\x10\x10\0\0\x01\0\x20\0"),
        ("ZIP", b"PK\x03\x04\0\0\0\0"),
        ("EXE", b"MZ\x90\0\x03\0\0\0"),
        ("QOI", b"qoif\0\0\0\x01\0\0\0\x01\x03\0"),
        ("EXR", b"\x76\x2f\x31\x01\x02\0\0\0"),
        ("PNM", b"P6 1 1 255\n\0\0\0"),
        ("nothing", b""),
        ("one byte", b"\xff"),
        ("zeros", &[0; 100]),
    ] {
        assert!(matches!(picture(bytes), Err(PictureError::NotAPicture)), "{name}");
    }
}

#[test]
fn a_picture_that_is_also_something_else_is_only_a_picture_afterwards() {
    let payloads: [&[u8]; 5] = [
        b"<script>alert('HARM')</script>HARM",
        b"PK\x03\x04HARM META-INF/MANIFEST.MF",
        b"%PDF-1.7 HARM /JavaScript",
        b"<?php HARM(); ?>",
        b"<svg onload=HARM()>",
    ];
    for payload in payloads {
        for (format, kind) in [(ImageFormat::Jpeg, "JPEG"), (ImageFormat::Png, "PNG"), (ImageFormat::WebP, "WebP")] {
            let bytes = in_format(&flag(60, 40), format);
            let mut polyglots = vec![[&bytes[..], payload].concat()];
            match format {
                ImageFormat::Jpeg => {
                    let length = u16::try_from(payload.len() + 2).unwrap().to_be_bytes();
                    polyglots.push([&bytes[..2], &[0xff, 0xfe], &length, payload, &bytes[2..]].concat());
                }
                ImageFormat::Png => {
                    let text = made::chunk(b"tEXt", &[b"Comment\0", payload].concat());
                    polyglots.push(made::with_chunks(&bytes, &[text]));
                }
                _ => {}
            }
            for polyglot in polyglots {
                let made = picture(&polyglot).unwrap();
                for size in made.renditions {
                    assert!(!size.content.bytes.windows(4).any(|part| part == b"HARM"), "{kind}");
                    assert_eq!(size.content.bytes[..3], [0xff, 0xd8, 0xff]);
                }
            }
            // In front of the picture it is no picture.
            assert!(matches!(picture(&[payload, &bytes].concat()), Err(PictureError::NotAPicture)), "{kind}");
        }
    }
}

#[test]
fn damaged_pictures_never_break_the_program() {
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP, ImageFormat::Gif] {
        let whole = in_format(&flag(48, 32), format);
        for cut in (0..whole.len()).step_by(7) {
            let _ = picture(&whole[..cut]);
        }
        let mut state = 0x2545_f491_4f6c_dd1d_u64;
        for _ in 0..300 {
            let mut damaged = whole.clone();
            for _ in 0..4 {
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                let at = usize::try_from(state % u64::try_from(damaged.len()).unwrap()).unwrap();
                damaged[at] = state.to_le_bytes()[5];
            }
            // A decoder that gives up by a panic is caught where it runs.
            let _ = std::panic::catch_unwind(|| picture(&damaged).map(|made| sizes(&made)));
        }
    }
}
