//! Mails: what the program writes to people, and how it is sent.
//!
//! - A mail is written and queued in the transaction that causes it ([`queue`]), once for each dedupe key, in the recipient's language.
//! - A job sends it. A mail server that is away is tried again for hours; a refusal is final. Should the program die while the server
//!   takes a mail, it is sent twice under one Message-ID.
//! - Every mail is text and HTML of the same [`Letter`], so they cannot differ, and its links lead to this installation only.
//! - Bodies may hold secrets, such as the link that resets a password: once a mail is sent or has failed they are deleted. Development
//!   and demo keep them, and show them at `/dev/mail` to this machine only. After 90 days the whole mail is forgotten.

mod jobs;
mod letter;
mod mailer;
mod messages;
mod model;
mod pages;
mod service;
mod store;
#[cfg(test)]
mod tests;

use std::time::Duration;

use ::jobs::Schedule;
use webkit::{Routes, public};

use crate::App;

pub use letter::{Letter, Link, Writer};
pub use mailer::{Handover, Mailer, Outgoing, SendError, mailer};
pub use messages::{
    BookedStay, Conflict, EmailChange, EmailChanged, FeedStale, FeedSuspicious, PasswordChanged, PasswordReset,
    VerifyEmail,
};
pub use model::{Mail, MailMessage, MailState};
pub use service::queue;

/// The development mailbox.
#[must_use]
pub fn routes() -> Routes<App> {
    const WHY: &str = "answers to this machine only, and only in development and demo";
    Routes::new().get("/dev/mail", public(WHY), pages::list).get("/dev/mail/{id}", public(WHY), pages::show).get(
        "/dev/mail/{id}/html",
        public(WHY),
        pages::html,
    )
}

/// Sending is a job, and so is forgetting.
pub fn handle_jobs(registry: &mut ::jobs::Registry<App>) {
    let day = Duration::from_secs(86_400);
    registry.handle(jobs::send);
    registry.handle(jobs::forget);
    registry.schedule(Schedule { name: "mail.forget", every: day, jitter: day / 24 }, jobs::ForgetMails {});
}
