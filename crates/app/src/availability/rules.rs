//! The rules of booking, and which of them applies on a date.

use chrono::{Datelike as _, Months, NaiveTime};
use db::stored_as_text;
use kernel::{Date, Instant, PropertyId, RuleId, text_enum};
use serde::Serialize;

text_enum! {
    /// Where a rule is said. The later, the more decisive.
    pub enum Level {
        /// For all properties.
        Organization = "organization",
        /// For one property.
        Property = "property",
        /// For a named part of the year, of all properties or of one.
        Season = "season",
        /// For dates, of all properties or of one.
        Date = "date",
    }
}

text_enum! {
    /// What happens when a cleaning does not fit between two stays on one day.
    pub enum Tight {
        /// People are warned.
        Warn = "warn",
        /// A night stays free between them.
        Night = "night",
    }
}

text_enum! {
    /// A day of the week.
    pub enum Weekday {
        /// Monday.
        Monday = "monday",
        /// Tuesday.
        Tuesday = "tuesday",
        /// Wednesday.
        Wednesday = "wednesday",
        /// Thursday.
        Thursday = "thursday",
        /// Friday.
        Friday = "friday",
        /// Saturday.
        Saturday = "saturday",
        /// Sunday.
        Sunday = "sunday",
    }
}

stored_as_text!(Level, Tight);

/// Some days of the week.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Weekdays(u32);

impl Weekdays {
    const ALL: u32 = 0b111_1111;

    /// The set of these bits, Monday being the lowest; nothing beyond Sunday.
    #[must_use]
    pub const fn from_bits(bits: u32) -> Option<Self> {
        if bits <= Self::ALL { Some(Self(bits)) } else { None }
    }

    /// The bits, Monday being the lowest.
    #[must_use]
    pub const fn bits(self) -> u32 {
        self.0
    }

    /// Whether the date is on one of them.
    #[must_use]
    pub fn contain(self, date: Date) -> bool {
        self.0 & (1 << date.weekday().num_days_from_monday()) != 0
    }

    /// The days, from Monday on.
    pub fn iter(self) -> impl Iterator<Item = Weekday> {
        Weekday::ALL.iter().copied().zip(0_u32..).filter(move |(_, bit)| self.0 & (1 << bit) != 0).map(|(day, _)| day)
    }
}

impl FromIterator<Weekday> for Weekdays {
    fn from_iter<I: IntoIterator<Item = Weekday>>(days: I) -> Self {
        let bit = |day: Weekday| Weekday::ALL.iter().position(|known| *known == day).map_or(0, |place| 1_u32 << place);
        Self(days.into_iter().fold(0, |bits, day| bits | bit(day)))
    }
}

/// How long stays are, and which gaps they may leave. Nights.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Length {
    /// The fewest; at least 1.
    pub min: u32,
    /// The most.
    pub max: Option<u32>,
    /// Whether this holds for every stay with a night on such a date, not only for those that arrive on one.
    pub stay_through: bool,
    /// Whether a stay may leave no gap beside it that is too short for any other stay.
    pub keep_gaps: bool,
    /// The fewest for a stay in a gap that is shorter than `min`.
    pub gap_min: Option<u32>,
}

impl Length {
    /// The shortest stay there can be at all.
    #[must_use]
    pub fn least(&self) -> u32 {
        self.gap_min.map_or(self.min, |gap| gap.min(self.min))
    }
}

/// On which days of the week nobody arrives or leaves.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Days {
    /// Nobody arrives.
    pub no_arrival: Weekdays,
    /// Nobody leaves.
    pub no_departure: Weekdays,
}

/// How long before their arrival people must book.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Notice {
    /// Days between the day of booking and the day of arrival.
    pub days: u32,
    /// The time at the property from which a day counts as over.
    pub until: Option<NaiveTime>,
}

/// How far ahead people may book.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Window {
    /// The last day of arrival is so many days from today; none for as far as they like.
    pub days: Option<u32>,
}

/// What lies between two stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Turnover {
    /// Nights that stay free between two stays, once.
    pub preparation: u32,
    /// Minutes that a cleaning takes; none when it is not to be looked at.
    pub cleaning: Option<u32>,
    /// What happens when it does not fit between departure and arrival on one day.
    pub tight: Tight,
}

