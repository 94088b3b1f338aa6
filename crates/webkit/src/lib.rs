//! HTTP plumbing that knows no feature: every route is declared once with its access, limits and documentation, and
//! what the declaration says is enforced before the handler runs. `README.md` beside this crate shows a route end to end.

mod client;
mod cookie;
mod csrf;
mod error;
mod flash;
mod form;
mod front;
mod guard;
mod headers;
mod htmx;
mod idempotency;
mod identity;
mod input;
mod keys;
mod kit;
mod limits;
mod location;
mod openapi;
mod render;
mod route;
mod routes;
#[cfg(any(test, feature = "test-support"))]
pub mod testing;
#[cfg(test)]
mod tests;
mod upload;
mod web;

pub use cookie::{Cookie, Cookies};
pub use error::{FieldProblem, WebError};
pub use flash::{Flash, FlashKind};
pub use form::{Csrf, NoFields};
pub use headers::CONTENT_SECURITY_POLICY;
pub use htmx::Htmx;
pub use idempotency::{Begin, IdempotencyKey, IdempotencyStore, StoredAnswer};
pub use identity::{
    ActorSource, Allowed, AllowedPlatform, Credentials, Identified, Identity, MaybeSignedIn, MembershipFacts, SignedIn,
    UserFacts, Via,
};
pub use input::{ApiJson, PageQuery, Path, Query};
pub use ipnet::IpNet;
pub use kit::{Kit, PublicUrl, Settings};
pub use limits::{LimitClass, LimitKey, LimitSettings, Limits, Rate};
pub use location::{safe_next, see_other, sign_in_location};
pub use openapi::{ApiInfo, openapi};
pub use render::{ERROR_REGION, ErrorPages, ErrorView};
pub use route::{Access, ApiDoc, BodyClass, CacheClass, CsrfClass, RouteEntry, allow, platform, public};
pub use routes::{Routes, assemble};
pub use upload::{Part, Upload};
pub use web::Web;
