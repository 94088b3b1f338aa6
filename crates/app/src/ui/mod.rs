//! The shell of every page and the components that pages are made of.
//!
//! A page's template extends `ui/templates/layout.html` (signed in) or `ui/templates/layout_public.html`, and its struct
//! has a field `page: ui::Page`. How to write one: `README.md` in this folder.

mod ago;
mod badge;
pub(crate) mod csv;
mod error_page;
mod form;
mod landing;
mod shell;
#[cfg(test)]
mod tests;
mod timeline;

use std::fmt::{self, Display};

use askama::filters::HtmlSafe;
use kernel::{Actor, Date, FieldError, Instant, Language, Money, OrganizationId, PermissionName, Zone};

use crate::{assets, text};

pub use ago::Ago;
pub use badge::Badge;
pub use error_page::{ErrorAlert, ErrorPage};
pub use form::{Choice, Form};
pub use landing::LandingPage;
pub use shell::html;

kernel::text_enum! {
    /// How a page is coloured.
    pub enum Theme {
        /// As the device says.
        System = "system",
        /// Dark text on light.
        Light = "light",
        /// Light text on dark.
        Dark = "dark",
    }
}

impl Theme {
    /// The cookie in which a visitor's choice is kept.
    pub const COOKIE: &str = "theme";
}

kernel::text_enum! {
    /// The colour by which a property is recognised; the class is `property-<name>`.
    pub enum PropertyColour {
        /// `property-red`
        Red = "red",
        /// `property-orange`
        Orange = "orange",
        /// `property-amber`
        Amber = "amber",
        /// `property-yellow`
        Yellow = "yellow",
        /// `property-lime`
        Lime = "lime",
        /// `property-green`
        Green = "green",
        /// `property-emerald`
        Emerald = "emerald",
        /// `property-teal`
        Teal = "teal",
        /// `property-cyan`
        Cyan = "cyan",
        /// `property-sky`
        Sky = "sky",
        /// `property-blue`
        Blue = "blue",
        /// `property-indigo`
        Indigo = "indigo",
        /// `property-violet`
        Violet = "violet",
        /// `property-purple`
        Purple = "purple",
        /// `property-pink`
        Pink = "pink",
        /// `property-slate`
        Slate = "slate",
    }
}

kernel::text_enum! {
    /// What a message or badge is about; the class is `tone-<name>`.
    pub enum Tone {
        /// Neither good nor bad.
        Neutral = "neutral",
        /// Something to know.
        Info = "info",
        /// Something went well.
        Success = "success",
        /// Something needs a look.
        Warning = "warning",
        /// Something went wrong.
        Error = "error",
        /// What is going on now.
        Primary = "primary",
    }
}

impl Tone {
    /// The icon that says the same as the colour.
    #[must_use]
    pub const fn icon(self) -> &'static str {
        let Icon(name) = match self {
            Self::Success => Icon("circle-check"),
            Self::Warning => Icon("triangle-alert"),
            Self::Error => Icon("circle-alert"),
            Self::Neutral | Self::Info | Self::Primary => Icon("info"),
        };
        name
    }
}

/// A message shown once, on the page after a form was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flash {
    /// What it is about.
    pub tone: Tone,
    /// The text, in the viewer's language.
    pub text: String,
    /// Where a link beside it leads, and its text.
    pub link: Option<(String, String)>,
}

/// An organization that the viewer may switch to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrganizationLink {
    /// The organization.
    pub id: OrganizationId,
    /// Its name.
    pub name: String,
    /// Whether it is the active one.
    pub active: bool,
}

/// Who is signed in, as far as the shell shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Viewer {
    /// The user and their rights in the active organization.
    pub actor: Actor,
    /// Their name.
    pub name: String,
    /// Their e-mail address.
    pub email: String,
    /// The organizations they belong to, the active one among them.
    pub organizations: Vec<OrganizationLink>,
}

impl Viewer {
    /// The first letter of the name, for the round mark beside it.
    #[must_use]
    pub fn initial(&self) -> String {
        self.name.chars().next().map(|c| c.to_uppercase().to_string()).unwrap_or_default()
    }
}

/// What every page needs: its language, theme and address, the form token, messages and who is looking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The language of all texts on it.
    pub language: Language,
    /// The theme that the viewer chose.
    pub theme: Theme,
    /// Path and query of the page, where the theme and organization forms return to.
    pub path: String,
    /// The token that every form carries as `csrf_token`, and htmx as `x-csrf-token`.
    pub csrf_token: String,
    /// Messages of the request before.
    pub flash: Vec<Flash>,
    /// Who is signed in; `None` on public pages.
    pub viewer: Option<Viewer>,
}

/// An entry of the main navigation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NavItem {
    /// Where it leads.
    pub href: &'static str,
    /// The name of its icon.
    pub icon: &'static str,
    /// Its text.
    pub text: &'static str,
    /// Whether the page shown is in this part.
    pub current: bool,
    /// Whether it is in the bar at the bottom of a phone; otherwise it is in the account menu there.
    pub docked: bool,
}

