//! Members and invitations, and their rules. No I/O.

use chrono::TimeDelta;
use kernel::{
    FieldErrors, Instant, InvitationId, Language, MembershipId, PartyId, PropertyId, Role, UserId, text_enum,
};
use serde::{Deserialize, Serialize};

use crate::accounts::Email;

/// How long an invitation can be accepted.
pub const VALID_FOR: TimeDelta = TimeDelta::days(7);
/// A letter is sent again no sooner than this.
pub const SENT_AGAIN_AFTER: TimeDelta = TimeDelta::minutes(1);
/// The most invitations of an organization that wait for an answer.
pub const MOST_OPEN: i64 = 200;

/// How long an invitation is kept after it was answered or has expired.
pub const KEPT_FOR: TimeDelta = TimeDelta::days(30);

/// A member as lists show them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The membership.
    pub id: MembershipId,
    /// The user.
    pub user_id: UserId,
    /// Their name.
    pub name: String,
    /// The same, as it is sorted.
    pub name_folded: String,
    /// Their address.
    pub email: String,
    /// Their role.
    pub role: Role,
    /// Since when they may do nothing here.
    pub suspended_at: Option<Instant>,
    /// How many properties in use they work at (staff) or own (owners).
    pub properties: u32,
    /// Since when they are a member.
    pub since: Instant,
}

text_enum! {
    /// What became of an invitation that nobody has accepted.
    pub enum InvitationState {
        /// It can be accepted.
        Open = "open",
        /// Its time is over; sending it again gives it new time.
        Expired = "expired",
    }
}

/// An invitation that nobody has accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// Its id.
    pub id: InvitationId,
    /// Who is asked.
    pub email: Email,
    /// As what.
    pub role: Role,
    /// When the last letter was written.
    pub sent_at: Instant,
    /// Until when it can be accepted.
    pub expires_at: Instant,
}

impl Invitation {
    /// Whether it can still be accepted.
    #[must_use]
    pub fn state(&self, now: Instant) -> InvitationState {
        if now < self.expires_at { InvitationState::Open } else { InvitationState::Expired }
    }
}

/// What somebody sees who opens the letter's link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// The organization's name.
    pub organization: String,
    /// Who asks.
    pub invited_by: String,
    /// Who is asked.
    pub email: Email,
    /// As what.
    pub role: Role,
    /// The organization's language, in which the letter was written.
    pub language: Language,
}

/// The form of an invitation as it was sent.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct InvitationForm {
    /// Who is asked.
    pub email: String,
    /// A [`Role`].
    pub role: String,
    /// Where staff will work.
    pub property_id: Vec<String>,
    /// Which of the known owners an owner is; empty for a new one.
    pub party_id: String,
}

/// An invitation that may be stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewInvitation {
    /// Who is asked.
    pub email: Email,
    /// As what.
    pub role: Role,
    /// Where they will work; empty for who is not staff.
    pub properties: Vec<PropertyId>,
    /// Which of the known owners they are; `None` for who is not an owner, or a new one.
    pub party: Option<PartyId>,
}

impl NewInvitation {
    /// Reads what was typed. What does not concern the role is left out.
    ///
    /// # Errors
    /// A problem for each field that cannot be taken.
    pub fn parse(form: &InvitationForm) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let email = errors.keep("email", Email::parse(&form.email));
        let role = parse_role(&mut errors, &form.role);
        let properties = match role {
            Some(Role::Staff) => parse_properties(&mut errors, &form.property_id),
            _ => Vec::new(),
        };
        let party = match (role, form.party_id.trim()) {
            (Some(Role::Owner), id) if !id.is_empty() => {
                errors.keep("party_id", id.parse().map_err(|_| "unknown_choice"))
            }
            _ => None,
        };
        match (errors.into_result(), email, role) {
            (Ok(()), Some(email), Some(role)) => Ok(Self { email, role, properties, party }),
            (Err(errors), ..) => Err(errors),
            (Ok(()), ..) => Err(FieldErrors::one("email", "required")),
        }
    }
}

fn parse_role(errors: &mut FieldErrors, text: &str) -> Option<Role> {
    let code = if text.trim().is_empty() { "required" } else { "unknown_choice" };
    errors.keep("role", text.trim().parse().map_err(|_| code))
}

fn parse_properties(errors: &mut FieldErrors, ids: &[String]) -> Vec<PropertyId> {
    let mut properties: Vec<PropertyId> = Vec::new();
    for id in ids.iter().filter(|id| !id.trim().is_empty()) {
        properties.extend(errors.keep("property_id", id.trim().parse::<PropertyId>().map_err(|_| "unknown_choice")));
    }
    properties.sort();
    properties.dedup();
    properties
}

/// The form of a member's work as it was sent.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct MemberForm {
    /// A [`Role`].
    pub role: String,
    /// Where staff work.
    pub property_id: Vec<String>,
}

/// What a member is to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeMember {
    /// Their role.
    pub role: Role,
    /// Where they work; empty for who is not staff.
    pub properties: Vec<PropertyId>,
}

impl ChangeMember {
    /// Reads what was typed.
    ///
    /// # Errors
    /// A problem for each field that cannot be taken.
    pub fn parse(form: &MemberForm) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let role = parse_role(&mut errors, &form.role);
        let properties = match role {
            Some(Role::Staff) => parse_properties(&mut errors, &form.property_id),
            _ => Vec::new(),
        };
        match (errors.into_result(), role) {
            (Ok(()), Some(role)) => Ok(Self { role, properties }),
            (Err(errors), _) => Err(errors),
            (Ok(()), None) => Err(FieldErrors::one("role", "required")),
        }
    }
}

/// What somebody without an account sends to accept.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AcceptForm {
    /// Their name.
    pub name: String,
    /// The password they chose.
    #[serde(skip_serializing)]
    pub password: String,
    /// `true` to stay signed in on this device.
    #[serde(default)]
    pub remember: String,
}
