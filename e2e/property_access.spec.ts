import { addProperty, newLandlord, unique } from "./support/steps";
import { expect, test } from "./support/test";

test("codes are kept hidden, shown when asked for, and the look is written down", async ({
  page,
  expectAccessible,
}) => {
  await newLandlord(page);
  await addProperty(page, unique("Casa Llave"));
  await page.getByRole("link", { name: "Access", exact: true }).click();
  await expect(page.getByText("Nothing noted yet")).toBeVisible();
  await expectAccessible();
  await page.getByRole("link", { name: "Add access facts" }).click();
  await page.getByLabel(/^Network/).fill("Casa Llave");
  await page.getByLabel(/^Password/).fill("sea and salt");
  await page.getByLabel(/^Door code/).fill("4711#");
  await page.getByLabel(/^How to get in/).fill("Through the yard.\nUp the stairs.");
  await expectAccessible();
  await page.getByRole("button", { name: "Save changes" }).click();

  await expect(page.getByText("Saved.")).toBeVisible();
  await expect(page.getByText("Nobody has looked at them yet.")).toBeVisible();
  await expect(page.getByText("Casa Llave", { exact: true })).toBeVisible();
  expect(await page.content()).not.toContain("4711#");
  await expectAccessible();

  await page.getByRole("button", { name: "Show codes" }).click();
  await expect(page.getByLabel("Door code")).toHaveValue("4711#");
  await expect(page.getByText("Up the stairs.")).toBeVisible();
  await expect(page.getByRole("img", { name: /A phone joins/ })).toBeVisible();
  await expect(page.locator("#looks")).toContainText("Lara Landlord");
  await expectAccessible();
  await page.getByRole("link", { name: "Hide" }).click();
  await expect(page.getByRole("button", { name: "Show codes" })).toBeVisible();

  await page.getByRole("link", { name: "Edit access" }).click();
  await expect(page.getByLabel(/^Door code/)).toHaveValue("");
  await page.getByRole("checkbox", { name: "Remove: Password" }).check();
  await page.getByLabel(/^Gate code/).fill("12");
  await page.getByRole("button", { name: "Save changes" }).click();
  await page.getByRole("button", { name: "Show codes" }).click();
  await expect(page.getByLabel("Door code")).toHaveValue("4711#");
  await expect(page.getByLabel("Gate code")).toHaveValue("12");
  await expect(page.getByLabel("Password")).toHaveCount(0);
});
