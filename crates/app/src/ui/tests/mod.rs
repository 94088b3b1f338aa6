//! Renders every component, so that a template error shows here and not on a page.
//!
//! With `UI_GALLERY=<folder>` the pages are also written there, to be looked at with the built front end served at
//! `/assets`.

use askama::Template;
use kernel::{ActorKind, FieldErrors, Membership, MembershipId, Role, UserId};

use super::*;

#[derive(Template)]
#[template(path = "ui/tests/gallery.html")]
struct Gallery {
    page: Page,
    form: Form,
    channels: Vec<Choice>,
    money: Money,
    today: Date,
    now: Instant,
    zone: Zone,
}

#[derive(Template)]
#[template(path = "ui/tests/sign_in.html")]
struct SignIn {
    page: Page,
    form: Form,
}

#[derive(Template)]
#[template(path = "ui/tests/calendar.html")]
struct Calendar {
    page: Page,
    today: Date,
}

fn viewer(role: Role, is_admin: bool) -> Viewer {
    let organization_id = OrganizationId::from_uuid(uuid::Uuid::from_u128(1));
    let link = |n: u128, name: &str| OrganizationLink {
        id: OrganizationId::from_uuid(uuid::Uuid::from_u128(n)),
        name: name.into(),
        active: n == 1,
    };
    Viewer {
        actor: Actor {
            user_id: UserId::from_uuid(uuid::Uuid::from_u128(2)),
            is_admin,
            membership: Some(Membership {
                id: MembershipId::from_uuid(uuid::Uuid::from_u128(3)),
                organization_id,
                role,
            }),
            kind: ActorKind::Session,
        },
        name: "Inês Carvalho".into(),
        email: "ines@example.com".into(),
        organizations: vec![link(1, "Carvalho Stays"), link(2, "Alfama & <Sons>")],
    }
}

fn signed_in(language: Language, theme: Theme) -> Page {
    Page::signed_in(viewer(Role::Manager, true), language, theme, "/stays/new?x=1&y=2", "token").with_flash(vec![
        Flash { tone: Tone::Success, text: "The stay was saved.".into(), link: Some(("/stays".into(), "Undo".into())) },
        Flash { tone: Tone::Warning, text: "Two feeds have not answered for 6 hours.".into(), link: None },
    ])
}

fn gallery(language: Language, theme: Theme) -> String {
    let mut errors = FieldErrors::new();
    errors.add("name", "required");
    errors.add_bound("notes", "too_long", 2000);
    errors.add("check_out", "check_out_not_after");
    let page = signed_in(language, theme);
    let form = Form::new()
        .with("guest", "Zoë <O'Brien>")
        .with("email", "zoe@example.com")
        .with("notes", "Late arrival")
        .with("adults", 2)
        .with("check_in", "2027-01-08")
        .with("check_out", "2027-01-08")
        .with("channel", "direct")
        .with("cot", "true")
        .with("secret", "never shown")
        .with("colour", "teal")
        .with_errors(errors);
    let channels = page.choices("channel", ["airbnb", "vrbo", "booking_com", "direct", "other"]);
    Gallery {
        page,
        form,
        channels,
        money: Money::new(125_000, "EUR".parse().unwrap()),
        today: "2027-01-04".parse().unwrap(),
        now: "2027-01-04T15:00:00Z".parse().unwrap(),
        zone: "Europe/Lisbon".parse().unwrap(),
    }
    .render()
    .unwrap()
}

fn keep(name: &str, html: &str) {
    #[expect(clippy::disallowed_methods, reason = "where a person wants to look at the pages")]
    let folder = std::env::var("UI_GALLERY");
    if let Ok(folder) = folder {
        std::fs::write(std::path::Path::new(&folder).join(name), html).unwrap();
    }
}

#[test]
fn every_component_renders_in_every_language_and_theme() {
    for language in Language::ALL {
        for theme in Theme::ALL {
            let html = gallery(*language, *theme);
            keep(&format!("gallery-{language}-{theme}.html"), &html);
            assert!(html.contains(&format!("<html lang=\"{language}\"")));
            assert_eq!(html.contains("data-theme"), *theme != Theme::System);
        }
    }
}

#[test]
fn nothing_on_a_page_is_inline_script_or_style() {
    let html = gallery(Language::English, Theme::Light);
    for forbidden in [" style=", " onclick=", " hx-on", "javascript:", "<style"] {
        assert!(!html.contains(forbidden), "{forbidden}");
    }
    assert_eq!(html.matches("<script").count(), 1);
}

#[test]
fn what_people_typed_is_escaped_and_passwords_never_come_back() {
    let html = gallery(Language::English, Theme::Light);
    assert!(html.contains("Zoë &#60;O&#39;Brien&#62;"));
    assert!(html.contains("Alfama &#38; &#60;Sons&#62;"));
    assert!(html.contains("value=\"/stays/new?x=1&#38;y=2\""));
    assert!(!html.contains("never shown"));
}

