//! The pages that say why there is nothing else to show.

use askama::Template;

use kernel::OrganizationId;

use super::{Icon, OrganizationLink, Page};

/// A whole page for an error status, in the viewer's language. It says what happened and what to do next.
#[derive(Debug, Clone, Template)]
#[template(path = "ui/templates/error.html")]
pub struct ErrorPage {
    /// The shell.
    pub page: Page,
    /// The HTTP status: 400, 401, 403, 404, 405, 409, 413, 422, 429, 500 or 503; another shows as 500.
    pub status: u16,
    /// What the operator finds in the log; empty when there is nothing to find.
    pub reference: String,
    /// What exactly went wrong, when there is a text for its code.
    detail: Option<String>,
    /// The organization to switch to, when the form belongs to another one than is active.
    organization: Option<OrganizationLink>,
}

/// The same in short, put into the page that is shown when only a part of it was asked for.
#[derive(Debug, Clone, Template)]
#[template(
    source = r#"<div role="alert" class="notice tone-error">{{ page.icon("circle-alert") }}<div class="grid min-w-0 flex-1 gap-0.5"><p class="font-semibold">{{ error.title() }}</p><p class="muted text-sm">{{ error.advice() }}</p>{% if !error.reference.is_empty() %}<p class="muted text-sm">{{ page.t1("ui-error-reference", "reference", error.reference.as_str()) }}</p>{% endif %}</div></div>"#,
    ext = "html"
)]
pub struct ErrorAlert {
    page: Page,
    error: ErrorPage,
}

impl From<ErrorPage> for ErrorAlert {
    fn from(error: ErrorPage) -> Self {
        Self { page: error.page.clone(), error }
    }
}

impl ErrorPage {
    /// The page of a status. `reference` is shown so that a person can quote it; empty for none.
    #[must_use]
    pub fn new(page: Page, status: u16, reference: impl Into<String>) -> Self {
        Self { page, status, reference: reference.into(), detail: None, organization: None }
    }

    /// The same with the text of a stable error code, when there is one.
    #[must_use]
    pub fn with_code(mut self, code: &str) -> Self {
        let key = format!("error-{}", code.replace('_', "-"));
        let text = self.page.t(&key);
        self.detail = (text != key).then(|| text.to_owned());
        self
    }

    /// The same with the offer to switch to another organization of the viewer's.
    #[must_use]
    pub fn with_organization(mut self, id: Option<OrganizationId>) -> Self {
        let organizations = self.page.viewer.as_ref().map(|viewer| viewer.organizations.as_slice()).unwrap_or_default();
        self.organization = organizations.iter().find(|link| Some(link.id) == id).cloned();
        self
    }

    /// The status whose texts are shown.
    fn shown(&self) -> u16 {
        match self.status {
            401 | 403 | 404 | 409 | 422 | 429 | 503 => self.status,
            400 | 405 | 413 => 400,
            _ => 500,
        }
    }

    fn icon(&self) -> &'static str {
        let Icon(name) = match self.shown() {
            401 | 403 => Icon("lock"),
            404 => Icon("compass"),
            409 => Icon("repeat-2"),
            400 | 422 => Icon("circle-alert"),
            429 => Icon("gauge"),
            _ => Icon("server-crash"),
        };
        name
    }

    fn title(&self) -> String {
        self.page.t_of("ui-error-title", &self.shown().to_string())
    }

    fn advice(&self) -> String {
        if let Some(detail) = &self.detail {
            return detail.clone();
        }
        self.page.t_of("ui-error-text", &self.shown().to_string())
    }
}
