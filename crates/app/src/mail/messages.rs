//! The mails that the program writes. Paths in them are paths and queries of pages of ours.

use chrono::TimeDelta;
use kernel::{Instant, Nights, Zone};

use super::{Letter, MailMessage, Writer};

/// Asks a new user to confirm the address.
#[derive(Debug, Clone)]
pub struct VerifyEmail {
    /// The user's name.
    pub name: String,
    /// The page that confirms, with its secret.
    pub path: String,
    /// How long the link works.
    pub valid_for: TimeDelta,
}

impl MailMessage for VerifyEmail {
    const KIND: &'static str = "verify_email";
    fn letter(&self, writer: &Writer) -> Letter {
        writer
            .letter(writer.t("mail-verify-email-subject"))
            .paragraph(writer.t1("mail-greeting", "name", &self.name))
            .paragraph(writer.t("mail-verify-email-text"))
            .button(writer.t("mail-verify-email-button"), writer.link(&self.path))
            .note(validity(writer, self.valid_for))
            .why(writer.t("mail-why-registered"))
    }
}

/// Lets somebody who forgot the password choose another.
#[derive(Debug, Clone)]
pub struct PasswordReset {
    /// The user's name.
    pub name: String,
    /// The page that asks for the new password, with its secret.
    pub path: String,
    /// How long the link works.
    pub valid_for: TimeDelta,
}

impl MailMessage for PasswordReset {
    const KIND: &'static str = "password_reset";
    fn letter(&self, writer: &Writer) -> Letter {
        writer
            .letter(writer.t("mail-password-reset-subject"))
            .paragraph(writer.t1("mail-greeting", "name", &self.name))
            .paragraph(writer.t("mail-password-reset-text"))
            .button(writer.t("mail-password-reset-button"), writer.link(&self.path))
            .note(format!("{} {}", validity(writer, self.valid_for), writer.t("mail-password-reset-ignore")))
            .why(writer.t("mail-why-account"))
    }
}

/// Asks, at the new address, to confirm the change of an address.
#[derive(Debug, Clone)]
pub struct EmailChange {
    /// The user's name.
    pub name: String,
    /// The page that confirms, with its secret.
    pub path: String,
    /// How long the link works.
    pub valid_for: TimeDelta,
}

impl MailMessage for EmailChange {
    const KIND: &'static str = "email_change";
    fn letter(&self, writer: &Writer) -> Letter {
        writer
            .letter(writer.t("mail-email-change-subject"))
            .paragraph(writer.t1("mail-greeting", "name", &self.name))
            .paragraph(writer.t("mail-email-change-text"))
            .button(writer.t("mail-email-change-button"), writer.link(&self.path))
            .note(format!("{} {}", validity(writer, self.valid_for), writer.t("mail-email-change-ignore")))
            .why(writer.t("mail-why-new-address"))
    }
}

/// Tells the old address that the account has another now.
#[derive(Debug, Clone)]
pub struct EmailChanged {
    /// The user's name.
    pub name: String,
    /// When.
    pub at: Instant,
    /// The user's time zone.
    pub zone: Zone,
}

impl MailMessage for EmailChanged {
    const KIND: &'static str = "email_changed";
    fn letter(&self, writer: &Writer) -> Letter {
        writer
            .letter(writer.t("mail-email-changed-subject"))
            .paragraph(writer.t1("mail-greeting", "name", &self.name))
            .paragraph(writer.t("mail-email-changed-text"))
            .fact(writer.t("mail-fact-when"), moment(writer, self.at, self.zone))
            .note(writer.t("mail-email-changed-note"))
            .why(writer.t("mail-why-old-address"))
    }
}

/// Tells that the password is another now.
#[derive(Debug, Clone)]
pub struct PasswordChanged {
    /// The user's name.
    pub name: String,
    /// When.
    pub at: Instant,
    /// The user's time zone.
    pub zone: Zone,
    /// The page where a forgotten password is replaced.
    pub path: String,
}

impl MailMessage for PasswordChanged {
    const KIND: &'static str = "password_changed";
    fn letter(&self, writer: &Writer) -> Letter {
        writer
            .letter(writer.t("mail-password-changed-subject"))
            .paragraph(writer.t1("mail-greeting", "name", &self.name))
            .paragraph(writer.t("mail-password-changed-text"))
            .fact(writer.t("mail-fact-when"), moment(writer, self.at, self.zone))
            .paragraph(writer.t("mail-password-changed-not-me"))
            .button(writer.t("mail-password-changed-button"), writer.link(&self.path))
            .why(writer.t("mail-why-account"))
    }
}

