//! A part of the calendar: some rows by some days. Its JSON is the contract of `web/src/islands/timeline/contract.ts`.

use std::collections::BTreeMap;

use chrono::Days;
use kernel::{Cursor, Date, Nights, PropertyId, StayId, TaskId, UnitId, text_enum, trimmed};
use serde::{Deserialize, Serialize};

use crate::{
    properties,
    stays::{Channel, StayKind, StayStatus},
    tasks::TaskStatus,
    ui::PropertyColour,
};

text_enum! {
    /// Which rows are shown.
    pub(super) enum Show {
        /// All of them.
        All = "all",
        /// Those where a stay waits for nights of another.
        Conflicts = "conflicts",
        /// Those that are free on certain nights.
        Free = "free",
    }
}

/// Which rows, as the address has it; what is empty or makes no sense is left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct FilterForm {
    /// Some of a property's name.
    pub(super) q: String,
    /// A property's city.
    pub(super) city: String,
    /// `all`, `conflicts` or `free`.
    pub(super) show: String,
    /// The first night that is to be free, `YYYY-MM-DD`.
    pub(super) free_from: String,
    /// The day after the last.
    pub(super) free_until: String,
    /// `city`, to have the rows by city.
    pub(super) group: String,
}

impl FilterForm {
    fn fields(&self) -> [(&'static str, &str); 6] {
        [
            ("q", &self.q),
            ("city", &self.city),
            ("show", &self.show),
            ("free_from", &self.free_from),
            ("free_until", &self.free_until),
            ("group", &self.group),
        ]
        .map(|(name, value)| (name, value.trim()))
    }

    /// The filter, and whether what was typed for the free nights makes no sense.
    pub(super) fn parse(&self) -> (RowFilter, bool) {
        let show = self.show.trim().parse().unwrap_or(Show::All);
        let day = |text: &str| text.trim().parse::<Date>().ok();
        let free = day(&self.free_from).zip(day(&self.free_until)).and_then(|(a, b)| Nights::new(a, b).ok());
        let filter = RowFilter {
            search: trimmed(&self.q),
            city: trimmed(&self.city),
            conflicts: show == Show::Conflicts,
            free: free.filter(|_| show == Show::Free),
            by_city: self.group.trim() == "city",
        };
        (filter, show == Show::Free && free.is_none())
    }

    /// Whether rows may be missing for it.
    pub(super) fn narrows(&self) -> bool {
        self.fields().iter().any(|(name, value)| !value.is_empty() && *name != "group" && *value != "all")
    }

    /// An address with this filter and another value.
    pub(super) fn address(&self, path: &str, more: &[(&str, &str)]) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        let set = self.fields().into_iter().filter(|(_, value)| !value.is_empty());
        for (name, value) in set.chain(more.iter().copied()) {
            query.append_pair(name, value);
        }
        let query = query.finish();
        if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
    }
}

/// Which rows, and in which order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct RowFilter {
    /// Only properties with this in their name, whatever its case and accents.
    pub(super) search: Option<String>,
    /// Only those of a city.
    pub(super) city: Option<String>,
    /// Only units where a stay waits for a night from today on.
    pub(super) conflicts: bool,
    /// Only units that are free, with all below them, on these nights.
    pub(super) free: Option<Nights>,
    /// City after city, those without one first.
    pub(super) by_city: bool,
}

/// What is asked for, within what may be asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Ask {
    pub(super) filter: RowFilter,
    pub(super) from: Date,
    pub(super) days: u32,
    pub(super) after: Option<Cursor>,
    pub(super) limit: i64,
}

impl Ask {
    /// The most days of a window.
    pub(super) const MOST_DAYS: i64 = 120;
    /// The most rows of a window.
    pub(super) const MOST_ROWS: i64 = 60;

    /// Brings days and rows within their bounds; dates beyond the calendar's end are cut.
    pub(super) fn new(from: Date, days: i64, after: Option<Cursor>, limit: i64) -> Self {
        let days = u32::try_from(days.clamp(1, Self::MOST_DAYS)).unwrap_or(1);
        Self { filter: RowFilter::default(), from, days, after, limit: limit.clamp(1, Self::MOST_ROWS) }
    }

    /// The same of fewer rows.
    pub(super) fn narrowed(self, filter: RowFilter) -> Self {
        Self { filter, ..self }
    }

    /// The day after the last.
    pub(super) fn until(&self) -> Date {
        self.from.checked_add_days(Days::new(u64::from(self.days))).unwrap_or(Date::MAX)
    }
}

