import { addProperty, book, day, newLandlord } from "./support/steps";
import { expect, test } from "./support/test";

test("several stays are cancelled at once with the keyboard, and brought back", async ({ page, expectAccessible }) => {
  await newLandlord(page);
  await addProperty(page, "Casa Azul");
  for (const [guest, first] of [
    ["Ana", 10],
    ["Bruno", 20],
    ["Carla", 30],
  ] as const) {
    await book(page, { property: "Casa Azul", guest, checkIn: day(first), checkOut: day(first + 2) });
  }
  await page.goto("/stays");
  await expectAccessible();
  await page.getByRole("checkbox", { name: "Tick: Ana" }).press("Space");
  await page.getByRole("checkbox", { name: "Tick: Carla" }).press("Space");
  await page.getByLabel("What", { exact: true }).selectOption({ label: "Cancel" });
  await page.getByRole("button", { name: "Show what follows" }).press("Enter");
  await expect(page.getByText("2 stays")).toBeVisible();
  await expectAccessible();
  await page.getByRole("button", { name: "Cancel: 2" }).click();
  await expect(page.getByText("Done with 2 stays.")).toBeVisible();
  await expectAccessible();
  await page.getByRole("button", { name: "Bring them back" }).click();
  await expect(page.getByText("Done with 2 stays.")).toBeVisible();
  await page.getByRole("link", { name: "Back to the list" }).click();
  await expect(page.getByRole("link", { name: "Ana" })).toBeVisible();
});
