import { addProperty, book, day, newLandlord } from "./support/steps";
import { expect, test } from "./support/test";

const PROPERTY = "Casa Azul";

test.beforeEach(async ({ page }) => {
  await newLandlord(page);
  await addProperty(page, PROPERTY);
});

test("nights are blocked again and again, seen before, and removed from one on", async ({ page, expectAccessible }) => {
  await book(page, { property: PROPERTY, guest: "Ana", checkIn: day(17), checkOut: day(18) });
  await page.goto("/stays/new?kind=block");
  await page.getByRole("link", { name: "Repeating block" }).click();
  await expectAccessible();
  await page.getByLabel("Property").selectOption({ label: PROPERTY });
  await page.getByLabel("First night").fill(day(10));
  await page.getByRole("button", { name: "Show the blocks" }).click();
  await expect(page.getByLabel(/^Until/)).toHaveAccessibleDescription(/when it ends/);
  await page.getByLabel(/^How many/).fill("3");
  await page.getByRole("button", { name: "Show the blocks" }).click();
  await expect(page.getByText("1 block is not possible")).toBeVisible();
  await expectAccessible();
  await page.getByRole("button", { name: "Make the 2 that are free" }).click();
  await expect(page.getByText("The nights are blocked. Blocks: 2.")).toBeVisible();
  await expectAccessible();
  await page
    .getByRole("link", { name: /^Remove ?:/ })
    .last()
    .click();
  await expect(page.getByText(/^1 block, from/)).toBeVisible();
  await page.getByRole("button", { name: "Yes, remove them" }).click();
  await expect(page.getByText("The blocks are removed: 1.")).toBeVisible();
});

test("a block becomes a reservation, and a block again", async ({ page, expectAccessible }) => {
  await page.goto("/stays/new?kind=block");
  await page.getByLabel("Property").selectOption({ label: PROPERTY });
  await page.getByLabel("Check-in").fill(day(10));
  await page.getByLabel("Check-out").fill(day(12));
  await page.getByRole("button", { name: "Block nights" }).click();
  await page.getByRole("link", { name: "Make it a reservation" }).click();
  await expectAccessible();
  await page.getByLabel(/^Name/).fill("Bruno");
  await page.getByRole("button", { name: "Make it a reservation" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Bruno" })).toBeVisible();
  await page.getByRole("link", { name: "Make it a block" }).click();
  await expect(page.getByText("Guest and amount are cleared")).toBeVisible();
  await expectAccessible();
  await page.getByRole("button", { name: "Make it a block" }).click();
  await expect(page.getByText("The reservation is a block now.")).toBeVisible();
});
