import { addProperty, book, day, newLandlord } from "./support/steps";
import { expect, test } from "./support/test";

const PROPERTY = "Casa Azul";

test.beforeEach(async ({ page }) => {
  await newLandlord(page);
  await addProperty(page, PROPERTY);
});

test("nights are held once: the second booking is told who has them, and keeps what was typed", async ({
  page,
  problems,
  expectAccessible,
}) => {
  problems.allow(/status of 409/);
  await page.goto("/stays");
  await expectAccessible();
  await page.goto("/stays/new");
  await expectAccessible();
  await book(page, { property: PROPERTY, guest: "Ana Primera", checkIn: day(10), checkOut: day(14) });
  await expect(page.getByText("The stay is booked.")).toBeVisible();
  await expectAccessible();

  await book(page, { property: PROPERTY, guest: "Bruno Segundo", checkIn: day(12), checkOut: day(16) });
  await expect(page.getByText("These nights are taken")).toBeVisible();
  await expect(page.getByRole("main")).toContainText("Ana Primera");
  await expect(page.getByLabel(/^Name/)).toHaveValue("Bruno Segundo");
  await expect(page.getByLabel("Check-out")).toHaveValue(day(16));
  await expectAccessible();

  // The day the first guests leave is free.
  await page.getByLabel("Check-in").fill(day(14));
  await page.getByRole("button", { name: "Book" }).click();
  await expect(page.getByText("The stay is booked.")).toBeVisible();
  await page.goto("/stays");
  await expect(page.getByRole("link", { name: "Ana Primera" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Bruno Segundo" })).toBeVisible();
  await expectAccessible();
});

test("a list is searched and narrowed, and its address keeps how", async ({ page, expectAccessible }) => {
  await book(page, { property: PROPERTY, guest: "Iñigo Fernández", checkIn: day(10), checkOut: day(14) });
  await book(page, { property: PROPERTY, guest: "Olga Ruiz", checkIn: day(20), checkOut: day(22) });
  await page.goto("/stays");
  await page.getByRole("searchbox").fill("inigo fern");
  await page.getByRole("searchbox").press("Enter");
  await expect(page.getByRole("link", { name: "Iñigo Fernández" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Olga Ruiz" })).toBeHidden();

  await page.getByText("Filters").click();
  await page.getByLabel("From").fill(day(15));
  await page.getByRole("button", { name: "Show", exact: true }).click();
  await expect(page.getByText("Nothing found")).toBeVisible();
  await expect(page.getByLabel("From")).toHaveValue(day(15));
  await expectAccessible();
  await page.getByRole("link", { name: "Show all again" }).first().click();
  await expect(page.getByRole("link", { name: "Olga Ruiz" })).toBeVisible();
});

test("dates are changed, and a departure before the arrival is told at its field", async ({
  page,
  expectAccessible,
}) => {
  await book(page, { property: PROPERTY, guest: "Carla", checkIn: day(20), checkOut: day(22) });
  await page.getByRole("link", { name: "Edit" }).click();
  await page.getByLabel("Check-out").fill(day(19));
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByLabel("Check-out")).toHaveAccessibleDescription(/must be after the check-in/);
  await expectAccessible();
  await page.getByLabel("Check-out").fill(day(25));
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByText("The changes are saved.")).toBeVisible();
  await expect(page.getByText("5 nights")).toBeVisible();
});

test("guests check in, and leave early when that is confirmed", async ({ page, expectAccessible }) => {
  await book(page, { property: PROPERTY, guest: "Diego", checkIn: day(-1), checkOut: day(3) });
  await page.getByRole("button", { name: "Check in" }).click();
  await expect(page.getByText("The guests are checked in.")).toBeVisible();
  await page.getByRole("link", { name: "Check out" }).click();
  const question = page.getByRole("dialog", { name: "Check out early?" });
  await expect(question).toBeVisible();
  await expectAccessible();
  await question.getByRole("button", { name: "Check out" }).click();
  await expect(page.getByText("The guests are checked out.")).toBeVisible();
});

test("a stay is cancelled after a question, which frees its nights", async ({ page, expectAccessible }) => {
  await book(page, { property: PROPERTY, guest: "Elena", checkIn: day(30), checkOut: day(33) });
  await page.getByRole("link", { name: "Cancel stay" }).click();
  const question = page.getByRole("dialog", { name: "Cancel this stay?" });
  await expect(question).toBeVisible();
  await expectAccessible();
  await question.getByRole("button", { name: "Yes, cancel it" }).click();
  await expect(page.getByText("The stay is cancelled.")).toBeVisible();

  await book(page, { property: PROPERTY, guest: "Fabio", checkIn: day(30), checkOut: day(33) });
  await expect(page.getByText("The stay is booked.")).toBeVisible();
  await page.goto("/stays?tab=cancelled");
  await expect(page.getByRole("link", { name: "Elena" })).toBeVisible();
});
