import { defineConfig } from "@playwright/test";
import base, { desktop } from "./playwright.config";

const { globalSetup: _, ...rest } = base;

/** Measures against a program that runs already; `scripts/bench timeline` starts it. */
export default defineConfig({
  ...rest,
  testMatch: "timeline-bench.ts",
  workers: 1,
  reporter: "line",
  projects: [{ name: "desktop", use: { ...desktop, contextOptions: {}, trace: "off" } }],
});
