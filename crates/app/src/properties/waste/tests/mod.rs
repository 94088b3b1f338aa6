mod collections;
mod schedule;

use super::*;

/// What somebody types about a collection that repeats in this way.
fn form(repeats: &str) -> WasteForm {
    WasteForm { stream: "paper".into(), repeats: repeats.into(), ..WasteForm::default() }
}
