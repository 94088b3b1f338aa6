import { addProperty, book, day, newLandlord } from "./support/steps";
import { expect, test } from "./support/test";

/** A calendar of Airbnb with one reservation. */
function sold(from: string, to: string): string {
  const plain = (date: string) => date.replaceAll("-", "");
  return [
    "BEGIN:VCALENDAR",
    "PRODID:-//Airbnb Inc//Hosting Calendar 0.8.8//EN",
    "VERSION:2.0",
    "BEGIN:VEVENT",
    `DTSTART;VALUE=DATE:${plain(from)}`,
    `DTEND;VALUE=DATE:${plain(to)}`,
    "SUMMARY:Reserved",
    "UID:first@airbnb.com",
    "END:VEVENT",
    "END:VCALENDAR",
    "",
  ].join("\r\n");
}

test("nights that were sold twice are found, asked about, and solved by moving one of the two", async ({
  page,
  local,
  expectAccessible,
}) => {
  await newLandlord(page);
  await addProperty(page, "Casa Verde");
  await addProperty(page, "Casa Azul");
  await page.goto("/conflicts");
  await expect(page.getByText("No night is sold twice")).toBeVisible();
  await expectAccessible();
  await book(page, { property: "Casa Azul", guest: "Ana Primera", checkIn: day(10), checkOut: day(14) });

  await page.goto("/properties");
  await page.getByRole("link", { name: "Casa Azul" }).click();
  await page.getByRole("link", { name: "Add a calendar" }).click();
  await page.getByLabel("Address").fill(local.calendar("listing", sold(day(12), day(16))));
  await page.getByLabel(/^Channel/).selectOption({ label: "Airbnb" });
  await page.getByRole("button", { name: "Add a calendar" }).click();
  await expect(page.getByText("Up to date")).toBeVisible({ timeout: 60_000 });

  await page.goto("/stays?tab=conflicts");
  await page.getByRole("link", { name: "Solve the conflicts" }).click();
  await expect(page.getByText("2 nights in question")).toBeVisible();
  await expectAccessible();
  await page.getByRole("link", { name: /^Solve/ }).click();
  await expect(page.getByText("Waits for the nights")).toBeVisible();
  await expectAccessible();

  await page.getByText("Ask Airbnb for help").click();
  await page.getByLabel(/^Note/).fill("They look for another place");
  await page.getByRole("button", { name: "Note that I asked" }).click();
  await expect(page.getByText(/Airbnb was asked by/)).toBeVisible();
  await expect(page.getByText("They look for another place")).toBeVisible();

  const ana = page.locator("section").filter({ has: page.getByRole("heading", { name: "Ana Primera" }) });
  await ana.getByRole("link", { name: "Move elsewhere" }).click();
  await expectAccessible();
  await page.getByRole("link", { name: /^See what follows ?: Casa Verde/ }).click();
  await expect(page.getByText("The conflict is solved then.")).toBeVisible();
  await expectAccessible();
  await page.getByRole("button", { name: "Move it" }).click();
  await expect(page.getByText("The stay is moved.")).toBeVisible();
  await expect(page.getByText("No night is sold twice")).toBeVisible();
});
