import type { Page } from "@playwright/test";
import { addProperty, book, day, newLandlord, unique } from "./support/steps";
import { expect, test } from "./support/test";

/** The path of the link in the letter that was sent to an address. */
async function linkFor(page: Page, email: string) {
  const letter = page.getByRole("row").filter({ hasText: email }).getByRole("link").first();
  await expect(async () => {
    await page.goto("/dev/mail");
    await expect(letter).toBeVisible({ timeout: 500 });
  }).toPass();
  await letter.click();
  const link = page.locator("[data-mail-text]").getByRole("link").first();
  return new URL((await link.getAttribute("href")) ?? "").pathname;
}

test("an invited cleaner is at their first job in less than a minute, and out at once when removed", async ({
  page,
  browser,
  baseURL,
  problems,
  expectAccessible,
}) => {
  // The letter is shown in a frame that may run nothing, also not what the tests put into every page.
  problems.allow(/frame is sandboxed/);
  await newLandlord(page);
  const place = unique("Casa Limpia");
  await addProperty(page, place);
  await book(page, { property: place, guest: "Greta Guest", checkIn: day(-2), checkOut: day(0) });
  await page.goto("/members");
  await expectAccessible();
  await page.getByRole("link", { name: "Invite somebody" }).click();
  await expectAccessible();
  const email = `${unique("cleo").replace(" ", "-")}@clean.example`;
  await page.getByLabel("E-mail address").fill(email);
  await page.getByRole("radio", { name: "Staff" }).check();
  await page.getByRole("checkbox", { name: place }).check();
  await page.getByRole("button", { name: "Send invitation" }).click();
  await expect(page.getByText(`The invitation to ${email} is on its way.`)).toBeVisible();
  await expectAccessible();
  const path = await linkFor(page, email);

  const began = Date.now();
  const phone = await browser.newContext(baseURL ? { baseURL } : {});
  const cleaner = await phone.newPage();
  await cleaner.goto(path);
  await cleaner.getByLabel("Your name").fill("Cleo Cleaner");
  await cleaner.getByLabel("Choose a password").fill("seven green parrots fly");
  await cleaner.getByRole("button", { name: "Join" }).click();
  await expect(cleaner.getByText("Welcome! You are a member now.")).toBeVisible();
  await cleaner.goto("/tasks");
  await cleaner.getByRole("link", { name: place }).first().click();
  await expect(cleaner.getByRole("heading", { level: 1 })).toBeVisible();
  expect(Date.now() - began).toBeLessThan(60_000);

  await page.goto("/members");
  await page.getByRole("link", { name: "Cleo Cleaner" }).click();
  await expectAccessible();
  await page.getByRole("link", { name: "Remove" }).click();
  await expectAccessible();
  await page.getByRole("button", { name: "Remove" }).click();
  await expect(page.getByText("Cleo Cleaner is no longer a member.")).toBeVisible();
  await cleaner.goto("/tasks");
  await expect(cleaner.getByText(place)).toHaveCount(0);
  await phone.close();
});

test("the last manager cannot leave", async ({ page, problems }) => {
  await newLandlord(page);
  await page.goto("/members");
  await page.getByRole("table").getByRole("link").first().click();
  await page.getByRole("radio", { name: "Owner" }).check();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("An organization needs a manager.")).toBeVisible();
  problems.allow(/status of 4/);
  await page.goto("/invitations/not-a-secret");
  await expect(page.getByText("This invitation no longer works")).toBeVisible();
});
