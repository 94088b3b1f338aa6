//! What people and programs send, turned into what is known to be right. Forms and JSON share it.

use kernel::{Currency, Date, FieldErrors, GuestId, Money, Nights, UnitId, trimmed};
use serde::{Deserialize, Serialize};

use super::model::{BlockKind, Channel, Guest, GuestCounts, Stay, StayFilter, StayKind, StayTab};
use crate::guests;

const NAME_MOST: usize = 200;
const CODE_MOST: usize = 40;
const NOTES_MOST: usize = 4_000;
/// The years in which a stay may lie.
const YEARS: std::ops::RangeInclusive<i32> = 2000..=2100;

/// A stay as the form has it: every value as text, so that what is wrong can be shown again.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct StayForm {
    /// The unit's id.
    pub unit_id: String,
    /// `reservation` or `block`.
    pub kind: String,
    /// Why, for a block.
    pub block_kind: String,
    /// The channel of a reservation; empty for `direct`.
    pub channel: String,
    /// The channel's code of a reservation.
    pub reservation_code: String,
    /// The date of arrival, `YYYY-MM-DD`.
    pub check_in: String,
    /// The date of departure, `YYYY-MM-DD`.
    pub check_out: String,
    /// The id of a known person; empty for another.
    pub guest_id: String,
    /// What people are searched by, and whether that is all that is asked for.
    pub guest_search: String,
    /// Anything, to search for people rather than to save.
    pub find: String,
    /// The lead guest's name.
    pub guest_name: String,
    /// Their e-mail address.
    pub guest_email: String,
    /// Their telephone number.
    pub guest_phone: String,
    /// How many adults.
    pub adults: String,
    /// How many children.
    pub children: String,
    /// How many infants.
    pub infants: String,
    /// How many pets.
    pub pets: String,
    /// What it earns, in the organization's currency.
    pub amount: String,
    /// Notes.
    pub notes: String,
    /// Anything, to take more guests than the property says it takes.
    pub over_capacity: String,
    /// Anything, to book against the rules of when nights can be booked.
    pub against_rules: String,
    /// The version that was shown, when a stay is changed.
    pub version: String,
}

/// The longest text to search for, in characters.
const SEARCH_MOST: usize = 100;

/// Which stays a list shows, as its address has it; empty for all.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FilterForm {
    /// A property's id.
    pub property: String,
    /// A channel.
    pub channel: String,
    /// `reservation` or `block`.
    pub kind: String,
    /// The first day, `YYYY-MM-DD`.
    pub from: String,
    /// The last day, `YYYY-MM-DD`.
    pub until: String,
    /// What to search for.
    pub q: String,
}

impl FilterForm {
    /// What is right of it, and what is wrong with the rest: `property`, `channel`, `kind`, `from`, `until` or `q`.
    #[must_use]
    pub fn parse(&self, tab: StayTab) -> (StayFilter, FieldErrors) {
        fn choice<T: std::str::FromStr>(
            text: &str,
            field: &'static str,
            code: &'static str,
            errors: &mut FieldErrors,
        ) -> Option<T> {
            trimmed(text).and_then(|text| errors.keep(field, text.parse().map_err(|_| code)))
        }
        let mut errors = FieldErrors::new();
        let day = |text: &str, field, errors: &mut FieldErrors| {
            trimmed(text).and_then(|text| errors.keep(field, parse_date(&text)))
        };
        let from = day(&self.from, "from", &mut errors);
        let mut until = day(&self.until, "until", &mut errors);
        if from.zip(until).is_some_and(|(from, until)| until < from) {
            errors.add("until", "until_before_from");
            until = None;
        }
        let filter = StayFilter {
            tab,
            property_id: choice(&self.property, "property", "choice_unknown", &mut errors),
            channel: choice(&self.channel, "channel", "choice_unknown", &mut errors),
            kind: choice(&self.kind, "kind", "choice_unknown", &mut errors),
            from,
            until,
            search: optional(&self.q, SEARCH_MOST, "q", &mut errors),
        };
        (filter, errors)
    }

