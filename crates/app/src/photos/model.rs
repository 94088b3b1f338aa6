//! What a photo is, and what may be typed about it.

use kernel::{FieldErrors, FileId, Instant, PhotoId, PropertyId, text_enum, trimmed};
use serde::{Deserialize, Serialize};

text_enum! {
    /// Where a photo is moved to.
    pub enum Move {
        /// To the beginning, where the main photo is.
        First = "first",
        /// Before the one that is before it.
        Earlier = "earlier",
        /// After the one that is after it.
        Later = "later",
    }
}

/// A size in which a photo is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// Its file.
    pub file_id: FileId,
}

/// A photo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhotoView {
    /// Its id.
    pub id: PhotoId,
    /// Whose.
    pub property_id: PropertyId,
    /// What is seen on it; may be empty.
    pub caption: String,
    /// Where it was taken; may be empty.
    pub room: String,
    /// When it was added.
    pub created_at: Instant,
    /// The sizes in which it is kept: one at least, the smallest first.
    pub sizes: Vec<Size>,
}

/// A picture to show small, and where it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cover {
    /// The photo.
    pub id: PhotoId,
    /// What is seen on it; may be empty.
    pub caption: String,
    /// The width of the file, in pixels.
    pub width: u32,
    /// The height of the file, in pixels.
    pub height: u32,
}

impl Cover {
    /// The address of its picture.
    #[must_use]
    pub fn src(&self) -> String {
        address(self.id, self.width)
    }
}

fn address(id: PhotoId, width: u32) -> String {
    format!("/photos/{id}/{width}")
}

impl PhotoView {
    /// The address of the smallest picture that is at least so wide, or else of the widest.
    #[must_use]
    pub fn src(&self, least: u32) -> String {
        self.size(least).map(|size| address(self.id, size.width)).unwrap_or_default()
    }
    /// That picture's size.
    #[must_use]
    pub fn size(&self, least: u32) -> Option<&Size> {
        self.sizes.iter().find(|size| size.width >= least).or(self.sizes.last())
    }
    /// All of them with their widths, for a browser to choose from.
    #[must_use]
    pub fn srcset(&self) -> String {
        let each = self.sizes.iter().map(|size| format!("{} {}w", address(self.id, size.width), size.width));
        each.collect::<Vec<_>>().join(", ")
    }
    /// The width of the widest, in pixels.
    #[must_use]
    pub fn width(&self) -> u32 {
        self.sizes.last().map_or(0, |size| size.width)
    }
    /// The height of the widest, in pixels.
    #[must_use]
    pub fn height(&self) -> u32 {
        self.sizes.last().map_or(0, |size| size.height)
    }
}

/// What is said of a photo, as it is typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PhotoForm {
    /// At most 200 characters.
    pub caption: String,
    /// At most 80 characters.
    pub room: String,
}

/// What may be stored of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewFacts {
    /// What is seen; may be empty.
    pub caption: String,
    /// Where it was taken; may be empty.
    pub room: String,
}

impl NewFacts {
    /// Reads what was typed.
    ///
    /// # Errors
    /// A problem for each field that cannot be taken.
    pub fn parse(form: &PhotoForm) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let mut text = |field, typed: &str, most: usize| {
            let text = trimmed(typed).unwrap_or_default();
            if text.chars().count() > most {
                errors.add_bound(field, "too_long", most);
            }
            text
        };
        let facts = Self { caption: text("caption", &form.caption, 200), room: text("room", &form.room, 80) };
        errors.into_result()?;
        Ok(facts)
    }
}

/// The order after a photo was moved; the same when there is nowhere to move it.
pub(super) fn moved(mut order: Vec<PhotoId>, id: PhotoId, to: Move) -> Vec<PhotoId> {
    let Some(at) = order.iter().position(|other| *other == id) else { return order };
    match to {
        Move::First => order[..=at].rotate_right(1),
        Move::Earlier if at > 0 => order.swap(at - 1, at),
        Move::Later if at + 1 < order.len() => order.swap(at, at + 1),
        Move::Earlier | Move::Later => {}
    }
    order
}
