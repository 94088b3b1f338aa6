//! Types and rules of accounts. No I/O.

use std::{fmt, str::FromStr, time::Duration};

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use kernel::{Env, FieldErrors, Instant, Language, OrganizationId, Role, SessionId, UserId, Zone, fold, trimmed};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::config::Secret;

/// The greatest length of names of people and organizations, in characters.
pub const NAME_MOST: usize = 120;
/// The shortest password, in bytes.
pub const PASSWORD_LEAST: usize = 12;
/// The longest password, in bytes.
pub const PASSWORD_MOST: usize = 256;

kernel::text_enum! {
    /// Whether a user may sign in.
    pub enum UserStatus {
        /// They may.
        Active = "active",
        /// They may not, and their sessions have ended.
        Disabled = "disabled",
    }
}

kernel::text_enum! {
    /// What a secret that was sent by mail is for.
    pub enum TokenPurpose {
        /// To show that the address of a new account is theirs.
        VerifyEmail = "verify_email",
        /// To choose another password.
        ResetPassword = "reset_password",
        /// To show that the new address is theirs.
        ChangeEmail = "change_email",
    }
}

impl TokenPurpose {
    /// How long the secret is good for.
    #[must_use]
    pub const fn lifetime(self) -> Duration {
        match self {
            Self::ResetPassword => Duration::from_secs(30 * 60),
            Self::VerifyEmail | Self::ChangeEmail => Duration::from_secs(3 * 24 * 3_600),
        }
    }
}

kernel::text_enum! {
    /// A letter of this feature.
    pub enum LetterKind {
        /// Asks to confirm the address of an account.
        VerifyEmail = "verify_email",
        /// Somebody registered with an address that has an account.
        AlreadyRegistered = "already_registered",
        /// Offers to choose another password.
        ResetPassword = "reset_password",
        /// Asks the new address to confirm a change.
        ChangeEmail = "change_email",
        /// Tells the old address of a change.
        EmailChanged = "email_changed",
        /// Tells that the password was changed.
        PasswordChanged = "password_changed",
    }
}

db::stored_as_text!(Email, UserStatus, TokenPurpose, LetterKind, crate::ui::Theme);

/// An e-mail address: of ASCII characters, at most 254 of them, with a name and a host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Email(String);

impl Email {
    /// Reads an address as a person types it.
    ///
    /// # Errors
    /// A field-error code: `required` or `email_invalid`.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let text = text.trim();
        if text.is_empty() {
            return Err("required");
        }
        let (name, host) = text.rsplit_once('@').unwrap_or_default();
        let words = |part: &str, least: usize, may: fn(u8) -> bool| {
            let all = part.split('.').all(|word| (1..=63).contains(&word.len()) && word.bytes().all(may));
            all && part.split('.').count() >= least
        };
        let is_name = words(name, 1, |b| b.is_ascii_alphanumeric() || b"!#$%&'*+/=?^_`{|}~-".contains(&b));
        let is_host = words(host, 2, |b| b.is_ascii_alphanumeric() || b == b'-')
            && host.split('.').all(|word| !word.starts_with('-') && !word.ends_with('-'));
        if is_name && is_host && name.len() <= 64 && text.len() <= 254 {
            Ok(Self(text.to_owned()))
        } else {
            Err("email_invalid")
        }
    }

    /// The address as typed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The form in which addresses are compared: two that differ in case only are one account.
    #[must_use]
    pub fn folded(&self) -> String {
        fold(&self.0)
    }
}

impl FromStr for Email {
    type Err = &'static str;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Reads the name of a person or an organization: one line of at most [`NAME_MOST`] characters.
///
/// # Errors
/// What is wrong is noted at `field`: `required` or `too_long`.
pub fn parse_name(errors: &mut FieldErrors, field: &'static str, text: &str) -> Option<String> {
    match trimmed(&text.replace(['\n', '\r', '\t'], " ")) {
        None => errors.add(field, "required"),
        Some(name) if name.chars().count() > NAME_MOST => errors.add_bound(field, "too_long", NAME_MOST),
        Some(name) => return Some(name),
    }
    None
}

/// Checks a password that is to be set, against its rules and against what others know of its owner.
///
/// # Errors
/// What is wrong is noted at `field`: `required`, `password_short`, `password_long` or `password_common`.
pub fn check_password(errors: &mut FieldErrors, field: &'static str, password: &str, known: &[&str]) {
    match password.len() {
        0 => errors.add(field, "required"),
        1..PASSWORD_LEAST => errors.add_bound(field, "password_short", PASSWORD_LEAST),
        PASSWORD_LEAST..=PASSWORD_MOST => {
            if is_guessable(password, known) {
                errors.add(field, "password_common");
            }
        }
        _ => errors.add_bound(field, "password_long", PASSWORD_MOST),
    }
}

/// Whether a guesser finds it within a million tries, beginning with common passwords and with the owner's name and address.
fn is_guessable(password: &str, known: &[&str]) -> bool {
    let words: Vec<&str> = known
        .iter()
        .flat_map(|text| std::iter::once(*text).chain(text.split(|c: char| !c.is_alphanumeric())))
        .filter(|word| word.chars().count() > 2)
        .chain(["landlord", "short-term landlord"])
        .collect();
    zxcvbn::zxcvbn(password, &words).score() <= zxcvbn::Score::One
}

/// The registration form as it was sent.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RegisterForm {
    /// The person's name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// The password they chose.
    #[serde(skip_serializing)]
    pub password: String,
    /// The organization's name.
    pub organization: String,
    /// Two-letter code of its country.
    pub country: String,
    /// Its time zone; empty: the country's.
    #[serde(default)]
    pub zone: String,
    /// Its currency; empty: the country's.
    #[serde(default)]
    pub currency: String,
    /// The language of its screens and mails; empty: that of the page.
    #[serde(default)]
    pub language: String,
}

