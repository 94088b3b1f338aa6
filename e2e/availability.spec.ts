import { addProperty, book, day, newLandlord } from "./support/steps";
import { expect, test } from "./support/test";

test("rules are said, asked and broken on purpose", async ({ page, expectAccessible }) => {
  await newLandlord(page);
  await addProperty(page, "Casa Regla");
  await page.goto("/availability");
  await expect(page.getByText("Not restricted").first()).toBeVisible();
  await expectAccessible();

  await page.getByRole("link", { name: "Edit rules" }).click();
  await expect(page.getByLabel("At least", { exact: false }).first()).toBeHidden();
  await page.getByLabel("Set the length of stays").check();
  await page.getByRole("spinbutton", { name: /^At least/ }).fill("3");
  await page.getByRole("spinbutton", { name: /^At most/ }).fill("2");
  await expectAccessible();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("At least 3, the fewest nights.")).toBeVisible();
  await page.getByRole("spinbutton", { name: /^At most/ }).fill("");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("The rules are saved.")).toBeVisible();

  await page.goto("/properties");
  await page.getByRole("link", { name: "Casa Regla" }).click();
  await page.getByRole("link", { name: "Availability", exact: true }).click();
  await expect(page.getByText("At least 3 nights").first()).toBeVisible();
  await expectAccessible();

  await page.getByRole("link", { name: "Add season" }).click();
  await page.getByLabel(/^Name/).fill("Festival");
  await page.getByLabel("First day").fill(day(10));
  await page.getByLabel("Last day").fill(day(20));
  await page.getByLabel("Set the length of stays").check();
  await page.getByRole("spinbutton", { name: /^At least/ }).fill("5");
  await expectAccessible();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Festival", { exact: true }).first()).toBeVisible();

  await page.getByLabel("Check-in").fill(day(12));
  await page.getByLabel("Check-out").fill(day(14));
  await page.getByRole("button", { name: "Look" }).click();
  await expect(page.getByText("Not free")).toBeVisible();
  await expect(page.getByText(/At least 5 nights, as/)).toBeVisible();
  await expectAccessible();
  await page.getByRole("status").getByRole("link").click();
  await expect(page.getByText("Free", { exact: true }).first()).toBeVisible();

  await book(page, { property: "Casa Regla", guest: "Grace Guest", checkIn: day(12), checkOut: day(14) });
  await expect(page.getByText("This goes against the rules")).toBeVisible();
  await expectAccessible();
  await page.getByLabel("Book anyway").check();
  await page.getByRole("button", { name: "Book" }).click();
  await expect(page.getByText("The stay is booked.")).toBeVisible();
  await expect(page.getByText("against the rules")).toBeVisible();

  await page.goto("/properties");
  await page.getByRole("link", { name: "Casa Regla" }).click();
  await page.getByRole("link", { name: "Availability", exact: true }).click();
  await page.getByRole("link", { name: "Remove Festival" }).click();
  await expectAccessible();
  await page.getByRole("button", { name: "Remove" }).click();
  await expect(page.getByText("The rules are removed.")).toBeVisible();
  await expect(page.getByText("Festival")).toBeHidden();
});
