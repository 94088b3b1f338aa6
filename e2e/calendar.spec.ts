import type { Locator, Page } from "@playwright/test";
import { addProperty, book, day, newLandlord } from "./support/steps";
import { expect, test } from "./support/test";

/** A landlord with two houses; Ana comes in three days for two nights to the first. */
async function withAna(page: Page): Promise<Locator> {
  await newLandlord(page);
  await addProperty(page, "Casa Azul");
  await addProperty(page, "Casa Verde");
  await book(page, { property: "Casa Azul", guest: "Ana", checkIn: day(3), checkOut: day(5) });
  await expect(page.getByText("The stay is booked.")).toBeVisible();
  await page.goto("/calendar");
  const grid = page.getByRole("grid", { name: "Calendar of all properties" });
  await expect(bar(grid, "Casa Azul, Ana")).toBeInViewport();
  return grid;
}

const bar = (grid: Locator, name: string) => grid.getByRole("link", { name: new RegExp(`^${name}`) });

/** Draws with the mouse from a place in an element by so many pixels. */
async function draw(page: Page, element: Locator, at: { x: number; y: number }, by: { x: number; y: number }) {
  const box = await element.boundingBox();
  if (!box) throw new Error("not on screen");
  const [x, y] = [box.x + at.x, box.y + at.y];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + by.x / 2, y + by.y / 2, { steps: 4 });
  await page.mouse.move(x + by.x, y + by.y, { steps: 4 });
}

const DAY = 44;
const ROW = 48;

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

test.describe("changing stays on the timeline", () => {
  test.skip(({ isMobile }) => isMobile, "a finger scrolls");

  test("a stay is drawn to other days and another house, after showing what changes, and back", async ({
    page,
    expectAccessible,
  }) => {
    const grid = await withAna(page);
    const ana = bar(grid, "Casa Azul, Ana");
    await draw(page, ana, { x: 40, y: 12 }, { x: 2 * DAY, y: ROW });
    await expect(page.locator(".tl-ghost")).toBeVisible();
    await page.keyboard.press("Escape");
    await page.mouse.up();
    await expect(page.getByRole("dialog")).toBeHidden();

    await draw(page, ana, { x: 40, y: 12 }, { x: 2 * DAY, y: ROW });
    await page.mouse.up();
    const dialog = page.getByRole("dialog", { name: "Move: Ana" });
    await expect(dialog.getByText("Casa Verde").first()).toBeVisible();
    await expect(dialog.getByText("(unchanged)").first()).toBeVisible();
    await expectAccessible();
    await dialog.getByRole("button", { name: "Move it" }).click();
    await expect(page.getByText(/^Moved: .*Casa Verde/)).toBeVisible();
    await expect(bar(grid, "Casa Verde, Ana")).toBeVisible();
    await expect(ana).toHaveCount(0);

    await page.getByRole("link", { name: "Undo" }).click();
    await expect(page.getByText(/^Moved: .*Casa Azul/)).toBeVisible();
    await expect(ana).toBeVisible();
  });

  test("an edge makes it longer, and what is in the way is said", async ({ page }) => {
    const grid = await withAna(page);
    await book(page, { property: "Casa Azul", guest: "Bruno", checkIn: day(6), checkOut: day(8) });
    await expect(page.getByText("The stay is booked.")).toBeVisible();
    await page.goto("/calendar");
    const ana = bar(grid, "Casa Azul, Ana");
    await expect(bar(grid, "Casa Azul, Bruno")).toBeVisible();
    await draw(page, ana, { x: 2 * DAY - 5, y: 12 }, { x: 3 * DAY, y: 0 });
    await page.mouse.up();
    const dialog = page.getByRole("dialog", { name: "Move: Ana" });
    await expect(dialog.getByText("These nights are taken")).toBeVisible();
    await expect(dialog.getByText(/Bruno, Direct/)).toBeVisible();
    await expect(dialog.getByRole("button", { name: "Move it" })).toHaveCount(0);
    await page.keyboard.press("Escape");
    await expect(dialog).toBeHidden();
    await expect(page.locator(".tl-ghost")).toHaveCount(0);

    await draw(page, ana, { x: 2 * DAY - 5, y: 12 }, { x: DAY, y: 0 });
    await page.mouse.up();
    await expect(dialog.getByText("1 night more")).toBeVisible();
    await dialog.getByRole("button", { name: "Move it" }).click();
    await expect(page.getByText(/^Moved: /)).toBeVisible();
  });

  test("empty days become a reservation or a block", async ({ page }) => {
    const grid = await withAna(page);
    const row = grid.getByRole("row").filter({ hasText: "Casa Verde" });
    await draw(page, row.getByRole("gridcell"), await within(page, grid, 6), { x: 2 * DAY, y: 0 });
    await page.mouse.up();
    const dialog = page.getByRole("dialog", { name: "Casa Verde" });
    await expect(dialog.getByRole("link", { name: "Block these nights" })).toBeVisible();
    await dialog.getByRole("link", { name: "New reservation" }).click();
    await expect(page.getByLabel("Property")).toHaveValue(/.+/);
    const [from, until] = [page.getByLabel("Check-in"), page.getByLabel("Check-out")];
    expect(Date.parse(await until.inputValue()) - Date.parse(await from.inputValue())).toBe(2 * 86_400_000);
  });
});

