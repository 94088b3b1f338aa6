import { defineConfig } from "@playwright/test";
import base, { desktop, phone } from "./playwright.config";

export default defineConfig({
  ...base,
  testMatch: "screenshots.ts",
  projects: Object.entries({ desk: desktop, phone }).flatMap(([device, use]) =>
    (["light", "dark"] as const).map((colorScheme) => ({
      name: `${device}-${colorScheme}`,
      use: { ...use, colorScheme },
    })),
  ),
});