/// A landlord who may be registered.
#[derive(Debug, Clone)]
pub struct NewLandlord {
    /// The person's name.
    pub name: String,
    /// Their address.
    pub email: Email,
    /// The password they chose.
    pub password: Secret<String>,
    /// Their organization.
    pub organization: crate::organizations::NewOrganization,
}

impl NewLandlord {
    /// Checks every field of the form.
    ///
    /// # Errors
    /// All that is wrong, by field.
    pub fn parse(form: &RegisterForm, page: Language) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let name = parse_name(&mut errors, "name", &form.name);
        let email = errors.keep("email", Email::parse(&form.email));
        check_password(&mut errors, "password", &form.password, &[&form.name, &form.email, &form.organization]);
        let organization = crate::organizations::NewOrganization::parse(
            &mut errors,
            "organization",
            &crate::organizations::OrganizationForm {
                name: form.organization.clone(),
                country: form.country.clone(),
                zone: form.zone.clone(),
                currency: form.currency.clone(),
                language: if form.language.is_empty() { page.to_string() } else { form.language.clone() },
            },
        );
        match (errors.into_result(), name, email, organization) {
            (Ok(()), Some(name), Some(email), Some(organization)) => {
                Ok(Self { name, email, password: Secret::new(form.password.clone()), organization })
            }
            (Err(errors), ..) => Err(errors),
            (Ok(()), ..) => Err(FieldErrors::one("", "invalid")),
        }
    }
}

/// The SHA-256 of a secret of 256 bits: what is stored of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hash([u8; 32]);

impl Hash {
    /// The hash of a secret as it was sent.
    #[must_use]
    pub fn of(secret: &str) -> Self {
        Self(Sha256::digest(secret.as_bytes()).into())
    }

    /// Its bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl db::Storable for Hash {
    type Raw = Vec<u8>;
    fn to_raw(&self) -> Vec<u8> {
        self.0.to_vec()
    }
}

impl db::Stored for Hash {
    fn from_raw(raw: Vec<u8>) -> Result<Self, String> {
        raw.try_into().map(Self).map_err(|raw: Vec<u8>| format!("{} bytes are no hash", raw.len()))
    }
}

/// A new secret of 256 bits: its text, which is shown once and never stored, and its hash.
#[must_use]
pub fn new_secret(env: &Env) -> (String, Hash) {
    let text = base64(&env.random_bytes::<32>());
    let hash = Hash::of(&text);
    (text, hash)
}

/// Bytes as a text that cookies and addresses hold without escaping.
#[must_use]
pub fn base64(bytes: &[u8]) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

/// A user to be added.
#[derive(Debug)]
pub struct NewUser {
    /// Their id.
    pub id: UserId,
    /// Their address.
    pub email: Email,
    /// Their name.
    pub name: String,
    /// The hash of their password.
    pub password_hash: String,
    /// The language of their screens and mails.
    pub language: Language,
    /// The zone in which they read times, when it is not the organization's.
    pub zone: Option<Zone>,
    /// Whether they administer the platform.
    pub is_admin: bool,
    /// When their address was confirmed.
    pub email_verified_at: Option<Instant>,
}

/// A user as stored.
#[derive(Debug, Clone)]
pub struct Account {
    /// Their id.
    pub id: UserId,
    /// Their address.
    pub email: Email,
    /// Their name.
    pub name: String,
    /// The hash of their password, when they have one.
    pub password_hash: Option<String>,
    /// The language of their screens and mails.
    pub language: Language,
    /// The zone in which they read times; `None`: the organization's.
    pub zone: Option<Zone>,
    /// Whether they administer the platform.
    pub is_admin: bool,
    /// Whether they may sign in.
    pub status: UserStatus,
    /// When their address was confirmed.
    pub email_verified_at: Option<Instant>,
}

/// A session to be stored.
#[derive(Debug)]
pub struct NewSession {
    /// Its id, under which it is listed.
    pub id: SessionId,
    /// Whose it is.
    pub user_id: UserId,
    /// The hash of what the cookie holds.
    pub token_hash: Hash,
    /// The organization that is active in it.
    pub organization_id: Option<OrganizationId>,
    /// The browser, as it says.
    pub user_agent: String,
    /// Where the request came from.
    pub address: String,
    /// The hash of the "remember me" secret.
    pub remember_hash: Option<Hash>,
    /// Until when the device is remembered.
    pub remember_until: Option<Instant>,
}

