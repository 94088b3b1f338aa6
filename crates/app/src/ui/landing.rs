//! The page that says what this is.

use askama::Template;

use super::Page;

/// `/`, for everybody.
#[derive(Debug, Clone, Template)]
#[template(path = "ui/templates/landing.html")]
pub struct LandingPage {
    /// The shell.
    pub page: Page,
    /// Whether anybody may create an account.
    pub registration_open: bool,
}
