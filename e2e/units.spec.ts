import { addProperty, book, day, newLandlord, unique } from "./support/steps";
import { expect, test } from "./support/test";

test("a house is also let by the room, and a room is retired and brought back", async ({ page, expectAccessible }) => {
  await newLandlord(page);
  const name = unique("Casa Entera");
  await addProperty(page, name);
  await page.getByRole("link", { name: "Units", exact: true }).click();
  await expect(page.getByText("Let as a whole")).toBeVisible();
  const address = page.url();
  await expectAccessible();
  await page.getByRole("link", { name: "Add a unit" }).click();
  await page.getByLabel("Name", { exact: true }).fill("Blue room");
  await expectAccessible();
  await page.getByRole("button", { name: "Save unit" }).click();
  await expect(page.getByText("Blue room was added.")).toBeVisible();
  await expectAccessible();

  await book(page, { property: `${name} · Blue room`, guest: "Ana", checkIn: day(10), checkOut: day(12) });
  await expect(page.getByText("The stay is booked.")).toBeVisible();
  await page.goto(address);
  await page.getByRole("link", { name: /^Retire/ }).click();
  await expect(page.getByText("It cannot be retired yet")).toBeVisible();
  await expectAccessible();

  await page.goto(`${address}/new`);
  await page.getByLabel("Name", { exact: true }).fill("Red room");
  await page.getByRole("button", { name: "Save unit" }).click();
  await page.getByRole("link", { name: /^Retire .*Red room/ }).click();
  await expectAccessible();
  await page.getByRole("button", { name: "Retire" }).click();
  await expect(page.getByText("The unit is retired.")).toBeVisible();
  await page.getByRole("button", { name: "Bring back" }).click();
  await expect(page.getByText("The unit is back in use.")).toBeVisible();
});