#[test]
fn a_problem_is_tied_to_its_field() {
    let html = gallery(Language::English, Theme::Light);
    let name = html.split("<input").find(|tag| tag.contains("name=\"name\"")).unwrap();
    assert!(name.contains("aria-invalid=\"true\" aria-describedby=\"name-error name-hint\""), "{name}");
    assert!(html.contains("id=\"name-error\"") && html.contains("id=\"name-hint\""));
    assert!(html.contains("At most 2000 characters."));
    let email = html.split("<input").find(|tag| tag.contains("name=\"email\"")).unwrap();
    assert!(!email.contains("aria-invalid") && email.contains("autocomplete=\"email\""));
}

#[test]
fn the_navigation_offers_only_what_the_role_may_see() {
    let page = |role| Page::signed_in(viewer(role, false), Language::English, Theme::System, "/tasks?x", "token");
    let current: Vec<_> = page(Role::Manager).navigation().into_iter().filter(|item| item.current).collect();
    assert_eq!(current.iter().map(|item| item.href).collect::<Vec<_>>(), ["/tasks"]);
    assert!(page(Role::Manager).navigation().len() == 7 && !page(Role::Manager).may("admin.panel"));
    for item in page(Role::Staff).navigation() {
        assert!(item.href != "/calendar" || page(Role::Staff).may("stays.view"));
    }
    assert!(Page::public(Language::English, Theme::System, "/", "").navigation().len() <= 1);
}

#[test]
fn a_phone_has_five_entries_in_its_bar_and_the_others_in_the_account_menu() {
    for role in Role::ALL {
        let page = Page::signed_in(viewer(*role, false), Language::Spanish, Theme::System, "/reports", "token");
        assert!(page.navigation().iter().filter(|item| item.docked).count() <= 5);
    }
    let html = gallery(Language::English, Theme::Light);
    assert!(!html.split("dock-link").skip(1).any(|link| link.contains("href=\"/reports\"")));
    assert!(html.contains("menu-item lg:hidden\" href=\"/reports\""));
}

#[test]
fn every_error_page_says_what_happened_and_what_to_do() {
    for status in [400, 401, 403, 404, 405, 409, 413, 422, 429, 500, 502, 503] {
        let page = Page::public(Language::Spanish, Theme::Dark, "/x", "token");
        let html = ErrorPage::new(page, status, "01J0").render().unwrap();
        keep(&format!("error-{status}.html"), &html);
        assert!(!html.contains("ui-error"), "{status} has no text");
        assert!(html.contains("01J0"));
    }
}

#[test]
fn a_public_page_renders_without_a_viewer() {
    let page = Page::public(Language::English, Theme::Light, "/sign-in", "token");
    let html = SignIn { page, form: Form::new() }.render().unwrap();
    keep("sign-in.html", &html);
    assert!(html.contains("href=\"/register\"") && !html.contains("href=\"/sign-in\""));
}

#[test]
fn the_landing_page_offers_registration_only_while_it_is_open() {
    for (language, theme) in [(Language::English, Theme::Light), (Language::Spanish, Theme::Dark)] {
        let page = Page::public(language, theme, "/", "token");
        let open = LandingPage { page: page.clone(), registration_open: true }.render().unwrap();
        keep(&format!("landing-{theme}.html"), &open);
        assert!(open.contains("href=\"/register\"") && open.contains("href=\"/sign-in\""));
        let closed = LandingPage { page, registration_open: false }.render().unwrap();
        assert!(!closed.contains("/register") && closed.contains("href=\"/sign-in\""));
    }
}

#[test]
fn the_timeline_brings_its_texts_and_needs_no_inline_script() {
    for theme in [Theme::Light, Theme::Dark] {
        let page = Page::signed_in(viewer(Role::Manager, false), Language::English, theme, "/calendar", "token");
        let texts: serde_json::Value = serde_json::from_str(&page.timeline_texts()).unwrap();
        assert_eq!(texts["channels"]["booking_com"]["text"], "Booking.com");
        let html = Calendar { page, today: "2027-01-04".parse().unwrap() }.render().unwrap();
        keep(&format!("calendar-{theme}.html"), &html);
        assert!(
            html.contains("data-today=\"2027-01-04\"") && html.contains("&#34;checked_in&#34;:&#34;Checked in&#34;")
        );
    }
}

#[test]
fn every_colour_of_a_property_has_its_class() {
    let css = include_str!("../../../../../web/src/colours.css");
    for colour in PropertyColour::ALL {
        assert!(css.contains(&format!(".property-{colour} {{")), "{colour}");
    }
}
