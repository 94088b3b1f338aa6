import { newLandlord } from "./support/steps";
import { expect, test } from "./support/test";

test("a token of one's own works for programs until it is revoked", async ({ page, request, expectAccessible }) => {
  await newLandlord(page);
  await page.goto("/profile/tokens");
  await expectAccessible();
  await page.getByLabel("What it is for").fill("Accounting");
  for (const permission of ["properties.view", "properties.create"]) {
    await page.getByLabel(permission, { exact: true }).check();
  }
  await page.getByRole("button", { name: "Make token" }).click();
  await expect(page.getByText("It is not shown again.")).toBeVisible();
  const token = await page.getByLabel("Token", { exact: true }).inputValue();
  await expectAccessible();

  const headers = { authorization: `Bearer ${token}` };
  const create = () =>
    request.post("/api/v1/properties", {
      headers: { ...headers, "idempotency-key": "the first house" },
      data: { name: "Casa API", country: "ES" },
    });
  const first = await create();
  expect(first.status()).toBe(201);
  const again = await create();
  expect(again.headers()["idempotency-replayed"]).toBe("true");
  expect((await again.json()).id).toBe((await first.json()).id);
  const stays = await request.get("/api/v1/stays", { headers });
  expect(stays.status()).toBe(403);
  expect(stays.headers()["content-type"]).toContain("application/problem+json");

  await page.goto("/properties");
  await expect(page.getByRole("link", { name: "Casa API" })).toHaveCount(1);
  await page.goto("/profile/tokens");
  await expect(page.getByText("last used")).toBeVisible();
  await page.getByRole("button", { name: "Revoke" }).click();
  await expect(page.getByText("The token no longer works.")).toBeVisible();
  expect((await request.get("/api/v1/properties", { headers })).status()).toBe(401);
});

test("the API is described for people and for programs", async ({ page, request, expectAccessible }) => {
  await page.goto("/developers");
  await page.getByText("/api/v1/properties", { exact: true }).first().click();
  await expectAccessible();
  const description = await (await request.get("/api/v1/openapi.json")).json();
  expect(description.openapi).toMatch(/^3\.1/);
});