    /// How many of the conditions are set, but for the search.
    #[must_use]
    pub fn set(&self) -> usize {
        let conditions = [&self.property, &self.channel, &self.kind, &self.from, &self.until];
        conditions.iter().filter(|text| !text.trim().is_empty()).count()
    }

    /// The address of the list with this filter.
    #[must_use]
    pub fn address(&self, path: &str, tab: StayTab) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.append_pair("tab", tab.as_str());
        for (name, value) in [
            ("property", &self.property),
            ("channel", &self.channel),
            ("kind", &self.kind),
            ("from", &self.from),
            ("until", &self.until),
            ("q", &self.q),
        ] {
            if !value.trim().is_empty() {
                query.append_pair(name, value.trim());
            }
        }
        format!("{path}?{}", query.finish())
    }
}

/// A stay to be made, known to be right but for what only the database knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewStay {
    /// The unit.
    pub unit_id: UnitId,
    /// What it is.
    pub kind: StayKind,
    /// Why, for a block and only then.
    pub block_kind: Option<BlockKind>,
    /// Where it was sold.
    pub channel: Channel,
    /// The channel's code; none for a block.
    pub reservation_code: Option<String>,
    /// Its nights.
    pub nights: Nights,
    /// The lead guest; nothing for a block.
    pub guest: Guest,
    /// The person who that is, when one was chosen.
    pub guest_id: Option<GuestId>,
    /// Who comes; nobody for a block.
    pub counts: GuestCounts,
    /// What it earns.
    pub amount: Option<Money>,
    /// Notes.
    pub notes: Option<String>,
    /// Whether more guests than the property takes are meant.
    pub over_capacity: bool,
    /// Whether breaking rules of when nights can be booked is meant.
    pub against_rules: bool,
}

/// New facts of a stay; all of them are written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeStay {
    /// The facts. The kind must be the stay's own.
    pub facts: NewStay,
    /// The version that they change.
    pub version: i64,
}

impl StayForm {
    /// The form of a stay as it is.
    #[must_use]
    pub fn of(stay: &Stay) -> Self {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        Self {
            unit_id: stay.unit_id.to_string(),
            kind: stay.kind.to_string(),
            block_kind: stay.block_kind.map(|kind| kind.to_string()).unwrap_or_default(),
            channel: stay.channel.to_string(),
            reservation_code: text(&stay.reservation_code),
            check_in: stay.nights.check_in().to_string(),
            check_out: stay.nights.check_out().to_string(),
            guest_id: stay.guest_id.map(|id| id.to_string()).unwrap_or_default(),
            guest_search: String::new(),
            find: String::new(),
            guest_name: text(&stay.guest.name),
            guest_email: text(&stay.guest.email),
            guest_phone: text(&stay.guest.phone),
            adults: stay.counts.adults.to_string(),
            children: stay.counts.children.to_string(),
            infants: stay.counts.infants.to_string(),
            pets: stay.counts.pets.to_string(),
            amount: stay.amount.map(Money::to_decimal).unwrap_or_default(),
            notes: text(&stay.notes),
            over_capacity: String::new(),
            against_rules: String::new(),
            version: stay.version.to_string(),
        }
    }
}

impl NewStay {
    /// Reads the form; amounts are in the organization's currency.
    ///
    /// # Errors
    /// Every problem, by field. Codes: `required`, `unknown_choice`, `too_long`, `date_invalid`, `date_out_of_range`,
    /// `check_out_not_after`, `stay_too_long`, `email_invalid`, `phone_invalid`, `not_a_number`, `too_large`, `adult_required`,
    /// `amount_invalid`, `too_many_decimals`, `negative`.
    pub fn parse(form: &StayForm, currency: Currency) -> Result<Self, FieldErrors> {
        Self::parse_with(form, currency, true)
    }

