import { readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Plugin } from "vite";
import { iconNames, spriteOf } from "./sprite.ts";

const FAVICON = "src/favicon.svg";

/** Emits `icons.svg`, one sprite of the icons that templates and Rust sources name, and the favicon. */
export function icons(sources: string): Plugin {
  return {
    name: "icons",
    apply: "build",
    async buildStart() {
      for (const file of await filesIn(sources)) this.addWatchFile(file);
    },
    async generateBundle() {
      const folder = join(dirname(createRequire(import.meta.url).resolve("lucide-static/package.json")), "icons");
      const texts = await Promise.all((await filesIn(sources)).map((file) => readFile(file, "utf8")));
      const known = new Set((await readdir(folder)).map((file) => file.replace(/\.svg$/, "")));
      const shapes = await Promise.all(
        iconNames(texts, known).map(
          async (name) => [name, await readFile(join(folder, `${name}.svg`), "utf8")] as const,
        ),
      );
      this.emitFile({
        type: "asset",
        name: "icons.svg",
        originalFileName: "src/icons.svg",
        source: spriteOf(shapes),
      });
      this.emitFile({
        type: "asset",
        name: "favicon.svg",
        originalFileName: FAVICON,
        source: await readFile(FAVICON, "utf8"),
      });
    },
  };
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && /\.(html|rs)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
