import { randomBytes } from "node:crypto";
import type { Page } from "@playwright/test";
import type { Credentials } from "./program";
import { expect } from "./test";

/** A name that no other test uses. */
export function unique(name: string): string {
  return `${name} ${randomBytes(4).toString("hex")}`;
}

/** The date so many days from today in Madrid, where the tests' landlords live: `YYYY-MM-DD`. */
export function day(offset: number): string {
  const today = new Date().toLocaleDateString("sv-SE", { timeZone: "Europe/Madrid" });
  return new Date(Date.parse(today) + offset * 86_400_000).toISOString().slice(0, 10);
}

/** Fills the form of registration as a new landlord in Spain; sends nothing. */
export async function fillRegistration(page: Page): Promise<Credentials> {
  const id = randomBytes(6).toString("hex");
  const credentials = { email: `lara-${id}@example.com`, password: `quiet orchard ${id}` };
  await page.getByLabel("Name", { exact: true }).fill("Lara Landlord");
  await page.getByLabel("E-mail").fill(credentials.email);
  await page.getByLabel("Password").fill(credentials.password);
  await page.getByLabel("Organization").fill(`Casas de Lara ${id}`);
  await page.getByLabel("Country").selectOption({ label: "Spain" });
  return credentials;
}

/** Signs in through the form. */
export async function signInAs(page: Page, { email, password }: Credentials): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

/** A landlord of the test's own, signed in, with an organization that is empty. */
export async function newLandlord(page: Page): Promise<Credentials> {
  await page.goto("/register");
  const credentials = await fillRegistration(page);
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  await signInAs(page, credentials);
  await expect(page).toHaveURL(/\/dashboard/);
  return credentials;
}

/** Adds a property with what the first step proposes, and comes to its page. */
export async function addProperty(page: Page, name: string): Promise<void> {
  await page.goto("/properties/new");
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByRole("button", { name: "Finish later" }).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
}

export interface Booking {
  property: string;
  guest: string;
  /** `YYYY-MM-DD`. */
  checkIn: string;
  checkOut: string;
}

/** Fills the form of a reservation by hand and sends it. */
export async function book(page: Page, { property, guest, checkIn, checkOut }: Booking): Promise<void> {
  await page.goto("/stays/new");
  await page.getByLabel("Property").selectOption({ label: property });
  await page.getByLabel("Check-in").fill(checkIn);
  await page.getByLabel("Check-out").fill(checkOut);
  await page.getByLabel(/^Name/).fill(guest);
  await page.getByRole("button", { name: "Book" }).click();
}
