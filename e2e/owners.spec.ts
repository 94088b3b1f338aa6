import { addProperty, newLandlord, unique } from "./support/steps";
import { expect, test } from "./support/test";

test("owners share a property, and the shares sum to all of it", async ({ page, expectAccessible }) => {
  await newLandlord(page);
  await addProperty(page, unique("Casa Común"));
  await page.getByRole("link", { name: "Owners", exact: true }).click();
  await expect(page.getByText("No owner is named")).toBeVisible();
  await expectAccessible();

  const add = async (choice: string, share: string) => {
    await page.getByRole("combobox", { name: /^Who/ }).selectOption({ label: choice });
    await page.getByLabel(/^Share, in percent/).fill(share);
  };
  await add("Lara Landlord", "60");
  await page.getByRole("button", { name: "Save owners" }).click();
  await expect(page.getByText("The shares sum to 60.00 instead of 100.")).toBeVisible();
  await expectAccessible();
  await page.getByLabel(/^Share, in percent/).fill("100");
  await page.getByRole("button", { name: "Save owners" }).click();
  await expect(page.getByText("The owners are saved.")).toBeVisible();
  await expectAccessible();

  await page.getByLabel("Share of Lara Landlord, in percent").fill("66.66");
  await add("Somebody who is not in this list", "33.34");
  await page.getByLabel(/^Name of somebody new/).fill("Sol y Mar");
  await page.getByRole("combobox", { name: "Person or company" }).selectOption({ label: "Company" });
  await page.getByRole("button", { name: "Save owners" }).click();
  await expect(page.getByLabel("Share of Sol y Mar, in percent")).toHaveValue("33.34");
  await expect(page.getByText("Together 100.00 %")).toBeVisible();
  await expectAccessible();

  await page.getByLabel("Share of Lara Landlord, in percent").fill("100");
  await page.getByRole("checkbox", { name: "Remove Sol y Mar" }).check({ force: true });
  await page.getByRole("button", { name: "Save owners" }).click();
  await expect(page.getByLabel("Share of Sol y Mar, in percent")).toHaveCount(0);
});
