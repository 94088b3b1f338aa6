/**
 * The known icons that the sources name in quotes, sorted, each once. A text that happens to be an icon's name costs one
 * symbol; an icon that were missing would be an empty square.
 */
export function iconNames(sources: readonly string[], known: ReadonlySet<string>): string[] {
  const names = new Set<string>();
  for (const source of sources) {
    for (const match of source.matchAll(/"([a-z0-9]+(?:-[a-z0-9]+)*)"/g)) {
      if (match[1] && known.has(match[1])) names.add(match[1]);
    }
  }
  return [...names].sort();
}

/** One SVG document with a `<symbol>` for each icon. Stroke and size come from the `.icon` class where it is used. */
export function spriteOf(shapes: readonly (readonly [name: string, svg: string])[]): string {
  const symbols = shapes.map(([name, svg]) => {
    const inner = svg.slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>"));
    return `<symbol id="${name}" viewBox="0 0 24 24">${inner.replace(/\s+/g, " ").trim()}</symbol>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`;
}
