import { addProperty, book, day, newLandlord } from "./support/steps";
import { expect, test } from "./support/test";

test("the figures of today count what was booked", async ({ page, expectAccessible }) => {
  await newLandlord(page);
  await addProperty(page, "Casa Azul");
  await book(page, { property: "Casa Azul", guest: "Ana", checkIn: day(-2), checkOut: day(0) });
  await expect(page.getByText("The stay is booked.")).toBeVisible();
  await book(page, { property: "Casa Azul", guest: "Bruno", checkIn: day(0), checkOut: day(2) });
  await expect(page.getByText("The stay is booked.")).toBeVisible();

  await page.goto("/dashboard");
  for (const figure of ["Arrivals today", "Departures today", "Turnovers today"]) {
    await expect(page.getByRole("link", { name: `${figure} 1` })).toBeVisible();
  }
  await expect(page.getByRole("link", { name: "Bruno" })).toBeVisible();
  await expect(page.getByText("Same-day turnover")).toBeVisible();
  await expectAccessible();
});

test("an owner sees figures, and staff their work", async ({ page, signIn }) => {
  await signIn("owner");
  await page.goto("/dashboard");
  await expect(page.getByRole("link", { name: /^Arrivals today/ })).toBeVisible();
  await expect(page.getByRole("link", { name: "New stay" })).toHaveCount(0);

  await signIn("staff");
  await page.goto("/dashboard");
  await expect(page.getByRole("heading", { name: "To do" })).toBeVisible();
  await expect(page.getByRole("link", { name: /^Arrivals today/ })).toHaveCount(0);
});
