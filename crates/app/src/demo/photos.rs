//! What the demo's houses look like: a few shapes, drawn when the demo is made.

use jpeg_encoder::{ColorType, Encoder};
use kernel::{Actor, PropertyId, permissions::PropertiesEdit};

use super::{DemoError, refused};
use crate::{
    App,
    files::ReceivedFile,
    photos::{self, NewFacts},
};

/// The size of a picture: what a list and a grid show, drawn in a few milliseconds.
const WIDTH: u16 = 480;
const HEIGHT: u16 = 360;

type Colour = [i32; 3];

/// A house in its landscape: sky above and below, hills behind and in front, walls, roof.
struct Scene {
    /// The house that it shows.
    slug: &'static str,
    caption: &'static str,
    sky: [Colour; 2],
    hills: [Colour; 2],
    walls: Colour,
    roof: Colour,
    /// Where the water begins, if there is any.
    sea: Option<i32>,
    tower: bool,
}

const SCENES: [Scene; 7] = [
    Scene {
        slug: "lighthouse",
        caption: "The house from the beach path",
        sky: [[108, 178, 222], [222, 238, 240]],
        hills: [[196, 182, 140], [226, 208, 160]],
        walls: [248, 246, 240],
        roof: [206, 92, 70],
        sea: Some(188),
        tower: true,
    },
    Scene {
        slug: "orange-court",
        caption: "The court in the evening",
        sky: [[238, 150, 90], [252, 220, 160]],
        hills: [[170, 104, 74], [204, 138, 92]],
        walls: [250, 226, 190],
        roof: [176, 78, 54],
        sea: None,
        tower: false,
    },
    Scene {
        slug: "harbour-loft",
        caption: "The loft from the quay",
        sky: [[92, 122, 190], [214, 214, 240]],
        hills: [[92, 104, 140], [120, 128, 150]],
        walls: [206, 120, 96],
        roof: [70, 74, 96],
        sea: Some(196),
        tower: false,
    },
    Scene {
        slug: "almond-villa",
        caption: "The villa among its trees",
        sky: [[134, 196, 236], [240, 244, 226]],
        hills: [[116, 158, 116], [150, 184, 112]],
        walls: [252, 250, 244],
        roof: [200, 110, 74],
        sea: Some(178),
        tower: false,
    },
    Scene {
        slug: "pine-cabin",
        caption: "The cabin in the first snow",
        sky: [[156, 178, 204], [232, 238, 244]],
        hills: [[62, 98, 92], [232, 238, 242]],
        walls: [146, 98, 62],
        roof: [236, 240, 244],
        sea: None,
        tower: false,
    },
    Scene {
        slug: "lava-cottage",
        caption: "The cottage under the volcano",
        sky: [[120, 186, 220], [246, 232, 210]],
        hills: [[96, 62, 58], [64, 52, 54]],
        walls: [250, 248, 244],
        roof: [92, 132, 98],
        sea: None,
        tower: false,
    },
    Scene {
        slug: "palm-studio",
        caption: "The house from the garden",
        sky: [[126, 186, 232], [236, 242, 240]],
        hills: [[110, 152, 128], [142, 178, 120]],
        walls: [238, 228, 208],
        roof: [168, 92, 76],
        sea: None,
        tower: false,
    },
];

/// What is nearer to the second colour the larger `share` of `whole` is.
fn between([from, to]: [Colour; 2], share: i32, whole: i32) -> Colour {
    let share = share.clamp(0, whole);
    [0, 1, 2].map(|i| from[i] + (to[i] - from[i]) * share / whole)
}

/// A line of hills: from two waves of straight pieces.
fn ridge(x: i32, base: i32, height: i32, step: i32, shift: i32) -> i32 {
    let wave = |step: i32| ((x + shift).rem_euclid(2 * step) - step).abs();
    base - height * wave(step) / step - height * wave(step * 3 / 7) / (step * 2)
}