/// A session with its user and one of the user's memberships.
#[derive(Debug, Clone)]
pub struct Joined {
    /// The session.
    pub session_id: SessionId,
    /// The user.
    pub user_id: UserId,
    /// When the session began, or began anew.
    pub started_at: Instant,
    /// When it was last used, to the minute.
    pub last_seen_at: Instant,
    /// The organization that it is in.
    pub active_id: Option<OrganizationId>,
    /// The user's name.
    pub name: String,
    /// The user's address.
    pub email: String,
    /// The user's language.
    pub language: Language,
    /// The user's own zone.
    pub zone: Option<Zone>,
    /// The user's theme.
    pub theme: crate::ui::Theme,
    /// Whether the user administers the platform.
    pub is_admin: bool,
    /// The membership, when there is one.
    pub membership_id: Option<kernel::MembershipId>,
    /// Its role.
    pub role: Option<Role>,
    /// Its organization.
    pub organization_id: Option<OrganizationId>,
    /// Its organization's name.
    pub organization_name: Option<String>,
    /// Its organization's zone.
    pub organization_zone: Option<Zone>,
    /// The name of the organization that an admin entered.
    pub entered_name: Option<String>,
    /// The zone of the organization that an admin entered.
    pub entered_zone: Option<Zone>,
}

/// The "remember me" of a session.
#[derive(Debug)]
pub struct Bearer {
    /// The hash that is in force.
    pub hash: Hash,
    /// The one before it.
    pub previous: Option<Hash>,
    /// When it took the place of the one before.
    pub rotated_at: Option<Instant>,
}

/// A device in the list of sessions.
#[derive(Debug, Clone)]
pub struct Device {
    /// The session.
    pub id: SessionId,
    /// The browser, as it says.
    pub user_agent: String,
    /// The address of the sign-in.
    pub address: String,
    /// When the user signed in.
    pub signed_in_at: Instant,
    /// When it was last used, to the minute.
    pub last_seen_at: Instant,
    /// Whether it stays signed in.
    pub is_remembered: bool,
}

impl Device {
    /// The browser and its system by their names, as far as the browser says what it is.
    #[must_use]
    pub fn program(&self) -> Option<(&'static str, &'static str)> {
        // The first that matches: others name themselves after those that came before them.
        const BROWSERS: [(&str, &str); 6] = [
            ("Edg", "Edge"),
            ("OPR/", "Opera"),
            ("Firefox/", "Firefox"),
            ("FxiOS/", "Firefox"),
            ("Chrom", "Chrome"),
            ("Safari/", "Safari"),
        ];
        const SYSTEMS: [(&str, &str); 7] = [
            ("iPhone", "iPhone"),
            ("iPad", "iPad"),
            ("Android", "Android"),
            ("Windows", "Windows"),
            ("Mac OS X", "macOS"),
            ("CrOS", "ChromeOS"),
            ("Linux", "Linux"),
        ];
        let named = |names: &[(&str, &'static str)]| {
            names.iter().find(|(mark, _)| self.user_agent.contains(mark)).map(|(_, name)| *name)
        };
        Some((named(&BROWSERS)?, named(&SYSTEMS)?))
    }

    /// Whether it is held in a hand.
    #[must_use]
    pub fn is_handheld(&self) -> bool {
        self.program().is_some_and(|(_, system)| matches!(system, "iPhone" | "iPad" | "Android"))
    }
}

/// A letter that was asked for.
#[derive(Debug)]
pub struct Letter {
    /// Its id.
    pub id: uuid::Uuid,
    /// What it says.
    pub kind: LetterKind,
    /// Where to.
    pub email: Email,
    /// Whose account it is about, when that is known.
    pub user_id: Option<UserId>,
}

/// What a secret that was sent by mail gave.
#[derive(Debug)]
pub struct Redeemed {
    /// Whose it was.
    pub user_id: UserId,
    /// The address it was sent to.
    pub email: Email,
}

/// Whose failures are counted together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counter {
    /// An account as tried from one network, or from a browser that signed in to it before.
    Visitor,
    /// An account as tried from all browsers that are not known to it.
    Account,
}

impl Counter {
    /// How long the next attempt must wait after so many failures. It grows, and never ends in a lock-out.
    ///
    /// One account can be tried fewer than 100 times a day from the whole world; browsers that are known to it are not slowed by that.
    #[must_use]
    pub fn pause_after(self, failures: i64) -> Option<Duration> {
        let minutes = match (self, failures) {
            (Self::Visitor, ..5) | (Self::Account, ..20) => return None,
            (Self::Visitor, 5..=10) => 1_u64 << (failures - 5),
            (Self::Visitor, _) => 60,
            (Self::Account, 20..=24) => 5,
            (Self::Account, _) => 20,
        };
        Some(Duration::from_secs(minutes * 60))
    }
}
