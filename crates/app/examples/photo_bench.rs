//! What a photo costs, and what 50 files cost that mean harm.
//!
//! `cargo run --release --example photo_bench -p app` prints one line of JSON for each: the milliseconds from the received file to the pictures
//! in all sizes (the shortest and the longest of five), and by how much the memory of the process grew at its highest and afterwards.

#[path = "../src/files/tests/made.rs"]
#[expect(dead_code, clippy::unwrap_used, reason = "the pictures of the tests")]
mod made;

use std::{io::Write as _, time::Instant};

use app::{
    App,
    config::{Flag, Inputs, load},
    files::{self, PictureError, ReceivedFile},
};
use kernel::Env;
use webkit::PublicUrl;

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let folder = std::env::temp_dir().join(format!("landlord-bench-{}", std::process::id()));
    std::fs::create_dir(&folder)?;
    let measured = tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(measure(&folder));
    std::fs::remove_dir_all(&folder)?;
    measured
}

async fn measure(folder: &std::path::Path) -> Result<(), Failure> {
    let dir = Flag { flag: "--set", key: "data.dir".to_owned(), value: folder.display().to_string() };
    let config = load(&Inputs { flags: vec![dir], folder: folder.to_owned(), ..Inputs::default() })?.config;
    let app = App::open(config, Env::system(), &PublicUrl::parse("http://127.0.0.1:8080")?).await?;
    let photo = twelve_megapixels();
    // Once before: what libraries set up the first time is not what a photo costs.
    make(&app, &photo[..]).await??;
    let (before, mut times) = (Memory::begin()?, Vec::new());
    for _ in 0..5 {
        let begun = Instant::now();
        make(&app, &photo).await??;
        times.push(begun.elapsed().as_millis());
    }
    let (highest, after) = before.growth()?;
    let (least, most) = (times.iter().min().copied().unwrap_or(0), times.iter().max().copied().unwrap_or(0));
    tell(&format!(
        r#"{{"photo": "12 megapixels, {} kB", "ms": [{least}, {most}], "highest_kib": {highest}, "after_kib": {after}}}"#,
        photo.len() / 1000
    ))?;
    drop(photo);

    let bombs = made::bombs();
    let (before, begun, mut refused, mut longest) = (Memory::begin()?, Instant::now(), 0, (0, ""));
    for (name, bomb) in bombs.iter().cycle().take(50) {
        let one = Instant::now();
        refused += u32::from(make(&app, bomb).await?.is_err());
        longest = longest.max((one.elapsed().as_millis(), *name));
    }
    let (highest, after) = before.growth()?;
    tell(&format!(
        r#"{{"bombs": 50, "refused": {refused}, "ms": {}, "longest": [{}, "{}"], "highest_kib": {highest}, "after_kib": {after}}}"#,
        begun.elapsed().as_millis(),
        longest.0,
        longest.1
    ))
}

async fn make(app: &App, bytes: &[u8]) -> Result<Result<files::Picture, PictureError>, Failure> {
    Ok(files::picture(app, ReceivedFile::of_bytes(bytes)?).await)
}

/// A photo with detail everywhere, as a telephone takes it.
fn twelve_megapixels() -> Vec<u8> {
    let picture = image::RgbImage::from_fn(4_000, 3_000, |x, y| {
        let grain = (x.wrapping_mul(2_654_435_761) ^ y.wrapping_mul(2_246_822_519)) >> 27;
        let [red, green, blue] = [x / 16 + grain, y / 12 + grain, (x + y) / 28 + grain];
        image::Rgb([red, green, blue].map(|colour| u8::try_from(colour % 256).unwrap_or(0)))
    });
    made::in_format(&picture, image::ImageFormat::Jpeg)
}

/// The memory of this process, in KiB.
struct Memory {
    before: i64,
}

impl Memory {
    /// Forgets the highest value so far.
    fn begin() -> Result<Self, Failure> {
        std::fs::write("/proc/self/clear_refs", "5")?;
        Ok(Self { before: field("VmRSS:")? })
    }
    /// How much more it was at its highest, and is now.
    fn growth(&self) -> Result<(i64, i64), Failure> {
        Ok((field("VmHWM:")? - self.before, field("VmRSS:")? - self.before))
    }
}

fn field(name: &str) -> Result<i64, Failure> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix(name)).ok_or("no such field")?;
    Ok(line.trim().trim_end_matches("kB").trim().parse()?)
}

fn tell(line: &str) -> Result<(), Failure> {
    Ok(writeln!(std::io::stdout(), "{line}")?)
}