/// A stay as a mail names it: no guest's name, since mails are read anywhere.
#[derive(Debug, Clone)]
pub struct BookedStay {
    /// Where it was booked: the code of a channel.
    pub channel: &'static str,
    /// The nights.
    pub nights: Nights,
}

/// Two stays want the same nights.
#[derive(Debug, Clone)]
pub struct Conflict {
    /// The property's name.
    pub property: String,
    /// The nights in question, as arrival and departure.
    pub nights: Nights,
    /// The stay that has the nights.
    pub holds: BookedStay,
    /// The one that came too late.
    pub waits: BookedStay,
    /// The page of the one that waits.
    pub path: String,
}

impl MailMessage for Conflict {
    const KIND: &'static str = "conflict";
    fn letter(&self, writer: &Writer) -> Letter {
        let dates = |nights: Nights| writer.date_range(nights.check_in(), nights.check_out());
        let stay = |stay: &BookedStay| format!("{}, {}", writer.t_of("channel", stay.channel), dates(stay.nights));
        writer
            .letter(writer.t1("mail-conflict-subject", "property", &self.property))
            .paragraph(writer.t("mail-conflict-text"))
            .fact(writer.t("mail-fact-property"), &self.property)
            .fact(writer.t("mail-conflict-nights"), dates(self.nights))
            .fact(writer.t("mail-conflict-holds"), stay(&self.holds))
            .fact(writer.t("mail-conflict-waits"), stay(&self.waits))
            .button(writer.t("mail-conflict-button"), writer.link(&self.path))
            .note(writer.t("mail-conflict-note"))
            .why(writer.t("mail-why-manager"))
    }
}

/// A calendar has not been read for too long.
#[derive(Debug, Clone)]
pub struct FeedStale {
    /// The property's name.
    pub property: String,
    /// The code of its channel.
    pub channel: &'static str,
    /// The last good answer; `None` when there never was one.
    pub last_good: Option<Instant>,
    /// The property's time zone.
    pub zone: Zone,
    /// The feed's page.
    pub path: String,
}

impl MailMessage for FeedStale {
    const KIND: &'static str = "feed_stale";
    fn letter(&self, writer: &Writer) -> Letter {
        let channel = writer.t_of("channel", self.channel);
        let last_good =
            self.last_good.map_or_else(|| writer.t("mail-feed-stale-never"), |at| moment(writer, at, self.zone));
        writer
            .letter(writer.t1("mail-feed-stale-subject", "property", &self.property))
            .paragraph(writer.t("mail-feed-stale-text"))
            .fact(writer.t("mail-fact-property"), &self.property)
            .fact(writer.t("mail-fact-channel"), channel)
            .fact(writer.t("mail-feed-stale-last-good"), last_good)
            .button(writer.t("mail-feed-button"), writer.link(&self.path))
            .note(writer.t("mail-feed-stale-note"))
            .why(writer.t("mail-why-manager"))
    }
}

/// A calendar's answer would cancel so much that it was not believed.
#[derive(Debug, Clone)]
pub struct FeedSuspicious {
    /// The property's name.
    pub property: String,
    /// The code of its channel.
    pub channel: &'static str,
    /// How many stays it would cancel.
    pub gone: usize,
    /// The feed's page.
    pub path: String,
}

impl MailMessage for FeedSuspicious {
    const KIND: &'static str = "feed_suspicious";
    fn letter(&self, writer: &Writer) -> Letter {
        writer
            .letter(writer.t1("mail-feed-suspicious-subject", "property", &self.property))
            .paragraph(writer.tn("mail-feed-suspicious-text", i64::try_from(self.gone).unwrap_or(i64::MAX)))
            .fact(writer.t("mail-fact-property"), &self.property)
            .fact(writer.t("mail-fact-channel"), writer.t_of("channel", self.channel))
            .button(writer.t("mail-feed-button"), writer.link(&self.path))
            .note(writer.t("mail-feed-suspicious-note"))
            .why(writer.t("mail-why-manager"))
    }
}

fn moment(writer: &Writer, at: Instant, zone: Zone) -> String {
    format!("{} ({})", writer.date_time(at, zone), zone.name())
}

/// "The link works for ...": in days where it is whole days, else in hours, else in minutes.
fn validity(writer: &Writer, valid_for: TimeDelta) -> String {
    let minutes = valid_for.num_minutes();
    match (minutes % 1_440, minutes % 60) {
        (0, _) => writer.tn("mail-valid-days", valid_for.num_days()),
        (_, 0) => writer.tn("mail-valid-hours", valid_for.num_hours()),
        _ => writer.tn("mail-valid-minutes", minutes),
    }
}
