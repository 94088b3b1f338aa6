import { newLandlord } from "./support/steps";
import { expect, test } from "./support/test";

test("an administrator finds a person, and enters an organization", async ({ page, signIn, expectAccessible }) => {
  const { email } = await newLandlord(page);
  const organization = `Casas de Lara ${email.slice("lara-".length, email.indexOf("@"))}`;
  await signIn("admin");
  await page.goto("/admin");
  await expectAccessible();

  await page.goto("/admin/users");
  await expectAccessible();
  await page.getByRole("searchbox", { name: "Name or e-mail" }).fill(email);
  await page.getByRole("button", { name: "Search" }).click();
  await page.getByRole("link", { name: "Lara Landlord" }).click();
  await expect(page.getByText(organization)).toBeVisible();
  await expectAccessible();

  await page.goto("/admin/organizations");
  await page.getByRole("searchbox", { name: "Name of the organization" }).fill(organization);
  await page.getByRole("button", { name: "Search" }).click();
  await expectAccessible();
  await page.getByRole("row").filter({ hasText: organization }).getByRole("button", { name: "Enter" }).click();
  await expect(page.getByRole("heading", { name: "Three steps to your calendar" })).toBeVisible();
  await expect(page.getByText(organization).filter({ visible: true })).toBeVisible();
});

test("the administration is not for managers", async ({ page, signIn, problems, expectAccessible }) => {
  problems.allow(/status of 40[34]/);
  await signIn("manager");
  const answer = await page.goto("/admin");
  expect([403, 404]).toContain(answer?.status());
  await expectAccessible();
});
