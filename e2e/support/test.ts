import { test as base, expect, type Page } from "@playwright/test";
import axe, { type RunOptions } from "axe-core";
import { LocalServer } from "./local-server";
import { demo, type Role } from "./program";

declare global {
  interface Window {
    axe: typeof axe;
  }
}

/** What the browser complained about; a test fails when anything is left. */
export class Problems {
  readonly found: string[] = [];
  /** A form that is shown again with its errors is an answer like any other, though the browser logs it. */
  private readonly allowed: RegExp[] = [/status of 422/];

  /** For a test that provokes a complaint. */
  allow(pattern: RegExp): void {
    this.allowed.push(pattern);
  }

  add(text: string): void {
    this.found.push(text);
  }

  get left(): string[] {
    return this.found.filter((text) => !this.allowed.some((pattern) => pattern.test(text)));
  }
}

interface Fixtures {
  /** Collects errors of scripts, of the console and of the content security policy, on every page of the test. */
  problems: Problems;
  /** Signs in through the form as one of the demo's people, replacing whoever was signed in. */
  signIn: (role: Role) => Promise<void>;
  /** Fails when axe finds anything on the page, in the light or the dark theme. */
  expectAccessible: (page?: Page) => Promise<void>;
  /** A server of the test's own: calendars to import, or a page of another origin. */
  local: LocalServer;
}

export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from the pattern
  baseURL: async ({}, use) => use(demo().address),

  problems: [
    async ({ context }, use) => {
      const problems = new Problems();
      context.on("weberror", (error) => problems.add(`uncaught: ${error.error().message}`));
      context.on("console", (message) => {
        if (message.type() === "error") problems.add(`${message.page()?.url()}: ${message.text()}`);
      });
      await context.addInitScript(() => {
        document.addEventListener("securitypolicyviolation", (event) => {
          console.error(`content security policy: ${event.violatedDirective} refused ${event.blockedURI}`);
        });
      });
      await use(problems);
      expect(problems.left, "what the browser complained about").toEqual([]);
    },
    { auto: true },
  ],

  signIn: async ({ page, context }, use) => {
    await use(async (role) => {
      const credentials = demo().credentials[role];
      if (!credentials) throw new Error(`the demo printed no sign-in for ${role}`);
      await context.clearCookies();
      await page.goto("/sign-in");
      await page.locator("input[name=email]").fill(credentials.email);
      await page.locator("input[name=password]").fill(credentials.password);
      await page.locator("input[name=password]").press("Enter");
      await expect(page).not.toHaveURL(/\/sign-in/);
    });
  },

  expectAccessible: async ({ page }, use) => {
    await use(async (on = page) => {
      for (const colorScheme of ["light", "dark"] as const) {
        await on.emulateMedia({ colorScheme });
        // Half-way through a change of colour the contrast is of neither theme.
        await on.evaluate(async () => {
          const changing = () => {
            const animations = document.getAnimations();
            return animations.filter((animation) => Number.isFinite(animation.effect?.getComputedTiming().endTime));
          };
          do {
            await new Promise(requestAnimationFrame);
            for (const animation of changing()) animation.finish();
          } while (changing().length > 0);
        });
        await on.evaluate(axe.source);
        // Of all that axe looks at, only the contrast differs between the themes.
        const options: RunOptions = colorScheme === "light" ? {} : { runOnly: ["color-contrast"] };
        const { violations } = await on.evaluate((options) => window.axe.run(options), options);
        const lines = violations.flatMap(({ id, help, nodes }) =>
          nodes.map(
            (node) => `${id}: ${help}: ${node.target.join(" ")} ${node.any.map((check) => check.message).join("; ")}`,
          ),
        );
        expect(lines, `axe on ${on.url()}, ${colorScheme}`).toEqual([]);
      }
    });
  },

  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from the pattern
  local: async ({}, use) => {
    const server = await LocalServer.start();
    await use(server);
    await server.stop();
  },
});

export { expect };