/// A page of rows and everything of theirs that touches the days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Window {
    pub(super) from: Date,
    pub(super) days: u32,
    /// The organization's date.
    pub(super) today: Date,
    pub(super) rows: Vec<WindowRow>,
    pub(super) stays: Vec<Bar>,
    pub(super) turnovers: Vec<Mark>,
    pub(super) next: Option<Cursor>,
}

/// A unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct WindowRow {
    pub(super) unit_id: UnitId,
    pub(super) property_id: PropertyId,
    pub(super) property_name: String,
    pub(super) unit_name: Option<String>,
    pub(super) colour: PropertyColour,
    /// What it is grouped by; empty where it is not known, none where rows are not grouped.
    pub(super) group: Option<String>,
    /// The unit above it; none for the whole of a property.
    #[serde(skip)]
    pub(super) parent_id: Option<UnitId>,
    /// By which its property is sorted.
    #[serde(skip)]
    pub(super) name_folded: String,
}

impl WindowRow {
    /// `Property` or `Property · unit`.
    pub(super) fn place(&self) -> String {
        properties::place_name(&self.property_name, self.unit_name.as_deref())
    }
}

/// A stay of one of the rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Bar {
    pub(super) id: StayId,
    pub(super) unit_id: UnitId,
    pub(super) kind: StayKind,
    pub(super) status: StayStatus,
    pub(super) channel: Channel,
    /// Who or what.
    pub(super) label: String,
    pub(super) check_in: Date,
    pub(super) check_out: Date,
    pub(super) conflict: bool,
    pub(super) needs_review: bool,
}

impl Bar {
    /// The code of its badge: the channel of a reservation, `blocked` for a block.
    pub(super) const fn badge(&self) -> &'static str {
        match self.kind {
            StayKind::Block => "blocked",
            StayKind::Reservation => self.channel.as_str(),
        }
    }
}

/// A turnover of one of the rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Mark {
    pub(super) id: TaskId,
    pub(super) unit_id: UnitId,
    pub(super) date: Date,
    pub(super) same_day: bool,
    pub(super) status: TaskStatus,
}

/// Where a page of rows ends: all that they are sorted by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct After {
    pub(super) group: String,
    pub(super) name_folded: String,
    pub(super) property_id: PropertyId,
    pub(super) unit_name: String,
    pub(super) unit_id: UnitId,
}

const BETWEEN: char = '\u{1f}';

impl After {
    pub(super) fn cursor(row: &WindowRow) -> Cursor {
        let unit = row.unit_name.as_deref().unwrap_or_default();
        let group = row.group.as_deref().unwrap_or_default();
        let key = format!("{group}{BETWEEN}{}{BETWEEN}{}{BETWEEN}{unit}", row.name_folded, row.property_id);
        Cursor::after(&key, row.unit_id.uuid())
    }

    pub(super) fn open(cursor: &Cursor) -> Option<Self> {
        let (key, unit) = cursor.open()?;
        let mut parts = key.splitn(4, BETWEEN);
        Some(Self {
            group: parts.next()?.to_owned(),
            name_folded: parts.next()?.to_owned(),
            property_id: parts.next()?.parse().ok()?,
            unit_name: parts.next()?.to_owned(),
            unit_id: UnitId::from_uuid(unit),
        })
    }
}

/// What happens on a day, for the plain list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Day<'a> {
    pub(super) date: Date,
    pub(super) arrivals: Vec<(&'a WindowRow, &'a Bar)>,
    pub(super) departures: Vec<(&'a WindowRow, &'a Bar)>,
}

impl Window {
    /// Whether the next guests arrive at the unit on the day that others leave it.
    pub(super) fn is_same_day(&self, unit: &UnitId, date: &Date) -> bool {
        self.turnovers.iter().any(|mark| mark.same_day && mark.unit_id == *unit && mark.date == *date)
    }

    /// The days on which somebody comes or leaves, or a block begins or ends.
    pub(super) fn agenda(&self) -> Vec<Day<'_>> {
        let rows: BTreeMap<UnitId, &WindowRow> = self.rows.iter().map(|row| (row.unit_id, row)).collect();
        let on = |day: Date, at: fn(&Bar) -> Date| -> Vec<(&WindowRow, &Bar)> {
            self.stays
                .iter()
                .filter(|bar| at(bar) == day)
                .filter_map(|bar| Some((*rows.get(&bar.unit_id)?, bar)))
                .collect()
        };
        let days = self.from.iter_days().take(usize::try_from(self.days).unwrap_or(0));
        days.map(|date| Day { date, arrivals: on(date, |bar| bar.check_in), departures: on(date, |bar| bar.check_out) })
            .filter(|day| !day.arrivals.is_empty() || !day.departures.is_empty())
            .collect()
    }
}
