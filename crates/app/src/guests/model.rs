//! Guests and their rules, without I/O.

use kernel::{
    Date, FieldErrors, GuestId, Instant, Language, Money, Nights, PropertyId, StayId, country, fold, trimmed,
};
use serde::{Deserialize, Serialize};

use crate::{
    audit::AuditEntry,
    stays::{Channel, StayStatus},
};

const NAME_MOST: usize = 200;
const EMAIL_MOST: usize = 254;
const PHONE_MOST: usize = 40;
const NOTES_MOST: usize = 4_000;

/// A guest as the form has it: every value as text, so that what is wrong can be shown again.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct GuestForm {
    /// What they are called.
    pub name: String,
    /// Their e-mail address.
    pub email: String,
    /// Their telephone number.
    pub phone: String,
    /// The language to write to them in.
    pub language: String,
    /// Their country, ISO 3166-1, two letters.
    pub country: String,
    /// Notes.
    pub notes: String,
    /// The version that was shown, when a guest is changed.
    pub version: String,
}

/// What is known of a person. Texts are trimmed and not empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GuestFacts {
    /// What they are called, at most 200 characters.
    pub name: String,
    /// Their e-mail address.
    pub email: Option<String>,
    /// Their telephone number, as it was typed.
    pub phone: Option<String>,
    /// The language to write to them in.
    pub language: Option<Language>,
    /// Their country, ISO 3166-1.
    pub country: Option<&'static str>,
    /// Notes of the managers.
    pub notes: Option<String>,
}

impl GuestFacts {
    /// Nothing but a name.
    #[must_use]
    pub const fn named(name: String) -> Self {
        Self { name, email: None, phone: None, language: None, country: None, notes: None }
    }

    /// Reads the form.
    ///
    /// # Errors
    /// Every problem, by field. Codes: `required`, `too_long`, `email_invalid`, `phone_invalid`, `unknown_choice`, `country_unknown`.
    pub fn parse(form: &GuestForm) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let name = text(&form.name, NAME_MOST, "name", &mut errors).map(|name| name.replace('\n', " "));
        if name.is_none() && errors.of("name").is_none() {
            errors.add("name", "required");
        }
        let (email, phone) = parse_contact(["email", "phone"], &form.email, &form.phone, &mut errors);
        let language = trimmed(&form.language)
            .and_then(|language| errors.keep("language", language.parse().map_err(|_| "unknown_choice")));
        let country = trimmed(&form.country).and_then(|code| {
            errors.keep("country", country::by_code(&code).map(country::Country::code).ok_or("country_unknown"))
        });
        let notes = text(&form.notes, NOTES_MOST, "notes", &mut errors);
        errors.into_result()?;
        let name = name.ok_or_else(|| FieldErrors::one("name", "required"))?;
        Ok(Self { name, email, phone, language, country, notes })
    }

    /// The form of these facts.
    #[must_use]
    pub fn to_form(&self) -> GuestForm {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        GuestForm {
            name: self.name.clone(),
            email: text(&self.email),
            phone: text(&self.phone),
            language: self.language.map(|language| language.to_string()).unwrap_or_default(),
            country: self.country.unwrap_or_default().to_owned(),
            notes: text(&self.notes),
            version: String::new(),
        }
    }

    /// The e-mail address by which the person is recognised.
    #[must_use]
    pub fn email_folded(&self) -> Option<String> {
        self.email.as_deref().map(fold)
    }

    /// The telephone number by which the person is recognised.
    #[must_use]
    pub fn phone_dialled(&self) -> Option<String> {
        self.phone.as_deref().map(dialled)
    }

    /// These facts, and of the other what they lack. Notes are put together.
    #[must_use]
    pub fn filled_from(&self, other: &Self) -> Self {
        let notes = match (&self.notes, &other.notes) {
            (Some(own), Some(others)) if own != others => {
                Some(format!("{own}\n\n{others}").chars().take(NOTES_MOST).collect())
            }
            (own, others) => own.clone().or_else(|| others.clone()),
        };
        Self {
            name: self.name.clone(),
            email: self.email.clone().or_else(|| other.email.clone()),
            phone: self.phone.clone().or_else(|| other.phone.clone()),
            language: self.language.or(other.language),
            country: self.country.or(other.country),
            notes,
        }
    }

    /// The names of the fields in which they differ.
    #[must_use]
    pub fn changed(&self, other: &Self) -> Vec<&'static str> {
        let pairs = [
            ("name", self.name != other.name),
            ("email", self.email != other.email),
            ("phone", self.phone != other.phone),
            ("language", self.language != other.language),
            ("country", self.country != other.country),
            ("notes", self.notes != other.notes),
        ];
        pairs.into_iter().filter(|(_, changed)| *changed).map(|(field, _)| field).collect()
    }
}

/// A person known to the organization.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guest {
    /// Their id.
    pub id: GuestId,
    /// What is known of them.
    pub facts: GuestFacts,
    /// The person that this one turned out to be.
    pub merged_into: Option<GuestId>,
    /// Grows with each change.
    pub version: i64,
    /// When they were first entered.
    pub created_at: Instant,
    /// When they last changed.
    pub updated_at: Instant,
}

/// A guest as a line of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GuestRow {
    /// The person.
    pub guest: Guest,
    /// How many stays they are part of, whatever became of these.
    pub stays: i64,
    /// The last arrival, past or ahead.
    pub last_arrival: Option<Date>,
}