/** Where in the cells of a row the day so many days from the left of the view is. */
async function within(page: Page, grid: Locator, days: number): Promise<{ x: number; y: number }> {
  const scrolled = await page.locator('[data-part="scroller"]').evaluate((element) => element.scrollLeft);
  await expect(grid).toBeVisible();
  return { x: scrolled + (days + 0.5) * DAY, y: ROW / 2 };
}

test("the keyboard moves, splits and joins", async ({ page, isMobile, expectAccessible }) => {
  const grid = await withAna(page);
  const ana = bar(grid, "Casa Azul, Ana");
  await ana.focus();
  await page.keyboard.press("Space");
  const menu = page.getByRole("dialog", { name: "Ana" });
  await expect(menu.getByRole("link", { name: "Open" })).toBeFocused();
  await expectAccessible();
  await menu.getByRole("link", { name: "Move or change dates" }).click();
  const dialog = page.getByRole("dialog", { name: "Move: Ana" });
  await dialog.getByLabel("Check-out").fill(day(6));
  await dialog.getByRole("button", { name: "See what changes" }).click();
  await expect(dialog.getByText("1 night more")).toBeVisible();
  await dialog.getByRole("button", { name: "Move it" }).press("Enter");
  await expect(page.getByText(/^Moved: /)).toBeVisible();

  await ana.focus();
  await page.keyboard.press("s");
  const split = page.getByRole("dialog", { name: "Split: Ana" });
  await split.getByLabel("The second part begins on").selectOption({ index: 1 });
  await split.getByLabel("The second part is at").selectOption({ label: "Casa Verde" });
  await split.getByRole("button", { name: "See what changes" }).click();
  await expect(split.getByText("Two stays instead of one")).toBeVisible();
  if (!isMobile) await expectAccessible();
  await split.getByRole("button", { name: "Split it" }).click();
  await expect(bar(grid, "Casa Verde, Ana")).toBeVisible();
  await page.getByRole("link", { name: "Undo" }).click();
  await expect(page.getByText("The two parts are one stay again.")).toBeVisible();
  await expect(bar(grid, "Casa Verde, Ana")).toHaveCount(0);
});

test("days become wider and narrower, and rows are searched and narrowed", async ({ page, expectAccessible }) => {
  const grid = await withAna(page);
  const ana = bar(grid, "Casa Azul, Ana");
  const width = async () => (await ana.boundingBox())?.width ?? 0;
  await expect(ana).toBeVisible();
  await expect.poll(width).toBeGreaterThan(0);
  const usual = await width();
  await page.getByRole("button", { name: "Days", exact: true }).click();
  await expect.poll(width).toBeGreaterThan(usual);
  await page.getByRole("button", { name: "90 days" }).click();
  await expect.poll(width).toBeLessThan(usual);
  await page.reload();
  await expect(page.getByRole("button", { name: "90 days" })).toHaveAttribute("aria-pressed", "true");
  await expectAccessible();
  await page.getByRole("button", { name: "Weeks", exact: true }).click();

  await page.getByRole("searchbox", { name: "Name of the property" }).fill("VÉRDE");
  await page.getByRole("button", { name: "Search" }).click();
  await expect(grid.getByText("Casa Verde")).toBeVisible();
  await expect(grid.getByText("Casa Azul")).toHaveCount(0);
  await page.getByRole("link", { name: "Show all again" }).click();
  await page.getByText("Filters", { exact: true }).click();
  await page.getByRole("combobox", { name: "Properties" }).selectOption({ label: "Free on these nights" });
  await page.getByLabel("Free from").fill(day(3));
  await page.getByLabel("Free until").fill(day(4));
  await page.getByRole("button", { name: "Show", exact: true }).click();
  await expect(grid.getByText("Casa Verde")).toBeVisible();
  await expect(grid.getByText("Casa Azul")).toHaveCount(0);
  await expectAccessible();

  await page.getByRole("link", { name: "List of days" }).click();
  await expect(page.getByText("Nothing on these days")).toBeVisible();
  await page.getByRole("link", { name: "Show all again" }).click();
  await expect(page.getByRole("link", { name: "Ana" }).first()).toBeVisible();
  await expectAccessible();
});

test("a property has its month", async ({ page, expectAccessible }) => {
  await withAna(page);
  await page.goto("/properties");
  await page.getByRole("link", { name: "Casa Azul" }).first().click();
  await page
    .getByRole("navigation", { name: "Pages of this property" })
    .getByRole("link", { name: "Calendar" })
    .click();
  await page.goto(`${page.url()}?month=${day(3).slice(0, 7)}`);
  const ana = page.getByRole("link", { name: /^Ana, Direct, Confirmed/ });
  await expect(ana.first()).toBeVisible();
  await expect(page.getByRole("link", { name: /^Turnover/ }).first()).toBeVisible();
  await expectAccessible();
  await page.getByRole("link", { name: "The month before" }).click();
  await page.getByRole("link", { name: "The month after" }).click();
  await ana.first().click();
  await expect(page.getByRole("heading", { level: 1, name: "Ana" })).toBeVisible();
});
