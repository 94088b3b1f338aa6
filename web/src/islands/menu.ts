/** Closes a `<details>` menu on Escape, on a click elsewhere and when the focus leaves it. */
export function startMenu(element: HTMLElement): void {
  if (!(element instanceof HTMLDetailsElement)) return;
  const close = () => {
    element.open = false;
  };
  document.addEventListener("click", (event) => {
    if (event.target instanceof Node && !element.contains(event.target)) close();
  });
  element.addEventListener("focusout", (event) => {
    if (event.relatedTarget instanceof Node && !element.contains(event.relatedTarget)) close();
  });
  element.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !element.open) return;
    close();
    element.querySelector("summary")?.focus();
  });
}