impl Scene {
    /// The house from outside.
    fn outside(&self, x: i32, y: i32) -> Colour {
        let (dx, dy) = (x - 370, y - 70);
        let window = |left: i32| (left..left + 26).contains(&x) && (226..256).contains(&y);
        if (158..330).contains(&x) && (200..300).contains(&y) {
            return match () {
                () if window(180) || window(282) => [112, 142, 160],
                () if (228..260).contains(&x) && y >= 240 => between([self.roof, [40, 30, 30]], 1, 3),
                () if y < 206 => between([self.walls, [0; 3]], 1, 6),
                () => self.walls,
            };
        }
        if (140..200).contains(&y) && (x - 244).abs() < 44 + (y - 140) {
            return self.roof;
        }
        if self.tower && (96..126).contains(&x) && (60..300).contains(&y) {
            let band = (y - 60) / 40 % 2 == 0;
            return if y < 84 {
                [250, 226, 140]
            } else if band {
                self.walls
            } else {
                self.roof
            };
        }
        if y > ridge(x, 318, 26, 190, 40) {
            return between([self.hills[1], [70, 90, 60]], y - 290, 160);
        }
        if let Some(sea) = self.sea
            && y >= sea
        {
            return between([[66, 134, 176], [150, 200, 210]], y - sea, 120);
        }
        if y > ridge(x, 230, 70, 150, 0) {
            return between([self.hills[0], self.hills[1]], y - 150, 200);
        }
        if dx * dx + dy * dy < 30 * 30 {
            return [255, 244, 206];
        }
        between(self.sky, y, 260)
    }

    /// A room of it, with the same view behind its window.
    fn inside(&self, x: i32, y: i32) -> Colour {
        let wall = between([self.walls, [255, 252, 244]], x, 480);
        let frame = (60..260).contains(&x) && (50..190).contains(&y);
        if frame {
            let pane = (68..156).contains(&x) || (164..252).contains(&x);
            return if pane && (58..182).contains(&y) { self.outside(x * 2 - 40, y * 2 - 60) } else { [250; 3] };
        }
        let (bed, lamp) = ((210..440).contains(&x) && (214..300).contains(&y), (x - 420).abs() < 22 - (y - 150) / 4);
        match () {
            () if bed && y < 236 && x > 370 => [252, 250, 246],
            () if bed && y < 262 => between([self.roof, self.walls], 1, 3),
            () if bed => between([self.roof, [60, 50, 50]], 1, 3),
            () if lamp && (110..150).contains(&y) => [252, 222, 150],
            () if (x - 420).abs() < 3 && (150..214).contains(&y) => [96, 84, 76],
            () if y > 280 => between([[186, 148, 108], [150, 112, 80]], y - 280, 80),
            () => between([wall, [210, 204, 196]], y, 600),
        }
    }
}

fn drawn(pixel: impl Fn(i32, i32) -> Colour) -> Result<ReceivedFile, DemoError> {
    let rows = (0..i32::from(HEIGHT)).flat_map(|y| (0..i32::from(WIDTH)).map(move |x| (x, y)));
    let bytes: Vec<u8> =
        rows.flat_map(|(x, y)| pixel(x, y)).map(|value| u8::try_from(value.clamp(0, 255)).unwrap_or(u8::MAX)).collect();
    let mut jpeg = Vec::new();
    Encoder::new(&mut jpeg, 92).encode(&bytes, WIDTH, HEIGHT, ColorType::Rgb).map_err(refused)?;
    ReceivedFile::of_bytes(&jpeg).map_err(refused)
}

/// Gives a house its photos.
pub(super) async fn add(app: &App, manager: &Actor, property: PropertyId, slug: &str) -> Result<(), DemoError> {
    let grant = manager.grant::<PropertiesEdit>().map_err(refused)?;
    let Some(scene) = SCENES.iter().find(|scene| scene.slug == slug) else { return Ok(()) };
    let pictures = [
        (drawn(|x, y| scene.outside(x, y))?, scene.caption, ""),
        (drawn(|x, y| scene.inside(x, y))?, "A bed with a view", "Bedroom"),
    ];
    for (file, caption, room) in pictures {
        let facts = NewFacts { caption: caption.to_owned(), room: room.to_owned() };
        photos::add(app, &grant, property, file, &facts).await.map_err(refused)?;
    }
    Ok(())
}
