import { addProperty, day, newLandlord } from "./support/steps";
import { expect, test } from "./support/test";

interface Event {
  uid: string;
  summary: string;
  from: string;
  to: string;
}

/** A calendar as Airbnb writes it. */
function airbnb(...events: Event[]): string {
  const plain = (date: string) => date.replaceAll("-", "");
  const lines = events.flatMap(({ uid, summary, from, to }) => [
    "BEGIN:VEVENT",
    `DTSTART;VALUE=DATE:${plain(from)}`,
    `DTEND;VALUE=DATE:${plain(to)}`,
    `SUMMARY:${summary}`,
    `UID:${uid}@airbnb.com`,
    "END:VEVENT",
  ]);
  const head = ["BEGIN:VCALENDAR", "PRODID:-//Airbnb Inc//Hosting Calendar 0.8.8//EN", "VERSION:2.0"];
  return [...head, ...lines, "END:VCALENDAR", ""].join("\r\n");
}

test("from an empty account to the first synced calendar, and a change of it", async ({
  page,
  local,
  expectAccessible,
}) => {
  const first = { uid: "first", summary: "Reserved", from: day(3), to: day(6) };
  const address = local.calendar("listing", airbnb(first));
  await newLandlord(page);
  await page.getByRole("link", { name: "Add a property" }).click();
  await addProperty(page, "Casa Azul");
  await expect(page.getByText("Europe/Madrid")).toBeVisible();

  await page.getByRole("link", { name: "Add a calendar" }).click();
  await expectAccessible();
  await page.getByLabel("Address").fill("not an address");
  await page.getByRole("button", { name: "Add a calendar" }).click();
  await expect(page.getByLabel("Address")).toHaveAccessibleDescription(/web address/);
  await page.getByLabel("Address").fill(address);
  await page.getByLabel(/^Channel/).selectOption({ label: "Airbnb" });
  await page.getByRole("button", { name: "Add a calendar" }).click();

  await expect(page.getByText("New reservation.")).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText("Up to date")).toBeVisible();
  await expectAccessible();
  await page.goto("/calendar");
  await expect(page.getByRole("grid").getByRole("link", { name: /^Casa Azul, .*Airbnb/ })).toBeVisible();

  local.calendar(
    "listing",
    airbnb({ ...first, to: day(8) }, { uid: "second", summary: "Reserved", from: day(10), to: day(12) }),
  );
  await page.goto("/properties");
  await page.getByRole("link", { name: "Casa Azul" }).click();
  await page.locator("#calendars").getByRole("link").first().click();
  await page.getByRole("button", { name: "Sync now" }).click();
  await expect(page.getByText(/Moved from/)).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText("New reservation.").first()).toBeVisible();
  await expectAccessible();
});
