import { addProperty, book, day, newLandlord } from "./support/steps";
import { expect, test } from "./support/test";

test("a check-out of today is a turnover of today, started and completed", async ({ page, expectAccessible }) => {
  await newLandlord(page);
  await page.goto("/tasks");
  await expect(page.getByText("Nothing to do today")).toBeVisible();
  await expectAccessible();
  await addProperty(page, "Casa Azul");
  await book(page, { property: "Casa Azul", guest: "Ana", checkIn: day(-2), checkOut: day(0) });
  await expect(page.getByText("The stay is booked.")).toBeVisible();

  await page.goto("/tasks");
  await expect(page.getByRole("link", { name: "Casa Azul" })).toBeVisible();
  await expectAccessible();
  await page.getByRole("button", { name: "Start" }).click();
  await expect(page.getByText("Started. Complete it when you are done.")).toBeVisible();
  await expectAccessible();
  await page.getByRole("button", { name: "Complete" }).click();
  await expect(page.getByText("Completed. Thank you.")).toBeVisible();
  await page.goto("/tasks?tab=done");
  await expect(page.getByRole("link", { name: "Casa Azul" })).toBeVisible();
  await expectAccessible();
});

test("staff do a turnover of theirs on a phone", async ({ page, signIn, isMobile, expectAccessible }) => {
  test.skip(!isMobile, "the turnovers of the demo's staff are shared; the phone has them");
  await signIn("staff");
  await page.goto("/tasks?tab=upcoming");
  await expectAccessible();
  await page.getByRole("main").getByRole("listitem").first().getByRole("link").click();
  await page.getByRole("button", { name: "Start" }).click();
  await expect(page.getByText("Started. Complete it when you are done.")).toBeVisible();
  await page.getByRole("button", { name: "Complete" }).click();
  await expect(page.getByText("Completed. Thank you.")).toBeVisible();
  await expectAccessible();
});
