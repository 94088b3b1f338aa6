import { addProperty, book, day, newLandlord } from "./support/steps";
import { expect, test } from "./support/test";

test("figures are shown with what they were reckoned from, in words and as a chart", async ({
  page,
  expectAccessible,
}) => {
  await newLandlord(page);
  await page.goto("/reports");
  await expect(page.getByText("No properties yet")).toBeVisible();
  await expectAccessible();

  await addProperty(page, "Casa Azul");
  await book(page, { property: "Casa Azul", guest: "Ana", checkIn: day(2), checkOut: day(5) });
  await expect(page.getByText("The stay is booked.")).toBeVisible();
  await page.goto("/reports");
  await page.getByRole("link", { name: "Next 30 days" }).click();
  await expect(page.getByText("3 guest nights / 30 for sale")).toBeVisible();
  await expect(page.getByText("10.0%").first()).toBeVisible();
  await expect(page.getByText("3 nights sold have no price")).toBeVisible();
  await expect(page.getByRole("img", { name: /^Total occupancy/ })).toBeVisible();
  await page.getByText("The charts as a table").click();
  await expect(page.locator("details").getByRole("row").filter({ hasText: "100.0%" })).toHaveCount(3);
  await expect(page.locator("#channels").getByText("Direct")).toBeVisible();
  await expectAccessible();

  const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
  expect(wide, "the page is as wide as the screen").toBe(false);
});

test("own dates are kept in the address, and wrong ones are told at their field", async ({
  page,
  expectAccessible,
}) => {
  await newLandlord(page);
  await addProperty(page, "Casa Roja");
  await page.goto("/reports");
  await page.getByRole("link", { name: "Own dates" }).click();
  await page.getByLabel("First night").fill(day(1));
  await page.getByLabel("Last night").fill(day(-1));
  await page.getByRole("button", { name: "Show" }).click();
  await expect(page.getByLabel("Last night")).toHaveAccessibleDescription(/before the first/);
  await expect(page.getByLabel("First night")).toHaveValue(day(1));
  await expectAccessible();

  await page.getByLabel("Last night").fill(day(10));
  await page.getByLabel("Property").selectOption({ label: "Casa Roja" });
  await page.getByRole("button", { name: "Show" }).click();
  await expect(page).toHaveURL(new RegExp(`from=${day(1)}&until=${day(10)}&property=`));
  await expect(page.getByText("0 guest nights / 10 for sale")).toBeVisible();
  await expect(page.getByText("No night was sold in this period")).toBeVisible();

  const downloaded = page.waitForEvent("download");
  await page.getByRole("link", { name: "Properties (CSV)" }).click();
  expect((await downloaded).suggestedFilename()).toBe(`properties-${day(1)}-${day(10)}.csv`);
});

test("reports are one step away on a desk and on a phone, and not for staff", async ({ page, signIn, isMobile }) => {
  await signIn("owner");
  await page.goto("/dashboard");
  if (isMobile) await page.locator("summary", { hasText: "Account menu" }).filter({ visible: true }).click();
  await page.getByRole("link", { name: "Reports" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Reports" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Almond Villa" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Lighthouse House" })).toHaveCount(0);

  await signIn("staff");
  await page.goto("/tasks");
  await expect(page.locator('a[href="/reports"]')).toHaveCount(0);
});