/// A guest of a stay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StayGuest {
    /// The person.
    pub guest: Guest,
    /// Whether they booked; the others come along.
    pub is_lead: bool,
}

/// A stay of a guest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GuestStay {
    /// The stay.
    pub id: StayId,
    /// Whether they booked it.
    pub is_lead: bool,
    /// Where.
    pub property_id: PropertyId,
    /// The property's name.
    pub property_name: String,
    /// The unit's name; none for the whole property.
    pub unit_name: Option<String>,
    /// Today at the property.
    pub today: Date,
    /// Its status.
    pub status: StayStatus,
    /// Where it was sold.
    pub channel: Channel,
    /// Its nights.
    pub nights: Nights,
    /// What it earns.
    pub amount: Option<Money>,
}

impl GuestStay {
    /// Whether it is over, or will not be.
    #[must_use]
    pub fn is_past(&self) -> bool {
        self.nights.check_out() <= self.today || !(self.status.is_live() || self.status == StayStatus::Inquiry)
    }

    /// Whether it counts in what a guest stayed and paid.
    #[must_use]
    pub const fn counts(&self) -> bool {
        matches!(self.status, StayStatus::Confirmed | StayStatus::CheckedIn | StayStatus::CheckedOut)
    }
}

/// A guest with all that their page shows.
#[derive(Debug, Clone)]
pub struct GuestDetails {
    /// The person.
    pub guest: Guest,
    /// Their stays, the last first; at most 200.
    pub stays: Vec<GuestStay>,
    /// Others with the same e-mail address or telephone number.
    pub likely_same: Vec<Guest>,
    /// Those who were merged into this one.
    pub merged: Vec<Guest>,
    /// What happened to them, newest first.
    pub history: Vec<AuditEntry>,
}

impl GuestDetails {
    /// The nights of the stays that they booked and that count.
    #[must_use]
    pub fn nights(&self) -> u32 {
        self.counted().map(|stay| stay.nights.count()).sum()
    }

    /// How many stays they booked that count.
    #[must_use]
    pub fn bookings(&self) -> usize {
        self.counted().count()
    }

    /// What these earn, in each currency.
    #[must_use]
    pub fn revenue(&self) -> Vec<Money> {
        let mut sums: Vec<Money> = Vec::new();
        for amount in self.counted().filter_map(|stay| stay.amount) {
            match sums.iter_mut().find(|sum| sum.currency == amount.currency) {
                Some(sum) => sum.minor = sum.minor.saturating_add(amount.minor),
                None => sums.push(amount),
            }
        }
        sums
    }

    fn counted(&self) -> impl Iterator<Item = &GuestStay> {
        self.stays.iter().filter(|stay| stay.is_lead && stay.counts())
    }
}

/// What merging one guest into another comes to, before it is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MergePreview {
    /// Who stays.
    pub kept: Guest,
    /// Who is no longer a person of their own.
    pub gone: Guest,
    /// What is known of them then.
    pub facts: GuestFacts,
    /// How many stays move.
    pub stays: i64,
}

/// E-mail address and telephone number of a form, whose fields are named so.
pub(crate) fn parse_contact(
    [email_field, phone_field]: [&'static str; 2],
    email: &str,
    phone: &str,
    errors: &mut FieldErrors,
) -> (Option<String>, Option<String>) {
    let email = text(email, EMAIL_MOST, email_field, errors);
    if email.as_deref().is_some_and(|email| !is_email(email)) {
        errors.add(email_field, "email_invalid");
    }
    let phone = text(phone, PHONE_MOST, phone_field, errors);
    if phone.as_deref().is_some_and(|phone| !is_phone(phone)) {
        errors.add(phone_field, "phone_invalid");
    }
    (email, phone)
}

fn text(typed: &str, most: usize, field: &'static str, errors: &mut FieldErrors) -> Option<String> {
    let typed = trimmed(typed)?;
    if typed.chars().count() > most {
        errors.add_bound(field, "too_long", most);
        return None;
    }
    Some(typed)
}

/// One `@` with something on both sides, a dot in the domain, no white space: what can be said without sending a mail.
fn is_email(email: &str) -> bool {
    email.split_once('@').is_some_and(|(local, domain)| {
        !local.is_empty()
            && !domain.contains('@')
            && domain.split('.').count() > 1
            && domain.split('.').all(|label| !label.is_empty())
            && !email.contains(char::is_whitespace)
    })
}

/// A number that can be dialled: 4 to 15 digits, perhaps a leading `+`, and the marks that people write between them.
fn is_phone(phone: &str) -> bool {
    let rest = phone.strip_prefix('+').unwrap_or(phone);
    let digits = rest.chars().filter(char::is_ascii_digit).count();
    (4..=15).contains(&digits) && rest.chars().all(|c| c.is_ascii_digit() || " ()-./".contains(c))
}

/// A telephone number as it is dialled from anywhere, as far as that can be known: digits, after a `+` where it has the country's code.
/// `00` is the `+` of those who write it so, and `(0)` is dialled only inside the country.
#[must_use]
pub fn dialled(phone: &str) -> String {
    let abroad = phone.trim_start().starts_with('+');
    let digits: String = phone.replace("(0)", "").chars().filter(char::is_ascii_digit).collect();
    match digits.strip_prefix("00") {
        Some(rest) if !abroad => format!("+{rest}"),
        _ if abroad => format!("+{digits}"),
        _ => digits,
    }
}
