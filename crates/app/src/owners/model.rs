//! Owners and their shares.

use std::fmt;

use kernel::{FieldErrors, PartyId, UserId, text_enum, trimmed};

/// The longest name of a party, in characters.
const LONGEST_NAME: usize = 120;
/// The most owners of a property.
const MOST_OWNERS: usize = 50;

text_enum! {
    /// What a party is.
    pub enum PartyKind {
        /// A human being.
        Person = "person",
        /// A company or another body.
        Company = "company",
    }
}

db::stored_as_text!(PartyKind);

/// A share of a property in basis points: 1 to 10,000.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Share(u32);

impl Share {
    /// All of it.
    pub const WHOLE: u32 = 10_000;

    /// The share of so many basis points; `None` for none or more than all.
    #[must_use]
    pub fn from_basis_points(points: u32) -> Option<Self> {
        (1..=Self::WHOLE).contains(&points).then_some(Self(points))
    }

    /// Its basis points.
    #[must_use]
    pub const fn basis_points(self) -> u32 {
        self.0
    }

    /// Reads a percentage as a person types it: digits, then at most two decimals after `.` or `,`; `%` may follow.
    ///
    /// # Errors
    /// `share_invalid`.
    pub fn parse(typed: &str) -> Result<Self, &'static str> {
        let text = typed.trim().trim_end_matches('%').trim_end();
        let (whole, part) = text.split_once(['.', ',']).unwrap_or((text, ""));
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || whole.len() > 3 || part.len() > 2 || !digits(whole) || !digits(part) {
            return Err("share_invalid");
        }
        let points = format!("{whole}{part:0<2}").parse().ok();
        points.and_then(Self::from_basis_points).ok_or("share_invalid")
    }
}

/// Basis points as a percentage with two decimals.
pub(super) fn percentage(points: u32) -> String {
    format!("{}.{:02}", points / 100, points % 100)
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&percentage(self.0))
    }
}

/// An owner of a property.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnerView {
    /// The party.
    pub party_id: PartyId,
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: PartyKind,
    /// Who signs in for it.
    pub user_id: Option<UserId>,
    /// What it owns.
    pub share: Share,
}

/// Somebody who may own properties.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartyView {
    /// The party; none for a member who is no party yet.
    pub id: Option<PartyId>,
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: PartyKind,
    /// Who signs in for it.
    pub user_id: Option<UserId>,
}

/// An owner as it was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OwnerEntry {
    /// A party's id; empty for a new one.
    pub party_id: String,
    /// The id of a member who becomes a party; empty otherwise.
    pub user_id: String,
    /// The name of a new party, or the new one of a party without a user; empty: the name stays.
    pub name: String,
    /// What a new party is; empty: a person.
    pub kind: String,
    /// A percentage.
    pub share: String,
}

/// Whose a share is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Who {
    /// A party, perhaps with another name.
    Party(PartyId, Option<String>),
    /// A member who is no party yet.
    Member(UserId),
    /// Somebody new.
    New(String, PartyKind),
}

/// The owners of a property.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewOwners(pub(super) Vec<(Who, Share)>);

impl NewOwners {
    /// Reads what was typed.
    ///
    /// # Errors
    /// At `owners` (`too_large`, `owner_twice`, `choice_unknown`), `name` (`required`, `too_long`), `kind`, `share` (`share_invalid`,
    /// `shares_sum` with what they sum to).
    pub fn parse(entries: &[OwnerEntry]) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        if entries.len() > MOST_OWNERS {
            errors.add("owners", "too_large");
        }
        let owners: Vec<Option<(Who, Share)>> = entries.iter().map(|entry| owner(&mut errors, entry)).collect();
        let owners: Vec<(Who, Share)> = owners.into_iter().flatten().collect();
        let known: Vec<&Who> = owners.iter().map(|(who, _)| who).filter(|who| !matches!(who, Who::New(..))).collect();
        let same = |a: &Who, b: &Who| match (a, b) {
            (Who::Party(a, _), Who::Party(b, _)) => a == b,
            (Who::Member(a), Who::Member(b)) => a == b,
            _ => false,
        };
        if known.iter().enumerate().any(|(place, who)| known.iter().skip(place + 1).any(|other| same(who, other))) {
            errors.add("owners", "owner_twice");
        }
        let sum: u32 = owners.iter().map(|(_, share)| share.0).sum();
        if errors.is_empty() && !owners.is_empty() && sum != Share::WHOLE {
            errors.add_bound("share", "shares_sum", percentage(sum));
        }
        errors.into_result().map(|()| Self(owners))
    }
}

fn once(errors: &mut FieldErrors, field: &'static str, code: &'static str) {
    if errors.of(field).is_none() {
        errors.add(field, code);
    }
}

fn owner(errors: &mut FieldErrors, entry: &OwnerEntry) -> Option<(Who, Share)> {
    let name = trimmed(&entry.name).map(|name| name.replace('\n', " "));
    if name.as_ref().is_some_and(|name| name.chars().count() > LONGEST_NAME) && errors.of("name").is_none() {
        errors.add_bound("name", "too_long", LONGEST_NAME);
    }
    let who = if !entry.party_id.is_empty() {
        entry.party_id.parse().ok().map(|id| Who::Party(id, name))
    } else if !entry.user_id.is_empty() {
        entry.user_id.parse().ok().map(Who::Member)
    } else {
        let kind = if entry.kind.is_empty() { Some(PartyKind::Person) } else { entry.kind.parse().ok() };
        if kind.is_none() {
            once(errors, "kind", "choice_unknown");
        }
        if name.is_none() {
            once(errors, "name", "required");
        }
        Some(Who::New(name.unwrap_or_default(), kind.unwrap_or(PartyKind::Person)))
    };
    if who.is_none() {
        once(errors, "owners", "choice_unknown");
    }
    let share = Share::parse(&entry.share).map_err(|code| once(errors, "share", code)).ok();
    Some((who?, share?))
}
