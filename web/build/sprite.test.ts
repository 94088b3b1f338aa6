import { expect, test } from "vitest";
import { iconNames, spriteOf } from "./sprite.ts";

test("icons are found however a template or a source names them, each once", () => {
  const sources = [
    '{{ page.icon("house") }} {% call p::empty("calendar-sync", "house") %}',
    'Icon("ban"), "no-such-icon"',
  ];
  expect(iconNames(sources, new Set(["ban", "calendar-sync", "house", "sun"]))).toEqual([
    "ban",
    "calendar-sync",
    "house",
  ]);
});

test("a symbol has the shapes of its icon and none of its attributes", () => {
  const svg = '<!-- licence -->\n<svg\n  class="lucide"\n  width="24"\n>\n  <path d="M1 2" />\n</svg>\n';
  expect(spriteOf([["ban", svg]])).toBe(
    '<svg xmlns="http://www.w3.org/2000/svg"><symbol id="ban" viewBox="0 0 24 24"><path d="M1 2" /></symbol></svg>\n',
  );
});
