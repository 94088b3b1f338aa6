//! The pages that say why there is nothing else to show.

use askama::Template;

use super::{Icon, Page};

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
}

impl ErrorPage {
    /// The page of a status. `reference` is shown so that a person can quote it; empty for none.
    #[must_use]
    pub fn new(page: Page, status: u16, reference: impl Into<String>) -> Self {
        Self { page, status, reference: reference.into() }
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
        self.page.t_of("ui-error-text", &self.shown().to_string())
    }
}