impl Default for Length {
    fn default() -> Self {
        Self { min: 1, max: None, stay_through: false, keep_gaps: false, gap_min: None }
    }
}

impl Default for Turnover {
    fn default() -> Self {
        Self { preparation: 0, cleaning: None, tight: Tight::Warn }
    }
}

/// What is said in one place: each group whole, or not at all.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RuleSet {
    /// How long stays are.
    pub length: Option<Length>,
    /// When people arrive and leave.
    pub days: Option<Days>,
    /// How long before they must book.
    pub notice: Option<Notice>,
    /// How far ahead they may.
    pub window: Option<Window>,
    /// What lies between two stays.
    pub turnover: Option<Turnover>,
}

/// A part of the year, both days included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Span {
    /// The first day.
    pub first: Date,
    /// The last day.
    pub last: Date,
    /// Whether it comes again every year from then on.
    pub yearly: bool,
}

impl Span {
    /// How many days it has, but for one that leap years make.
    #[must_use]
    pub fn days(&self) -> i64 {
        (self.last - self.first).num_days() + 1
    }

    /// Whether it has this date. The end of February stands for a 29th in the years that have none.
    #[must_use]
    pub fn contains(&self, date: Date) -> bool {
        // One that reaches into the next year began in the year before.
        [0, 1]
            .iter()
            .any(|back| self.in_year(date.year() - back).is_some_and(|(first, last)| first <= date && date <= last))
    }

    /// The days of it that begin in a year.
    fn in_year(&self, year: i32) -> Option<(Date, Date)> {
        let years = u32::try_from(year - self.first.year()).ok().filter(|years| *years == 0 || self.yearly)?;
        let later = Months::new(years.checked_mul(12)?);
        Some((self.first.checked_add_months(later)?, self.last.checked_add_months(later)?))
    }

    /// When it is, or when it next begins; none when it is over.
    #[must_use]
    pub fn next(&self, today: Date) -> Option<(Date, Date)> {
        [today.year() - 1, today.year(), today.year() + 1, self.first.year()]
            .into_iter()
            .filter_map(|year| self.in_year(year))
            .find(|(_, last)| *last >= today)
    }
}

/// A rule as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// Its id, in the order of creation.
    pub id: RuleId,
    /// Where it is said.
    pub level: Level,
    /// Its property; none for all of them.
    pub property_id: Option<PropertyId>,
    /// The property's name.
    pub property_name: Option<String>,
    /// What people call it; only seasons and dates.
    pub name: Option<String>,
    /// When it applies; only seasons and dates, and always for them.
    pub span: Option<Span>,
    /// Of seasons on one date the greater wins.
    pub priority: u32,
    /// What it says.
    pub set: RuleSet,
    /// When it was last changed.
    pub updated_at: Instant,
}

impl Rule {
    fn applies(&self, date: Date) -> bool {
        self.span.is_none_or(|span| span.contains(date))
    }
}

/// A group of rules on a date, and who says so; nobody for what holds where nothing is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Said<'a, T> {
    /// What is said.
    pub what: T,
    /// Where.
    pub by: Option<&'a Rule>,
}

/// Why rules together leave nothing to book.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Contradiction {
    /// Nobody may arrive on any day of the week.
    NoArrival,
    /// No length of stay goes from a day of arrival to a day of departure.
    NoLength,
    /// The notice is longer than the booking window.
    NoticeBeyondWindow,
}

impl Contradiction {
    /// A stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NoArrival => "no_arrival",
            Self::NoLength => "no_length",
            Self::NoticeBeyondWindow => "notice_beyond_window",
        }
    }
}

/// Everything that is said of one property.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rules(Vec<Rule>);

impl Rules {
    /// The most that [`Rules::reach`] can be: the longest shortest stay, and the most preparation on both sides.
    pub const MOST_REACH: u32 = 365 + 2 * 30 + 1;

    /// Those of a property, out of those of several: its own and those of all properties.
    #[must_use]
    pub fn of(property: PropertyId, rules: &[Rule]) -> Self {
        Self::ordered(rules.iter().filter(|rule| rule.property_id.is_none_or(|id| id == property)).cloned().collect())
    }

