import { expect, test } from "./support/test";

/** A page of another site that sends a form to us, as soon as it is opened. */
function forged(
  action: string,
  fields: Record<string, string>,
  encoding = "application/x-www-form-urlencoded",
): string {
  const inputs = Object.entries(fields).map(([name, value]) => `<input name="${name}" value="${value}">`);
  return `<!doctype html><title>A prize</title><form method="post" action="${action}" enctype="${encoding}">${inputs.join("")}</form>
    <script>document.forms[0].submit()</script>`;
}

for (const from of ["origin", "otherSite"] as const) {
  test(`a form sent from another ${from === "origin" ? "origin" : "site"} changes nothing`, async ({
    page,
    signIn,
    local,
    baseURL,
    problems,
  }) => {
    problems.allow(/status of 403/);
    await signIn("manager");
    const name = `Forged from ${from}`;
    const fields = {
      name,
      property_type: "house",
      country: "ES",
    };
    local.page("prize", forged(`${baseURL}/properties/new`, fields));
    const answer = page.waitForResponse((response) => response.url().endsWith("/properties/new"));
    await page.goto(`${local[from]}/prize`);
    const response = await answer;
    expect([403, 303]).toContain(response.status());

    await page.goto("/properties");
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(page.getByText(name)).toHaveCount(0);
  });
}

test("nothing on a page may load or run what is not ours", async ({ page, signIn, problems }) => {
  problems.allow(/content security policy|Content Security Policy/i);
  await signIn("manager");
  await page.goto("/dashboard");
  const ran = await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "window.injected = true";
    document.body.append(script);
    const handler = document.createElement("img");
    handler.setAttribute("onerror", "window.injected = true");
    handler.src = "data:image/png;base64,broken";
    document.body.append(handler);
    return new Promise((resolve) => setTimeout(() => resolve("injected" in window), 300));
  });
  expect(ran).toBe(false);
});