    fn parse_with(form: &StayForm, currency: Currency, adult_required: bool) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let unit_id =
            errors.keep("unit_id", required(&form.unit_id).and_then(|id| id.parse().map_err(|_| "unknown_choice")));
        let kind =
            errors.keep("kind", required(&form.kind).and_then(|kind| kind.parse().map_err(|_| "unknown_choice")));
        let is_block = kind == Some(StayKind::Block);
        let block_kind = match form.block_kind.trim() {
            _ if !is_block => None,
            "" => Some(BlockKind::Other),
            kind => errors.keep("block_kind", kind.parse().map_err(|_| "unknown_choice")),
        };
        let channel = match form.channel.trim() {
            "" => Some(Channel::Direct),
            channel => errors.keep("channel", channel.parse().map_err(|_| "unknown_choice")),
        };
        let nights = parse_nights(form, &mut errors);
        let reservation = if is_block { &StayForm::default() } else { form };
        let reservation_code = optional(&reservation.reservation_code, CODE_MOST, "reservation_code", &mut errors)
            .map(|code| code.replace('\n', " "));
        let guest = parse_guest(reservation, &mut errors);
        let guest_id = trimmed(&reservation.guest_id)
            .and_then(|id| errors.keep("guest_id", id.parse().map_err(|_| "unknown_choice")));
        let counts = parse_counts(reservation, &mut errors);
        if !is_block && adult_required && counts.adults == 0 && errors.of("adults").is_none() {
            errors.add("adults", "adult_required");
        }
        let amount = match reservation.amount.trim() {
            "" => None,
            amount => errors.keep("amount", Money::parse(amount, currency).and_then(not_negative)),
        };
        let notes = optional(&form.notes, NOTES_MOST, "notes", &mut errors);
        errors.into_result()?;
        let (Some(unit_id), Some(kind), Some(channel), Some(nights)) = (unit_id, kind, channel, nights) else {
            return Err(FieldErrors::one("", "invalid"));
        };
        let over_capacity = !form.over_capacity.trim().is_empty();
        let against_rules = !form.against_rules.trim().is_empty();
        Ok(Self {
            unit_id,
            kind,
            block_kind,
            channel,
            reservation_code,
            nights,
            guest,
            guest_id,
            counts,
            amount,
            notes,
            over_capacity,
            against_rules,
        })
    }
}

impl ChangeStay {
    /// Reads the form of a stay that becomes the other kind; place and nights are its own.
    ///
    /// # Errors
    /// As [`ChangeStay::parse`].
    pub fn parse_converted(form: &StayForm, stay: &Stay, currency: Currency) -> Result<Self, FieldErrors> {
        let kind = match stay.kind {
            StayKind::Reservation => StayKind::Block,
            StayKind::Block => StayKind::Reservation,
        };
        let own = StayForm::of(stay);
        let form = StayForm {
            kind: kind.to_string(),
            channel: channel_or(&form.channel, stay),
            unit_id: own.unit_id,
            check_in: own.check_in,
            check_out: own.check_out,
            ..form.clone()
        };
        let facts = NewStay::parse_with(&form, currency, stay.feed_id.is_none())?;
        let version = form.version.trim().parse().map_err(|_| FieldErrors::one("version", "version_required"))?;
        Ok(Self { facts, version })
    }

    /// Moves a stay to another unit, and changes nothing else.
    #[must_use]
    pub fn to_unit(stay: &Stay, unit_id: UnitId, version: i64) -> Self {
        let facts = NewStay {
            unit_id,
            kind: stay.kind,
            block_kind: stay.block_kind,
            channel: stay.channel,
            reservation_code: stay.reservation_code.clone(),
            nights: stay.nights,
            guest: stay.guest.clone(),
            guest_id: stay.guest_id,
            counts: stay.counts,
            amount: stay.amount,
            notes: stay.notes.clone(),
            over_capacity: false,
            // It was sold already: the rules are about selling. Its history says that they were broken.
            against_rules: true,
        };
        Self { facts, version }
    }

    /// Reads the form over a stay. An imported reservation, or what was split off from one, need not say how many come: calendars do not.
    ///
    /// # Errors
    /// Every problem, by field, with the codes of [`NewStay::parse`]; `version_required` when the version is missing, `kind_fixed`
    /// when the kind is another.
    pub fn parse(form: &StayForm, stay: &Stay, currency: Currency) -> Result<Self, FieldErrors> {
        let form =
            StayForm { kind: kind_or(&form.kind, stay), channel: channel_or(&form.channel, stay), ..form.clone() };
        let counted = stay.feed_id.is_none() && stay.counts.adults > 0;
        let facts = NewStay::parse_with(&form, currency, counted)?;
        if facts.kind != stay.kind {
            return Err(FieldErrors::one("kind", "kind_fixed"));
        }
        let version = form.version.trim().parse().map_err(|_| FieldErrors::one("version", "version_required"))?;
        Ok(Self { facts, version })
    }
}