    /// All of these.
    #[must_use]
    pub fn of_all(rules: Vec<Rule>) -> Self {
        Self::ordered(rules)
    }

    /// The most decisive first: by level, then the greater priority, the shorter, the property's own, the one made last.
    fn ordered(mut rules: Vec<Rule>) -> Self {
        rules.sort_by_key(|rule| {
            let days = rule.span.map_or(0, |span| span.days());
            (
                std::cmp::Reverse((rule.level, rule.priority)),
                days,
                rule.property_id.is_none(),
                std::cmp::Reverse(rule.id),
            )
        });
        Self(rules)
    }

    /// Those that hold all year.
    #[must_use]
    pub fn undated(&self) -> Self {
        Self(self.0.iter().filter(|rule| rule.span.is_none()).cloned().collect())
    }

    /// Those of the levels that a level overrides.
    #[must_use]
    pub fn below(&self, level: Level) -> Self {
        Self(self.0.iter().filter(|rule| rule.level < level).cloned().collect())
    }

    /// All of them, the most decisive first.
    pub fn iter(&self) -> impl Iterator<Item = &Rule> {
        self.0.iter()
    }

    fn first<T: Default>(&self, date: Date, group: impl Fn(&RuleSet) -> Option<T>) -> Said<'_, T> {
        self.0
            .iter()
            .find_map(|rule| group(&rule.set).filter(|_| rule.applies(date)).map(|what| Said { what, by: Some(rule) }))
            .unwrap_or_else(|| Said { what: T::default(), by: None })
    }

    /// How long stays are on a date.
    #[must_use]
    pub fn length(&self, date: Date) -> Said<'_, Length> {
        self.first(date, |set| set.length)
    }

    /// Who may arrive and leave on a date.
    #[must_use]
    pub fn days(&self, date: Date) -> Said<'_, Days> {
        self.first(date, |set| set.days)
    }

    /// The notice for an arrival on a date.
    #[must_use]
    pub fn notice(&self, date: Date) -> Said<'_, Notice> {
        self.first(date, |set| set.notice)
    }

    /// The booking window for an arrival on a date.
    #[must_use]
    pub fn window(&self, date: Date) -> Said<'_, Window> {
        self.first(date, |set| set.window)
    }

    /// What lies between a departure on a date and the next arrival.
    #[must_use]
    pub fn turnover(&self, date: Date) -> Said<'_, Turnover> {
        self.first(date, |set| set.turnover)
    }

    /// How far from a stay another one can matter to it, in nights.
    #[must_use]
    pub fn reach(&self) -> u32 {
        let length = self.0.iter().filter_map(|rule| rule.set.length).map(|length| length.min).max().unwrap_or(1);
        let prepared = self.0.iter().filter_map(|rule| rule.set.turnover).map(|t| t.preparation.max(1)).max();
        length + 2 * prepared.unwrap_or(0) + 1
    }

    /// What on a date leaves nothing to book.
    #[must_use]
    pub fn contradiction(&self, date: Date) -> Option<Contradiction> {
        let (length, days) = (self.length(date).what, self.days(date).what);
        if days.no_arrival.bits() == Weekdays::ALL {
            return Some(Contradiction::NoArrival);
        }
        if self.window(date).what.days.is_some_and(|window| self.notice(date).what.days > window) {
            return Some(Contradiction::NoticeBeyondWindow);
        }
        // Lengths that are a week apart end on the same day of the week.
        let longest = length.max.unwrap_or(u32::MAX).min(length.least().saturating_add(6));
        let arrivals = date.iter_days().take(7).filter(|day| !days.no_arrival.contain(*day));
        let mut stays = arrivals.flat_map(|day| (length.least()..=longest).map(move |nights| later(day, nights)));
        stays.all(|departure| days.no_departure.contain(departure)).then_some(Contradiction::NoLength)
    }
}

/// So many days later.
#[must_use]
pub(super) fn later(date: Date, days: u32) -> Date {
    date.checked_add_days(chrono::Days::new(u64::from(days))).unwrap_or(Date::MAX)
}

/// So many days earlier.
#[must_use]
pub(super) fn earlier(date: Date, days: u32) -> Date {
    date.checked_sub_days(chrono::Days::new(u64::from(days))).unwrap_or(Date::MIN)
}
