import { expect, test } from "./support/test";

test("says that it is alive", async ({ request }) => {
  const answer = await request.get("/health/live");
  expect(answer.status()).toBe(200);
});

test("greets a visitor, who finds the way in", async ({ page, expectAccessible }) => {
  const answer = await page.goto("/");
  expect(answer?.status()).toBe(200);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.locator('a[href="/sign-in"]').first()).toBeVisible();
  await expectAccessible();
});

for (const role of ["manager", "owner", "staff", "admin"] as const) {
  test(`lets the demo's ${role} in`, async ({ page, signIn, expectAccessible }) => {
    await signIn(role);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expectAccessible();
  });
}
