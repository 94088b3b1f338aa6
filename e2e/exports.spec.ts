import { addProperty, book, day, newLandlord } from "./support/steps";
import { expect, test } from "./support/test";

test("a calendar is published, read by its channel, given another address and removed", async ({
  page,
  request,
  expectAccessible,
}) => {
  await newLandlord(page);
  await addProperty(page, "Casa Fuera");
  await book(page, { property: "Casa Fuera", guest: "Grace Guest", checkIn: day(3), checkOut: day(6) });
  await page.goto("/properties");
  await page.getByRole("link", { name: "Casa Fuera" }).click();
  await page.getByRole("link", { name: "Publish a calendar" }).click();
  await expectAccessible();
  await page.getByRole("button", { name: "Publish a calendar" }).click();
  await page.getByLabel("Channel").selectOption({ label: "Airbnb" });
  await page.getByRole("button", { name: "Publish a calendar" }).click();
  await expect(page.getByText("Not read yet")).toBeVisible();
  await expect(page.getByText("Nobody has read it yet")).toBeVisible();
  await expectAccessible();

  const address = await page.getByLabel("Address", { exact: true }).inputValue();
  const headers = { "user-agent": "Calendar reader 1.0" };
  const calendar = await request.get(address, { headers });
  expect(calendar.headers()["content-type"]).toBe("text/calendar; charset=utf-8");
  const text = await calendar.text();
  expect(text).toContain(`DTSTART;VALUE=DATE:${day(3).replaceAll("-", "")}`);
  expect(text).not.toContain("Grace");
  await page.reload();
  await expect(page.getByText("Being read")).toBeVisible();
  await expect(page.getByText("Calendar reader 1.0").first()).toBeVisible();
  await expectAccessible();

  await page.getByRole("link", { name: "New address" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "New address" }).click();
  await expect(page.getByText("This is the new address.")).toBeVisible();
  const next = await page.getByLabel("Address", { exact: true }).inputValue();
  expect(next).not.toBe(address);
  expect((await request.get(address, { headers })).status()).toBe(404);
  expect((await request.get(next, { headers })).status()).toBe(200);

  await page.getByRole("link", { name: "Remove" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
  await expect(page.getByText("The calendar is no longer published.")).toBeVisible();
  expect((await request.get(next, { headers })).status()).toBe(404);
});

test("a member reads their stays in a calendar program of their own", async ({ page, request, expectAccessible }) => {
  await newLandlord(page);
  await addProperty(page, "Casa Propia");
  await book(page, { property: "Casa Propia", guest: "Grace Guest", checkIn: day(3), checkOut: day(6) });
  await page.goto("/profile/calendar");
  await expectAccessible();
  await page.getByRole("button", { name: "Make an address" }).click();
  await expectAccessible();
  const address = await page.getByLabel("Address", { exact: true }).inputValue();
  expect(await (await request.get(address)).text()).toContain("SUMMARY:Casa Propia: Grace");
  await page.getByRole("link", { name: "New address" }).click();
  const replace = page.getByRole("dialog", { name: "Make a new address?" });
  await expectAccessible();
  await replace.getByRole("link", { name: "Cancel" }).click();
  await expect(page.getByLabel("Address", { exact: true })).toHaveValue(address);
  await page.getByRole("link", { name: "Remove" }).click();
  await page.getByRole("dialog", { name: "Remove the address?" }).getByRole("button", { name: "Remove" }).click();
  await expect(page.getByText("The address no longer works.")).toBeVisible();
  expect((await request.get(address)).status()).toBe(404);
});
