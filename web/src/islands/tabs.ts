/** Brings the current link of a row that is wider than the screen into sight. */
export function startTabs(element: HTMLElement): void {
  const current = element.querySelector<HTMLElement>("[aria-current]");
  if (!current) return;
  // Only sideways: the page itself stays where it is.
  element.scrollLeft = current.offsetLeft - element.offsetLeft - (element.clientWidth - current.offsetWidth) / 2;
}
