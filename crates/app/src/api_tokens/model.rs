//! What an API token is.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use kernel::{ApiTokenId, FieldErrors, Instant, PermissionName, Role, permissions_of, trimmed};
use serde::{Deserialize, Serialize};

/// How long a token may live, in days.
pub(super) const LIFETIMES: [&str; 3] = ["30", "90", "365"];

/// What is typed to make a token.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct TokenForm {
    /// What it is for, 1 to 80 characters.
    pub name: String,
    /// Days to live: one of 30, 90 and 365.
    pub days: String,
    /// Names of permissions.
    pub permissions: Vec<String>,
}

/// A token that may be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewApiToken {
    /// What it is for.
    pub name: String,
    /// How long it lives.
    pub lifetime: TimeDelta,
    /// What it may do, within the role.
    pub permissions: BTreeSet<PermissionName>,
}

impl NewApiToken {
    /// Reads what was typed by somebody with this role.
    ///
    /// # Errors
    /// A problem for each field that cannot be taken.
    pub fn parse(form: &TokenForm, role: Role) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let name = trimmed(&form.name).unwrap_or_default();
        if name.is_empty() {
            errors.add("name", "required");
        } else if name.chars().count() > 80 {
            errors.add_bound("name", "too_long", 80);
        }
        let days = LIFETIMES.iter().find(|days| **days == form.days).and_then(|days| days.parse().ok());
        if days.is_none() {
            errors.add("days", "choice_unknown");
        }
        let of_role = permissions_of(role);
        let permissions: BTreeSet<PermissionName> = form
            .permissions
            .iter()
            .filter_map(|name| name.parse().ok())
            .filter(|name| of_role.contains(name))
            .collect();
        if form.permissions.is_empty() {
            errors.add("permissions", "required");
        } else if permissions.len() != form.permissions.iter().collect::<BTreeSet<_>>().len() {
            errors.add("permissions", "choice_unknown");
        }
        errors.into_result()?;
        Ok(Self { name, lifetime: TimeDelta::days(days.unwrap_or(0)), permissions })
    }
}

/// A token as its user sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiToken {
    /// Its id.
    pub id: ApiTokenId,
    /// What it is for.
    pub name: String,
    /// What it may do at most.
    pub permissions: BTreeSet<PermissionName>,
    /// When it ends.
    pub expires_at: Instant,
    /// When it was last used, to the minute.
    pub last_used_at: Option<Instant>,
    /// When it was made.
    pub created_at: Instant,
}
