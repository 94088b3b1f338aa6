import type { Page } from "@playwright/test";

import { addProperty, newLandlord, unique } from "./support/steps";
import { expect, test } from "./support/test";

/** A picture of one colour, drawn by the browser. */
async function picture(page: Page, colour: string): Promise<Buffer> {
  const data = await page.evaluate((colour) => {
    const canvas = document.createElement("canvas");
    canvas.width = 640;
    canvas.height = 480;
    const context = canvas.getContext("2d");
    if (!context) throw new Error("no canvas");
    context.fillStyle = colour;
    context.fillRect(0, 0, 640, 480);
    return canvas.toDataURL("image/png").split(",")[1] ?? "";
  }, colour);
  return Buffer.from(data, "base64");
}

test("photos are added several at once, put in order, described and deleted", async ({ page, expectAccessible }) => {
  await newLandlord(page);
  const name = unique("Casa Foto");
  await addProperty(page, name);
  await page.getByRole("navigation", { name: "Pages of this property" }).getByRole("link", { name: "Photos" }).click();
  await expect(page.getByText("No photos yet")).toBeVisible();
  await expectAccessible();

  const files = [];
  for (const colour of ["teal", "orange", "navy"]) {
    files.push({ name: `${colour}.png`, mimeType: "image/png", buffer: await picture(page, colour) });
  }
  files.push({ name: "plan.svg", mimeType: "image/png", buffer: Buffer.from("<svg onload='alert(1)'/>") });
  await page.getByLabel("Add photos").setInputFiles(files);
  const upload = page.locator("#upload");
  await expect(upload.getByText("Added")).toHaveCount(3);
  await expect(upload.getByText("This is no photo that can be taken.")).toBeVisible();
  const cards = page.locator("[data-photo]");
  await expect(cards).toHaveCount(3);
  await expect(page.getByText("3 photos.")).toBeVisible();
  await expectAccessible();
  const loaded = (index: number) =>
    cards
      .nth(index)
      .locator("img")
      .evaluate((image: HTMLImageElement) => image.decode().then(() => image.naturalWidth > 0));
  expect(await loaded(0)).toBe(true);

  const ids = () => cards.evaluateAll((all) => all.map((card) => (card as HTMLElement).dataset.photo));
  const [first, second, third] = await ids();
  await cards.nth(0).getByRole("button", { name: "Move after the next photo" }).press("Enter");
  await expect(page.getByText("Now 2 of 3.")).toBeAttached();
  expect(await ids()).toEqual([second, first, third]);
  await cards.nth(2).getByRole("button", { name: "Make this the main photo" }).click();
  await expect(page.getByText("Now 1 of 3.")).toBeAttached();
  await page.reload();
  expect(await ids()).toEqual([third, second, first]);
  await expect(cards.nth(0).getByText("Main photo", { exact: true })).toBeVisible();

  await cards.nth(0).getByRole("link", { name: "Caption and room" }).click();
  await expectAccessible();
  await page.getByLabel("Caption").fill("The bay from the terrace");
  await page.getByLabel("Room").fill("Terrace");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("img", { name: "The bay from the terrace" })).toBeVisible();

  await cards.nth(1).getByRole("link", { name: "Delete" }).click();
  await expectAccessible();
  await page.getByRole("button", { name: "Delete" }).click();
  await expect(cards).toHaveCount(2);
  await page.goto("/properties");
  await expect(page.getByRole("row", { name }).locator("img")).toHaveAttribute("src", new RegExp(third ?? "-"));
});

test("photos can be dragged into order", async ({ page, isMobile }) => {
  test.skip(isMobile, "a finger uses the arrows");
  await newLandlord(page);
  await addProperty(page, unique("Casa Orden"));
  await page.getByRole("link", { name: "Photos" }).click();
  for (const colour of ["red", "green"]) {
    const buffer = await picture(page, colour);
    await page.getByLabel("Add photos").setInputFiles([{ name: `${colour}.png`, mimeType: "image/png", buffer }]);
    await expect(page.locator("#upload").getByText("Added")).toBeVisible();
  }
  const cards = page.locator("[data-photo]");
  await expect(cards).toHaveCount(2);
  const before = await cards.nth(1).getAttribute("data-photo");
  await cards.nth(1).dragTo(cards.nth(0));
  await expect(page.getByText("Now 1 of 2.")).toBeAttached();
  await page.reload();
  await expect(cards.nth(0)).toHaveAttribute("data-photo", before ?? "");
});

test.describe("without script", () => {
  test.use({ javaScriptEnabled: false });

  test("the form and the arrows work alone", async ({ page, signIn }) => {
    await signIn("owner");
    await page.goto("/properties");
    await page.getByRole("link", { name: "Pine Cabin" }).click();
    await page.getByRole("link", { name: "Photos" }).click();
    await page
      .getByLabel("Add photos")
      .setInputFiles([{ name: "no.jpg", mimeType: "image/jpeg", buffer: Buffer.from("%PDF-1.7") }]);
    await page.getByRole("button", { name: "Upload" }).click();
    await expect(page.getByText("This is no photo that can be taken.")).toBeVisible();
    await page.getByRole("button", { name: "Move after the next photo" }).first().click();
    await expect(page).toHaveURL(/\/photos#photo-/);
    await page.getByRole("button", { name: "Make this the main photo" }).first().click();
    await expect(page).toHaveURL(/\/photos#photo-/);
  });
});
