//! How errors look: the implementation of webkit's `ErrorPages` with our own pages.

use askama::Template;
use kernel::Fault;
use webkit::{ErrorPages, ErrorView, Web};

use crate::ui::{ErrorAlert, ErrorPage, Page};

/// Draws errors in the viewer's language, inside the shell.
#[derive(Debug, Clone, Copy)]
pub struct OurErrorPages;

impl ErrorPages for OurErrorPages {
    fn page(&self, web: &Web, error: &ErrorView) -> String {
        drawn(error_page(web, error).render())
    }

    fn fragment(&self, web: &Web, error: &ErrorView) -> String {
        drawn(ErrorAlert::from(error_page(web, error)).render())
    }
}

fn error_page(web: &Web, error: &ErrorView) -> ErrorPage {
    ErrorPage::new(Page::of(web), error.status.as_u16(), error.reference.clone().unwrap_or_default())
        .with_code(&error.code)
        .with_organization(error.organization_id)
}

/// A template that cannot be drawn leaves a plain sentence: an error page must not fail in turn.
fn drawn(rendered: askama::Result<String>) -> String {
    rendered.unwrap_or_else(|error| {
        tracing::error!(fault = %Fault::new("drawing an error page", error), "error page");
        "Something went wrong.".to_owned()
    })
}
