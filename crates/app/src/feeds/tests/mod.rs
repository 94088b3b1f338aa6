//! The engine on the feeds of `data/`, on others like them, and on hostile ones.

mod reading;

/// A feed of `data/`.
macro_rules! feed {
    ($name:literal) => {
        include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/feeds/tests/data/", $name))
    };
}
use feed;

/// A calendar around these lines, which end with LF.
fn calendar(lines: &str) -> Vec<u8> {
    format!("BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Test//EN\n{lines}\nEND:VCALENDAR\n").into_bytes()
}