const NAVIGATION: [(&str, Icon, &str, Option<PermissionName>); 7] = [
    ("/dashboard", Icon("layout-dashboard"), "ui-nav-dashboard", None),
    ("/calendar", Icon("calendar-days"), "ui-nav-calendar", Some(PermissionName::StaysView)),
    ("/stays", Icon("bed-double"), "ui-nav-stays", Some(PermissionName::StaysView)),
    ("/guests", Icon("users-round"), "ui-nav-guests", Some(PermissionName::GuestsView)),
    ("/properties", Icon("house"), "ui-nav-properties", Some(PermissionName::PropertiesView)),
    ("/tasks", Icon("list-checks"), "ui-nav-tasks", Some(PermissionName::TasksView)),
    ("/reports", Icon("chart-column"), "ui-nav-reports", Some(PermissionName::ReportsView)),
];

/// What is not needed every day: the bar at the bottom of a phone has room for five.
const NOT_DOCKED: [&str; 2] = ["/guests", "/reports"];

impl Page {
    /// A page for somebody who is not signed in. `path` is the path and query of the request.
    #[must_use]
    pub fn public(language: Language, theme: Theme, path: impl Into<String>, csrf_token: impl Into<String>) -> Self {
        Self { language, theme, path: path.into(), csrf_token: csrf_token.into(), flash: Vec::new(), viewer: None }
    }

    /// A page for a signed-in user. `path` is the path and query of the request.
    #[must_use]
    pub fn signed_in(
        viewer: Viewer,
        language: Language,
        theme: Theme,
        path: impl Into<String>,
        csrf_token: impl Into<String>,
    ) -> Self {
        Self { viewer: Some(viewer), ..Self::public(language, theme, path, csrf_token) }
    }

    /// The same page with the messages of the request before.
    #[must_use]
    pub fn with_flash(self, flash: Vec<Flash>) -> Self {
        Self { flash, ..self }
    }

