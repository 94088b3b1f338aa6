use ::http::StatusCode;
use db::{db_test, testing::TestDb};
use kernel::PermissionName;
use serde_json::json;

use super::*;

async fn furnished(db: TestDb) -> World {
    let world = World::new(db).await;
    let house = world.home.first;
    let mut rows = vec![
        Row::new(&world, house, 5, 15).priced(12_000),
        Row::new(&world, house, 20, 24).blocked(BlockKind::OwnerStay),
        Row::new(&world, world.home.second, 6, 8),
    ];
    rows[2].channel = Channel::BookingCom;
    put(&world, &rows).await;
    world
}

#[db_test]
async fn the_page_shows_each_figure_with_what_it_was_reckoned_from(db: TestDb) {
    let world = furnished(db).await;
    let site = world.site();
    let page = site.browser(&world.home.manager).get("/reports").await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    for text in [
        "Jan 1 – 31, 2027",
        "12 guest nights / 52 for sale",
        "12 guest nights / 56 in all",
        "16 of guests and owners / 56 in all",
        "€1,200.00 / 10 nights with a price",
        "€1,200.00 / 52 nights for sale",
        "€120.00",
        "2 nights sold have no price",
        "Before: –",
        "Booking.com",
        "href=\"/reports?period=last_month\"",
        "aria-current=\"page\">This month",
    ] {
        assert!(page.body.contains(text), "{text}\n{}", page.body);
    }
    assert!(!page.body.contains("style=") && !page.body.contains("reports-"), "{}", page.body);

    let one = format!("/reports?period=custom&from=2027-01-05&until=2027-01-14&property={}", world.home.first.property);
    let page = site.browser(&world.home.manager).get(&one).await;
    assert!(page.body.contains("10 guest nights / 10 for sale") && page.body.contains("100.0%"), "{}", page.body);
    assert!(page.body.contains(&format!("period=next_30_days&#38;property={}", world.home.first.property)));
    let year = site.browser(&world.home.manager).get("/reports?period=this_year").await;
    assert!(year.body.contains("January 2027") && year.body.contains("Jan 2027"), "{}", year.body);
}

