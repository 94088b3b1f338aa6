import { join } from "node:path";
import type { Role } from "./support/program";
import { test } from "./support/test";

/** The pages of the README: the name of the picture, the address, and who looks at it. */
const PAGES: { name: string; path: string; role?: Role }[] = [
  { name: "welcome", path: "/" },
  { name: "dashboard", path: "/dashboard", role: "manager" },
  { name: "calendar", path: "/calendar", role: "manager" },
  { name: "properties", path: "/properties", role: "manager" },
  { name: "stays", path: "/stays", role: "manager" },
  { name: "reports", path: "/reports", role: "manager" },
  { name: "tasks", path: "/tasks?tab=upcoming", role: "staff" },
];

for (const { name, path, role } of PAGES) {
  test(name, async ({ page, signIn }, info) => {
    if (role) await signIn(role);
    await page.goto(path, { waitUntil: "networkidle" });
    await page.screenshot({ path: join(process.env.PICTURES || "results", `${name}-${info.project.name}.png`) });
  });
}
