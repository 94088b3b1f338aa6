import { defineConfig, type LaunchOptions } from "@playwright/test";

/** The browser of the system, with nothing that calls home. */
const launchOptions: LaunchOptions = {
  executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
  args: [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
};

export const desktop = { viewport: { width: 1440, height: 900 } };
export const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 };

export default defineConfig({
  testDir: ".",
  outputDir: "results",
  globalSetup: "./support/program.ts",
  forbidOnly: true,
  fullyParallel: true,
  workers: 2,
  // A test may register, book and look at half a dozen pages; axe alone takes seconds on a machine that is busy building.
  timeout: 90_000,
  reporter: "list",
  expect: { timeout: 10_000 },
  use: {
    launchOptions,
    locale: "en-GB",
    timezoneId: "UTC",
    contextOptions: { reducedMotion: "reduce" },
    screenshot: "only-on-failure",
    trace: "retain-on-failure",
  },
  projects: [
    { name: "desktop", use: desktop },
    { name: "phone", use: phone },
  ],
});
