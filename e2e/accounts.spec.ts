import { fillRegistration, newLandlord, signInAs } from "./support/steps";
import { expect, test } from "./support/test";

test("a landlord registers, signs in, and is told the three steps", async ({ page, expectAccessible }) => {
  await page.goto("/register");
  await expectAccessible();
  const credentials = await fillRegistration(page);
  await expect(page.getByLabel("Time zone")).toHaveValue("Europe/Madrid");
  await expect(page.getByLabel("Currency")).toHaveValue("EUR");
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.getByText("Thank you. Sign in")).toBeVisible();

  await signInAs(page, credentials);
  await expect(page.getByRole("heading", { name: "Three steps to your calendar" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Add a property" })).toBeVisible();
  await expectAccessible();
});

test("a password that is too easy is refused at its field, and the rest is kept", async ({
  page,
  expectAccessible,
}) => {
  await page.goto("/register");
  const { email } = await fillRegistration(page);
  await page.getByLabel("Password").fill("password1234");
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.getByLabel("Password")).toHaveAccessibleDescription(/too easy to guess/);
  await expect(page.getByLabel("E-mail")).toHaveValue(email);
  await expectAccessible();
});

test("a wrong password is answered like an unknown account", async ({ page, expectAccessible }) => {
  const { email } = await newLandlord(page);
  await page.context().clearCookies();
  for (const address of [email, `nobody-${email}`]) {
    await signInAs(page, { email: address, password: "not the password" });
    await expect(page.getByRole("alert")).toContainText("E-mail and password do not match an account.");
    await expect(page.getByLabel("E-mail")).toHaveValue(address);
  }
  await expectAccessible();
});

test("the profile keeps name, language and colours", async ({ page, expectAccessible }) => {
  await newLandlord(page);
  await page.goto("/profile");
  await expectAccessible();
  const main = page.getByRole("main");
  await main.getByRole("button", { name: "Dark" }).click();
  await expect(main.getByRole("button", { name: "Dark" })).toHaveAttribute("aria-pressed", "true");
  await main.getByLabel("Name").fill("Lara Ñandú");
  await main.getByLabel("Language").selectOption({ label: "Español" });
  await main.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Perfil" })).toBeVisible();
  await expect(main.getByLabel("Nombre")).toHaveValue("Lara Ñandú");
  await expectAccessible();
});

test("a landlord sees where they are signed in, and ends it elsewhere", async ({
  page,
  browser,
  baseURL,
  expectAccessible,
}) => {
  const credentials = await newLandlord(page);
  const elsewhere = await browser.newContext(baseURL ? { baseURL } : {});
  const other = await elsewhere.newPage();
  await signInAs(other, credentials);
  await expect(other).toHaveURL(/\/dashboard/);

  await page.goto("/profile/security");
  await expect(page.getByText("This device", { exact: true })).toBeVisible();
  await expectAccessible();
  await page.getByRole("button", { name: "Sign out everywhere else" }).click();
  await expect(page.getByText("One other device is signed out.")).toBeVisible();
  await other.goto("/dashboard");
  await expect(other).toHaveURL(/\/sign-in/);
  await elsewhere.close();
});

test("a forgotten password is replaced by a link in a mail", async ({ page, problems, expectAccessible }) => {
  // The letter is shown in a frame that may run nothing, also not what the tests put into every page.
  problems.allow(/frame is sandboxed/);
  const { email } = await newLandlord(page);
  await page.context().clearCookies();
  await page.goto("/sign-in");
  await page.getByRole("link", { name: "Forgot your password?" }).click();
  await expectAccessible();
  await page.getByLabel("E-mail").fill(email);
  await page.getByRole("button", { name: "Send the link" }).click();
  await expect(page.getByText("a link is on its way")).toBeVisible();

  const letter = page.getByRole("row").filter({ hasText: email }).getByRole("link", { name: "Choose a new password" });
  await expect(async () => {
    await page.goto("/dev/mail");
    await expect(letter).toBeVisible({ timeout: 500 });
  }).toPass();
  await letter.click();
  await page.locator("[data-mail-text]").getByRole("link").first().click();
  await expectAccessible();
  await page.getByLabel("New password").fill("slow river under snow");
  await page.getByRole("button", { name: "Save the new password" }).click();
  await expect(page.getByText("Your new password is saved.")).toBeVisible();
  await signInAs(page, { email, password: "slow river under snow" });
  await expect(page).toHaveURL(/\/dashboard/);
});

test("who signs out is out", async ({ page, signIn }) => {
  await signIn("manager");
  await page.locator("summary", { hasText: "Account menu" }).filter({ visible: true }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByText("You are signed out.")).toBeVisible();
  await page.goto("/stays");
  await expect(page).toHaveURL(/\/sign-in/);
});
