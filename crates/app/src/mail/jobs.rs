//! The jobs that send mails and forget old ones.

use jobs::{Job, JobError};
use kernel::{MailId, OrganizationId};
use serde::{Deserialize, Serialize};

use super::service::{self, Delivery};
use crate::App;

/// A mail to be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct SendMail {
    pub(super) organization: OrganizationId,
    pub(super) mail: MailId,
}

impl Job for SendMail {
    const KIND: &'static str = "mail.send";
    /// The mail itself counts the answers of the server and gives up first; here the deaths of workers count too.
    const MAX_ATTEMPTS: u32 = service::MOST_ATTEMPTS + 5;
    /// Somebody waits for it.
    const PRIORITY: i64 = -10;
}

pub(super) async fn send(app: App, job: SendMail) -> Result<(), JobError> {
    match service::deliver(&app, job.organization, job.mail).await? {
        Delivery::Settled => Ok(()),
        Delivery::Later => Err(JobError::retry("the mail was not sent: its row says why")),
        Delivery::Refused => Err(JobError::fail("the mail cannot be sent: its row says why")),
    }
}

/// Forgets mails that are old.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct ForgetMails {}

impl Job for ForgetMails {
    const KIND: &'static str = "mail.forget";
}

pub(super) async fn forget(app: App, _: ForgetMails) -> Result<(), JobError> {
    Ok(service::forget(&app).await?)
}
