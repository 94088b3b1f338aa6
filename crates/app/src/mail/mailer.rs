//! The way out: a mail server, or none.

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use kernel::{Fault, Instant, MailId};
use lettre::{
    Address, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{
        Mailbox, MultiPart,
        header::{Header, HeaderName, HeaderValue},
    },
    transport::smtp,
};
use url::Url;

use crate::config::Config;

/// A mail ready to be sent.
#[derive(Debug, Clone)]
pub struct Outgoing {
    /// Its id, which becomes its Message-ID: a mail that is sent twice is recognised as one.
    pub id: MailId,
    /// When it was written.
    pub written_at: Instant,
    /// The recipient's address.
    pub to: String,
    /// One line.
    pub subject: String,
    /// The body as text.
    pub text: String,
    /// The same as HTML.
    pub html: String,
}

/// What became of a mail that went well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Handover {
    /// The mail server took it.
    Sent,
    /// Nothing was sent, and nothing should be: it is kept to be looked at.
    Kept,
}

/// Why a mail was not sent. The reasons are texts of the program: they are stored, and hold no address.
#[derive(Debug)]
pub enum SendError {
    /// Trying again may help.
    Later(String),
    /// The answer will be the same next time.
    Refused(String),
}

/// Sends mails.
#[async_trait]
pub trait Mailer: Send + Sync {
    /// Hands a mail over.
    ///
    /// # Errors
    /// [`SendError`].
    async fn send(&self, mail: &Outgoing) -> Result<Handover, SendError>;
}

/// How long one command of the mail server's may take.
const TIMEOUT: Duration = Duration::from_secs(20);

/// The mailer that is configured. Without a mail server development and demo keep their mails, and production tries again later.
///
/// # Errors
/// When the mail server's address cannot be used.
pub fn mailer(config: &Config, public_url: &Url) -> Result<Arc<dyn Mailer>, Fault> {
    let Some(url) = &config.mail.smtp_url else {
        return Ok(Arc::new(NoServer { keeps: !config.is_production() }));
    };
    let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url.expose())
        .map_err(|error| Fault::new("reading the address of the mail server", error))?
        .timeout(Some(TIMEOUT))
        .build();
    let host = public_url.host_str().unwrap_or("localhost").to_owned();
    Ok(Arc::new(Smtp { transport, from: config.mail.from.clone(), host }))
}

struct NoServer {
    keeps: bool,
}

#[async_trait]
impl Mailer for NoServer {
    async fn send(&self, _: &Outgoing) -> Result<Handover, SendError> {
        if self.keeps { Ok(Handover::Kept) } else { Err(SendError::Later("no mail server is configured".to_owned())) }
    }
}

struct Smtp {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    host: String,
}

/// Says that no person wrote it, so that no absence note answers (RFC 3834).
#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }
    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }
    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

impl Smtp {
    /// Headers are made by types that cannot hold a line break.
    fn message(&self, mail: &Outgoing) -> Result<Message, SendError> {
        let to: Address = mail.to.parse().map_err(|_| SendError::Refused("not an address".to_owned()))?;
        Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(&mail.subject)
            .date(mail.written_at.into())
            .message_id(Some(format!("<{}@{}>", mail.id, self.host)))
            .header(AutoSubmitted)
            .multipart(MultiPart::alternative_plain_html(mail.text.clone(), mail.html.clone()))
            .map_err(|_| SendError::Refused("not a message".to_owned()))
    }
}

#[async_trait]
impl Mailer for Smtp {
    async fn send(&self, mail: &Outgoing) -> Result<Handover, SendError> {
        match self.transport.send(self.message(mail)?).await {
            Ok(_) => Ok(Handover::Sent),
            Err(error) => Err(verdict(&error)),
        }
    }
}

/// 5xx is final, but for 53x, which is about our own credentials. What the server wrote is not kept: it may name the recipient.
fn verdict(error: &smtp::Error) -> SendError {
    let Some(code) = error.status().map(|code| code.to_string()) else {
        let reason = if error.is_timeout() { "the mail server is silent" } else { "the mail server cannot be reached" };
        return SendError::Later(reason.to_owned());
    };
    let reason = format!("the mail server answered {code}");
    if code.starts_with('5') && !code.starts_with("53") { SendError::Refused(reason) } else { SendError::Later(reason) }
}