    /// The text of a message without arguments.
    #[must_use]
    pub fn t<'a>(&self, key: &'a str) -> &'a str {
        text::text(self.language, key)
    }

    /// The text of one case of an enumeration: `page.t_of("stay-status", "checked_in")` is `stay-status-checked-in`.
    #[must_use]
    pub fn t_of(&self, family: &str, case: &str) -> String {
        text::text(self.language, &format!("{family}-{}", case.replace('_', "-"))).to_owned()
    }

    /// The text of a message with arguments.
    #[must_use]
    pub fn t_with(&self, key: &str, values: &[(&str, &dyn Display)]) -> String {
        text::text_with(self.language, key, None, values)
    }

    /// The text of a message with one argument.
    #[must_use]
    pub fn t1(&self, key: &str, name: &str, value: impl Display) -> String {
        text::text_with(self.language, key, None, &[(name, &value)])
    }

    /// The text of a message with a plural: `$count` in it is the number.
    #[must_use]
    pub fn tn(&self, key: &str, count: impl Number) -> String {
        text::text_with(self.language, key, Some(count.to_i64()), &[])
    }

    /// How many guests: `2 adults, 1 child`. Kinds of which there is none are left out.
    #[must_use]
    pub fn guests(&self, adults: u32, children: u32, infants: u32, pets: u32) -> String {
        let kinds = [
            ("ui-guests-adults", adults),
            ("ui-guests-children", children),
            ("ui-guests-infants", infants),
            ("ui-guests-pets", pets),
        ];
        let texts: Vec<String> =
            kinds.into_iter().filter(|(_, count)| *count > 0).map(|(key, count)| self.tn(key, count)).collect();
        texts.join(", ")
    }

    /// A date with its year.
    #[must_use]
    pub fn date(&self, date: impl std::borrow::Borrow<Date>) -> String {
        text::date(self.language, *date.borrow())
    }

    /// A date near today, with its weekday.
    #[must_use]
    pub fn date_short(&self, date: impl std::borrow::Borrow<Date>) -> String {
        text::date_short(self.language, *date.borrow())
    }

    /// The month and year of a date.
    #[must_use]
    pub fn month(&self, date: impl std::borrow::Borrow<Date>) -> String {
        text::month(self.language, *date.borrow())
    }

    /// The short name of a date's weekday.
    #[must_use]
    pub fn weekday(&self, date: impl std::borrow::Borrow<Date>) -> String {
        text::weekday_short(self.language, *date.borrow())
    }

    /// Two dates without repeating what they share.
    #[must_use]
    pub fn date_range(&self, from: impl std::borrow::Borrow<Date>, to: impl std::borrow::Borrow<Date>) -> String {
        text::date_range(self.language, *from.borrow(), *to.borrow())
    }

    /// The time of day of an instant in a zone.
    #[must_use]
    pub fn time(&self, instant: impl std::borrow::Borrow<Instant>, zone: impl std::borrow::Borrow<Zone>) -> String {
        text::time(self.language, zone.borrow().local(*instant.borrow()).time())
    }

    /// Date and time of an instant in a zone: `Mon, Jan 4, 3:00 PM`.
    #[must_use]
    pub fn date_time(
        &self,
        instant: impl std::borrow::Borrow<Instant>,
        zone: impl std::borrow::Borrow<Zone>,
    ) -> String {
        let local = zone.borrow().local(*instant.borrow());
        format!("{}, {}", text::date_short(self.language, local.date()), text::time(self.language, local.time()))
    }

    /// A time of day that belongs to no date, such as a check-in time.
    #[must_use]
    pub fn clock(&self, time: impl std::borrow::Borrow<chrono::NaiveTime>) -> String {
        text::time(self.language, *time.borrow())
    }

    /// A whole number with its thousands apart.
    #[must_use]
    pub fn number(&self, number: impl Number) -> String {
        text::number(self.language, number.to_i64())
    }

    /// An amount with its currency.
    #[must_use]
    pub fn money(&self, money: impl std::borrow::Borrow<Money>) -> String {
        text::amount(self.language, *money.borrow())
    }

    /// The address of a built front-end file, named by its source below `web/`.
    #[must_use]
    pub fn asset(&self, source: &str) -> &'static str {
        assets::url(source)
    }

    /// A lucide icon by its name, hidden from screen readers: the text beside it says the same.
    #[must_use]
    pub const fn icon<'a>(&self, name: &'a str) -> Icon<'a> {
        Icon(name)
    }

    /// Whether the viewer has this permission in the active organization, by its name, such as `stays.create`.
    #[must_use]
    pub fn may(&self, permission: &str) -> bool {
        let actor = self.viewer.as_ref().map(|viewer| &viewer.actor);
        actor.zip(permission.parse().ok()).is_some_and(|(actor, permission)| actor.may(permission))
    }

    /// The main navigation, as far as the viewer may go.
    #[must_use]
    pub fn navigation(&self) -> Vec<NavItem> {
        NAVIGATION
            .iter()
            .filter(|(.., needs)| {
                let actor = self.viewer.as_ref().map(|viewer| &viewer.actor);
                actor.is_some_and(|actor| needs.map_or(actor.membership.is_some(), |name| actor.may(name)))
            })
            .map(|(href, icon, key, _)| NavItem {
                href,
                icon: icon.0,
                text: self.t(key),
                current: self.is_in(href),
                docked: !NOT_DOCKED.contains(href),
            })
            .collect()
    }

    /// Whether the page shown is this address or below it.
    #[must_use]
    pub fn is_in(&self, href: &str) -> bool {
        let path = self.path.split('?').next().unwrap_or_default();
        path.strip_prefix(href).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// The active organization.
    #[must_use]
    pub fn organization(&self) -> Option<&OrganizationLink> {
        self.viewer.as_ref()?.organizations.iter().find(|organization| organization.active)
    }

    /// The message of a field's problem; empty when it has none.
    #[must_use]
    pub fn error(&self, form: &Form, field: &str) -> String {
        form.error(field).map(|error| self.error_text(error)).unwrap_or_default()
    }

    /// The message of a problem, which names its bound where it has one.
    #[must_use]
    pub fn error_text(&self, error: &FieldError) -> String {
        let bound = error.bound.as_deref().unwrap_or_default();
        self.t1(&format!("error-{}", error.code.replace('_', "-")), "bound", bound)
    }

    /// One choice for each case of an enumeration, with the text of [`Page::t_of`].
    #[must_use]
    pub fn choices<'a>(&self, family: &str, cases: impl IntoIterator<Item = &'a str>) -> Vec<Choice> {
        cases.into_iter().map(|case| Choice::new(case, self.t_of(family, case))).collect()
    }
}

/// An icon of the sprite. As text it is the `<svg>` that shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Icon<'a>(pub &'a str);

impl Display for Icon<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Names are lower-case words with hyphens; anything else would not be a name of ours.
        let name = if self.0.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') { self.0 } else { "" };
        write!(f, r#"<svg class="icon" aria-hidden="true"><use href="{}#{name}"/></svg>"#, assets::url("src/icons.svg"))
    }
}

impl HtmlSafe for Icon<'_> {}

/// A whole number of any size, by value or by reference, as templates pass it.
pub trait Number {
    /// The number; the greatest there is when it does not fit.
    fn to_i64(&self) -> i64;
}

macro_rules! numbers {
    ($($ty:ty),+) => {$(
        impl Number for $ty {
            fn to_i64(&self) -> i64 {
                (*self).try_into().unwrap_or(i64::MAX)
            }
        }
    )+};
}

numbers!(u8, u16, u32, u64, usize, i32, i64);

impl<T: Number> Number for &T {
    fn to_i64(&self) -> i64 {
        (**self).to_i64()
    }
}
