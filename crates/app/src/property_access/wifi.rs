//! Joining a network by pointing a phone's camera at a picture.

use std::fmt::Write as _;

use qrcode::{Color, QrCode as Matrix};

/// Empty modules around the code, as ISO/IEC 18004 asks.
const QUIET: usize = 4;

/// A QR code, to be drawn in a square of `size` by `size`.
#[derive(Clone)]
pub struct QrCode {
    /// The side of the square, in modules, with the quiet zone.
    pub size: usize,
    /// The dark modules as the `d` of an SVG path.
    pub path: String,
}

impl QrCode {
    /// The code that lets a phone join a network; `None` when nothing fits, which the limits of the facts do not allow.
    #[must_use]
    pub fn of_network(name: &str, password: Option<&str>) -> Option<Self> {
        Self::of(&network(name, password))
    }

    fn of(text: &str) -> Option<Self> {
        let matrix = Matrix::new(text).ok()?;
        let width = matrix.width();
        let mut path = String::new();
        for (y, row) in matrix.to_colors().chunks(width).enumerate() {
            let mut x = 0;
            for run in row.chunk_by(|a, b| a == b) {
                let (left, top, length) = (x + QUIET, y + QUIET, run.len());
                if run.first() == Some(&Color::Dark) {
                    // Writing to a text does not fail.
                    let _ = write!(path, "M{left} {top}h{length}v1h-{length}z");
                }
                x += length;
            }
        }
        Some(Self { size: width + 2 * QUIET, path })
    }
}

/// `WIFI:T:WPA;S:name;P:password;;`, the form that cameras of phones know. A backslash goes before what has a meaning there.
fn network(name: &str, password: Option<&str>) -> String {
    match password {
        Some(password) => format!("WIFI:T:WPA;S:{};P:{};;", escaped(name), escaped(password)),
        None => format!("WIFI:T:nopass;S:{};;", escaped(name)),
    }
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        if matches!(letter, '\\' | ';' | ',' | ':' | '"') {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_a_meaning_in_the_format_is_escaped() {
        assert_eq!(network("Casa; \"Azul\"", Some(r"a:b,c\d")), r#"WIFI:T:WPA;S:Casa\; \"Azul\";P:a\:b\,c\\d;;"#);
        assert_eq!(network("Abierta", None), "WIFI:T:nopass;S:Abierta;;");
    }

    #[test]
    fn the_longest_network_fits_and_the_corner_is_where_it_belongs() {
        let code = QrCode::of_network(&";".repeat(32), Some(&"\\".repeat(64))).unwrap();
        assert!(code.size > 21 + 8);
        // A finder pattern is seven modules wide; the code begins with one, after the quiet zone.
        assert!(code.path.starts_with("M4 4h7v1h-7z"), "{}", &code.path[..40]);
        assert_eq!(QrCode::of_network("a", None).unwrap().size % 4, (21 + 8) % 4);
    }
}
