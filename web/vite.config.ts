import tailwind from "@tailwindcss/vite";
import { defineConfig } from "vite";
import { compress } from "./build/compress.ts";
import { icons } from "./build/icons.ts";

// Every file gets a name with a hash of its content; the binary finds them through the manifest and serves them from /assets/.
export default defineConfig({
  base: "/assets/",
  publicDir: false,
  plugins: [tailwind(), icons("../crates/app/src"), compress()],
  build: {
    outDir: "dist",
    assetsDir: "",
    // The content security policy refuses data: addresses for fonts and scripts.
    assetsInlineLimit: 0,
    manifest: "manifest.json",
    modulePreload: { polyfill: false },
    target: "es2022",
    // What oklch(), light-dark() and nesting need as they are written.
    cssTarget: ["chrome123", "firefox128", "safari17.5"],
    rollupOptions: { input: ["src/main.ts", "src/app.css"] },
  },
});
