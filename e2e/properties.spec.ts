import { addProperty, book, day, newLandlord, unique } from "./support/steps";
import { expect, test } from "./support/test";

test("a wrong field is told at the field, and what was typed is kept", async ({ page, expectAccessible }) => {
  await newLandlord(page);
  await page.goto("/properties");
  await expect(page.getByText("No properties yet")).toBeVisible();
  await expectAccessible();
  await page.getByRole("link", { name: "Add property" }).first().click();
  await expectAccessible();
  await page.getByLabel("Name", { exact: true }).fill("   ");
  await page.getByLabel("Guests at most").fill("7");
  await page.getByLabel(/^City/).fill("Cádiz");
  await page.getByRole("button", { name: "Add property" }).click();
  await expect(page.getByRole("alert")).toContainText("Nothing was saved.");
  await expect(page.getByLabel("Name", { exact: true })).toHaveAccessibleDescription(/This is needed/);
  await expect(page.getByLabel("Guests at most")).toHaveValue("7");
  await expectAccessible();

  await page.getByLabel("Name", { exact: true }).fill("Casa Azul");
  await page.getByRole("button", { name: "Add property" }).click();
  await expect(page.getByText("Casa Azul was added.")).toBeVisible();
  await expect(page.getByRole("heading", { level: 1, name: "Casa Azul" })).toBeVisible();
  await expectAccessible();

  await page.getByRole("link", { name: "Edit property" }).click();
  await page.getByLabel("Name", { exact: true }).fill("Casa Verde");
  await page.getByRole("radio", { name: "Green" }).check({ force: true });
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
  await page.goto("/properties");
  await expect(page.getByRole("link", { name: "Casa Verde" })).toBeVisible();
  await expectAccessible();
});

test("a property is put away only when no stay is ahead, and comes back", async ({ page, expectAccessible }) => {
  await newLandlord(page);
  const name = unique("Casa Roja");
  await addProperty(page, name);
  const address = page.url();
  await book(page, { property: name, guest: "Ana", checkIn: day(10), checkOut: day(12) });
  await expect(page.getByText("The stay is booked.")).toBeVisible();

  const archive = async () => {
    await page.goto(address);
    await page.getByRole("link", { name: "Archive" }).click();
    await page.getByRole("dialog", { name: "Archive this property?" }).getByRole("button", { name: "Archive" }).click();
  };
  await archive();
  await expect(page.getByText("Not archived: one stay is still to end.")).toBeVisible();
  await expectAccessible();

  const empty = unique("Casa Vacía");
  await addProperty(page, empty);
  await page.getByRole("link", { name: "Archive" }).click();
  await expectAccessible();
  await page.getByRole("dialog").getByRole("button", { name: "Archive" }).click();
  await expect(page.getByText("The property was archived.")).toBeVisible();
  await page.goto("/properties?filter=archived");
  await page.getByRole("link", { name: empty }).click();
  await page.getByRole("button", { name: "Bring back" }).click();
  await expect(page.getByText("The property is back in use.")).toBeVisible();
});