fn kind_or(kind: &str, stay: &Stay) -> String {
    if kind.trim().is_empty() { stay.kind.to_string() } else { kind.to_owned() }
}

fn channel_or(channel: &str, stay: &Stay) -> String {
    if channel.trim().is_empty() { stay.channel.to_string() } else { channel.to_owned() }
}

fn required(text: &str) -> Result<&str, &'static str> {
    Some(text.trim()).filter(|text| !text.is_empty()).ok_or("required")
}

fn not_negative(amount: Money) -> Result<Money, &'static str> {
    if amount.minor < 0 { Err("negative") } else { Ok(amount) }
}

fn optional(text: &str, most: usize, field: &'static str, errors: &mut FieldErrors) -> Option<String> {
    let text = trimmed(text)?;
    if text.chars().count() > most {
        errors.add_bound(field, "too_long", most);
        return None;
    }
    Some(text)
}

fn parse_date(text: &str) -> Result<Date, &'static str> {
    let date: Date = required(text)?.parse().map_err(|_| "date_invalid")?;
    if YEARS.contains(&chrono::Datelike::year(&date)) { Ok(date) } else { Err("date_out_of_range") }
}

fn parse_nights(form: &StayForm, errors: &mut FieldErrors) -> Option<Nights> {
    let check_in = errors.keep("check_in", parse_date(&form.check_in));
    let check_out = errors.keep("check_out", parse_date(&form.check_out));
    match Nights::new(check_in?, check_out?) {
        Ok(nights) => Some(nights),
        Err(error) => {
            errors.add_bound("check_out", error.code(), Nights::MOST);
            None
        }
    }
}

/// A unit and nights as they were typed.
///
/// # Errors
/// By field (`unit_id`, `check_in`, `check_out`), with the codes of [`NewStay::parse`].
pub(super) fn parse_place(unit_id: &str, check_in: &str, check_out: &str) -> Result<(UnitId, Nights), FieldErrors> {
    let mut errors = FieldErrors::new();
    let unit_id = errors.keep("unit_id", required(unit_id).and_then(|id| id.parse().map_err(|_| "unknown_choice")));
    let form = StayForm { check_in: check_in.to_owned(), check_out: check_out.to_owned(), ..StayForm::default() };
    let nights = parse_nights(&form, &mut errors);
    errors.into_result()?;
    unit_id.zip(nights).ok_or_else(|| FieldErrors::one("", "invalid"))
}

fn parse_guest(form: &StayForm, errors: &mut FieldErrors) -> Guest {
    let name = optional(&form.guest_name, NAME_MOST, "guest_name", errors).map(|name| name.replace('\n', " "));
    let (email, phone) =
        guests::parse_contact(["guest_email", "guest_phone"], &form.guest_email, &form.guest_phone, errors);
    Guest { name, email, phone }
}

fn parse_counts(form: &StayForm, errors: &mut FieldErrors) -> GuestCounts {
    let mut count = |field, text: &str| {
        let parsed = match text.trim() {
            "" => Ok(0),
            text => text.parse::<i64>().map_err(|_| "not_a_number"),
        };
        let parsed =
            parsed.and_then(|n| if n < 0 { Err("negative") } else { u32::try_from(n).map_err(|_| "too_large") });
        match parsed {
            Ok(n) if n <= GuestCounts::MOST => n,
            Ok(_) | Err("too_large") => {
                errors.add_bound(field, "too_large", GuestCounts::MOST);
                0
            }
            Err(code) => {
                errors.add(field, code);
                0
            }
        }
    };
    GuestCounts {
        adults: count("adults", &form.adults),
        children: count("children", &form.children),
        infants: count("infants", &form.infants),
        pets: count("pets", &form.pets),
    }
}