#[db_test]
async fn dates_that_are_no_period_are_told_at_their_fields(db: TestDb) {
    let world = furnished(db).await;
    let mut browser = world.site().browser(&world.home.manager);
    for (query, field, value) in [
        ("from=2027-02-01&until=2027-01-01", "until-error", "2027-01-01"),
        ("from=2020-01-01&until=2027-01-01", "until-error", "2020-01-01"),
        ("from=soon&until=2027-01-01", "from-error", "soon"),
        ("", "from-error", ""),
    ] {
        let page = browser.get(&format!("/reports?period=custom&{query}")).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{query}");
        assert!(page.body.contains(field) && page.body.contains(&format!("value=\"{value}\"")), "{}", page.body);
        assert!(!page.body.contains("id=\"figures\""));
    }
    let nowhere = format!("/reports?property={}", world.foreign.first.property);
    assert_eq!(browser.get(&nowhere).await.status, StatusCode::NOT_FOUND);
    assert_eq!(browser.get("/reports?property=x").await.status, StatusCode::NOT_FOUND);
    assert_eq!(browser.get("/reports?period=someday").await.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[db_test]
async fn owners_see_their_properties_and_staff_nothing(db: TestDb) {
    let world = furnished(db).await;
    let site = world.site();
    let page = site.browser(&world.home.owner).get("/reports").await;
    assert!(page.body.contains("Beach house") && !page.body.contains("City flat"), "{}", page.body);
    assert!(page.body.contains("10 guest nights / 24 for sale"), "{}", page.body);
    for path in ["/reports", "/reports/properties.csv", "/reports/channels.csv"] {
        assert_eq!(site.browser(&world.home.staff).get(path).await.status, StatusCode::FORBIDDEN, "{path}");
    }
    let mut staff = site.browser(&world.home.staff);
    assert!(!staff.get("/tasks").await.body.contains("href=\"/reports\""));
}

#[db_test]
async fn a_file_has_every_property_and_no_formula(db: TestDb) {
    let world = furnished(db).await;
    let danger = world.add_house("=cmd|'/C calc'!A0, \"x\"").await;
    put(&world, &[Row::new(&world, danger, 9, 10)]).await;
    let mut browser = world.site().browser(&world.home.manager);
    let file = browser.get("/reports/properties.csv").await;
    assert_eq!(file.header("content-type"), "text/csv; charset=utf-8");
    assert_eq!(file.header("content-disposition"), "attachment; filename=\"properties-2027-01-01-2027-01-31.csv\"");
    let lines: Vec<&str> = file.body.trim_start_matches('\u{feff}').split("\r\n").collect();
    assert!(file.body.starts_with('\u{feff}') && lines.len() == 5, "{}", file.body);
    assert!(lines.iter().any(|line| line.starts_with("\"'=cmd|'/C calc'!A0, \"\"x\"\"\",")), "{}", file.body);
    let beach = lines.iter().find(|line| line.starts_with("Beach house")).unwrap();
    assert_eq!(
        *beach,
        "Beach house,,28,10,4,0,35.71,41.67,50.00,10,10,EUR,1200.00,120.00,50.00,1,10.00,1.00,1,1,0,0.00"
    );
    let headings = lines[0].split(',').count();
    assert_eq!(beach.split(',').count(), headings);
    let channels = browser.get("/reports/channels.csv?period=this_year").await;
    assert!(channels.body.contains("\r\nBooking.com,2,0,EUR,0.00,,1,2.00,"), "{}", channels.body);
    assert_eq!(
        browser.get("/reports/channels.csv?period=custom&from=x").await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
}

#[db_test]
async fn the_api_tells_the_same_and_says_what_is_wrong(db: TestDb) {
    let world = furnished(db).await;
    let site = world.site();
    let mut api = site.api(&world.home.manager, &[]);
    let path = "/api/v1/reports/occupancy?from=2027-01-01&until=2027-01-31";
    let body = api.get(path).await.json();
    assert_eq!(body["period"], json!({ "from": "2027-01-01", "until": "2027-01-31", "nights": 31 }));
    assert_eq!(body["previous_period"]["from"], "2026-12-01");
    let share = json!({ "numerator": 12, "denominator": 52, "basis_points": 2308 });
    assert_eq!(body["total"]["adjusted_occupancy"], share);
    assert_eq!(body["total"]["takings"]["adr"], json!({ "minor": 12_000, "currency": "EUR" }));
    assert_eq!(body["properties"][0]["name"], "Beach house");
    assert_eq!(
        (&body["channels"][0]["channel"], &body["channels"][0]["takings"]["revpar"]),
        (&json!("direct"), &json!(null))
    );
    assert_eq!((body["steps"].as_array().unwrap().len(), &body["steps"][4]["guest_nights"]), (31, &json!(1)));

    let narrow = site.api(&world.home.manager, &[PermissionName::ReportsView]).get(path).await.json();
    assert_eq!((&narrow["total"]["guest_nights"], &narrow["total"]["takings"]), (&json!(12), &json!(null)));
    assert_eq!(narrow["total"]["cancelled_value"], json!(null));

    for (query, field, code) in [
        ("from=2027-02-01&until=2027-01-01", "until", "until_before_from"),
        ("from=2024-01-01&until=2027-01-01", "until", "period_too_long"),
        ("until=2027-01-01", "from", "required"),
        ("from=2027-01-01&until=2027-13-01", "until", "date_invalid"),
    ] {
        let answer = api.get(&format!("/api/v1/reports/occupancy?{query}")).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(answer.header("content-type"), "application/problem+json");
        let error = answer.json()["errors"][0].clone();
        assert_eq!((&error["field"], &error["code"]), (&json!(field), &json!(code)), "{query}");
    }
    let foreign = format!("{path}&property_id={}", world.foreign.first.property);
    assert_eq!(api.get(&foreign).await.status, StatusCode::NOT_FOUND);
    assert_eq!(site.api(&world.home.staff, &[]).get(path).await.status, StatusCode::FORBIDDEN);
}

#[db_test]
async fn who_has_no_property_is_led_to_the_first(db: TestDb) {
    let world = World::new(db).await;
    let mut tx = world.db.begin().await.unwrap();
    db::sql!("DELETE FROM property_owner WHERE organization_id = $1")
        .bind(world.home.organization)
        .execute(&mut tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let page = world.site().browser(&world.home.owner).get("/reports").await;
    assert!(page.body.contains("No properties yet") && page.body.contains("href=\"/properties/new\""), "{}", page.body);
}
