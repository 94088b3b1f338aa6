import { addProperty, book, day, newLandlord } from "./support/steps";
import { expect, test } from "./support/test";

test("the calendar shows stays by day, and the keyboard opens one", async ({ page, expectAccessible }) => {
  await newLandlord(page);
  await page.goto("/calendar");
  await expect(page.getByText("Nothing to show yet")).toBeVisible();
  await expectAccessible();
  await addProperty(page, "Casa Azul");
  await book(page, { property: "Casa Azul", guest: "Ana", checkIn: day(0), checkOut: day(2) });
  await expect(page.getByText("The stay is booked.")).toBeVisible();
  await book(page, { property: "Casa Azul", guest: "Bruno", checkIn: day(3), checkOut: day(5) });
  await expect(page.getByText("The stay is booked.")).toBeVisible();

  await page.goto("/calendar");
  const grid = page.getByRole("grid", { name: "Calendar of all properties" });
  const ana = grid.getByRole("link", { name: /^Casa Azul, Ana, Direct/ });
  const bruno = grid.getByRole("link", { name: /^Casa Azul, Bruno/ });
  await expect(ana).toBeInViewport();
  await expect(grid.getByRole("img", { name: /Casa Azul, Turnover/ }).first()).toBeVisible();
  await expectAccessible();

  await page.getByRole("button", { name: "Two weeks ahead" }).click();
  await expect(ana).not.toBeInViewport();
  await page.getByRole("button", { name: "Today" }).click();
  await expect(ana).toBeInViewport();

  await ana.focus();
  await page.keyboard.press("ArrowRight");
  await expect(bruno).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Bruno" })).toBeVisible();
});

test("the calendar of many properties stays within the page", async ({ page, signIn, expectAccessible }) => {
  await signIn("manager");
  await page.goto("/calendar");
  await expect(
    page
      .getByRole("grid")
      .getByRole("link", { name: /Lighthouse House, / })
      .first(),
  ).toBeVisible();
  const overflow = () =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(await overflow()).toBe(0);
  await expectAccessible();
});
