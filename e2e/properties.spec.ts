import { addProperty, book, day, newLandlord, unique } from "./support/steps";
import { expect, test } from "./support/test";

test("a property is added in a few steps, and nothing typed is lost", async ({ page, expectAccessible }) => {
  await newLandlord(page);
  await page.goto("/properties");
  await expect(page.getByText("No properties yet")).toBeVisible();
  await expectAccessible();
  await page.getByRole("link", { name: "Add property" }).first().click();
  await expectAccessible();
  await page.getByLabel("Name", { exact: true }).fill("   ");
  await page.getByLabel(/^City/).fill("Cádiz");
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByRole("alert")).toContainText("Nothing was saved.");
  await expect(page.getByLabel("Name", { exact: true })).toHaveAccessibleDescription(/This is needed/);
  await expect(page.getByLabel(/^City/)).toHaveValue("Cádiz");
  await expectAccessible();
  await page.getByLabel("Name", { exact: true }).fill("Casa Azul");
  await page.getByLabel(/^Position/).fill("https://www.openstreetmap.org/?mlat=36.5298&mlon=-6.2924");
  await page.getByRole("button", { name: "Continue" }).click();

  await expect(page.getByText("Casa Azul was added.")).toBeVisible();
  await page.getByLabel("Guests at most").fill("5");
  await page.getByLabel("Bedrooms").fill("2");
  await page.getByLabel(/^Area/).fill("95");
  await expectAccessible();
  await page.getByRole("button", { name: "Back" }).click();
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Casa Azul");
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByLabel("Guests at most")).toHaveValue("5");
  await page.getByRole("button", { name: "Continue" }).click();

  await page.getByRole("button", { name: "Begin with the usual rooms" }).click();
  await expectAccessible();
  await page.getByRole("link", { name: "Edit Bedroom" }).first().click();
  await page.getByLabel("Name", { exact: false }).first().fill("Blue room");
  await page.getByLabel(/^Queen bed/).fill("1");
  await page.getByLabel(/^Cot/).fill("1");
  await expectAccessible();
  await page.getByRole("button", { name: "Save room" }).click();
  await expect(page.getByText("1 queen bed, 1 cot")).toBeVisible();
  await expect(page.getByText("The beds are for 2 guests.")).toBeVisible();
  await page.getByRole("link", { name: "Continue" }).click();

  await page.getByLabel("Guests arrive from").fill("15:00");
  await page.getByLabel(/^Pets/).selectOption({ label: "On request" });
  await expectAccessible();
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Casa Azul is ready" })).toBeVisible();
  await expectAccessible();
  await page.getByRole("link", { name: "Open the property" }).click();
  await expect(page.getByText("95 m²")).toBeVisible();
  await expect(page.getByRole("link", { name: "Show on a map" })).toBeVisible();
  await expectAccessible();

  await page.getByRole("link", { name: "Edit property" }).click();
  await page.getByLabel("Name", { exact: true }).fill("Casa Verde");
  await page.getByText("Green", { exact: true }).click();
  await expect(page.getByRole("radio", { name: "Green" })).toBeChecked();
  await expectAccessible();
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
  await page.goto("/properties");
  await expect(page.getByRole("link", { name: "Casa Verde" })).toBeVisible();
  await expectAccessible();
});

test("amenities, house rules, waste and suppliers are kept on pages of their own", async ({
  page,
  expectAccessible,
}) => {
  await newLandlord(page);
  await addProperty(page, unique("Casa Larga"));
  const bar = page.getByRole("navigation", { name: "Pages of this property" });

  await bar.getByRole("link", { name: "Amenities" }).click();
  await page.getByRole("checkbox", { name: "Pool" }).check();
  await page.getByLabel(/^Other amenities/).fill("Beehive");
  await expectAccessible();
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
  await expect(page.getByRole("checkbox", { name: "Pool" })).toBeChecked();

  await bar.getByRole("link", { name: "House rules" }).click();
  await page.getByLabel(/^Quiet from/).fill("22:00");
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByLabel(/^Quiet until/)).toHaveAccessibleDescription(/This is needed/);
  await page.getByLabel(/^Quiet until/).fill("08:00");
  await expectAccessible();
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();

  await bar.getByRole("link", { name: "Waste" }).click();
  await expectAccessible();
  await page.getByRole("link", { name: "Add collection" }).first().click();
  await page.getByLabel("What is collected").selectOption({ label: "Glass" });
  await expect(page.getByLabel("Day of the week")).toBeVisible();
  await page.getByLabel("How often").selectOption({ label: "Every month, by date" });
  await expect(page.getByLabel("Day of the week")).toBeHidden();
  await page.getByLabel("Day of the month").fill("31");
  await expectAccessible();
  await page.getByRole("button", { name: "Save collection" }).click();
  await expect(page.getByText("On the last day of each month")).toBeVisible();
  await expectAccessible();

  await bar.getByRole("link", { name: "Suppliers" }).click();
  await page.getByRole("link", { name: "Add account" }).first().click();
  await page.getByLabel("What it is for").selectOption({ label: "Electricity" });
  await page.getByLabel("Supplier").fill("Luz del Sur");
  await page.getByLabel(/^Account number/).fill("ES-778");
  await expectAccessible();
  await page.getByRole("button", { name: "Save account" }).click();
  await expect(page.getByText("ES-778")).toBeVisible();
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
