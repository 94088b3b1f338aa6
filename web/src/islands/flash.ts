const SECONDS = 8;

/** Removes a success message after a while, but never while it is read: hovering or focusing keeps it. */
export function startFlash(element: HTMLElement): void {
  const close = () => {
    element.classList.add("leaving");
    setTimeout(() => element.remove(), 300);
  };
  element.querySelector("[data-close]")?.addEventListener("click", close);
  if (element.dataset.keep !== undefined) return;
  let timer = setTimeout(close, SECONDS * 1000);
  for (const type of ["mouseenter", "focusin"]) element.addEventListener(type, () => clearTimeout(timer));
  for (const type of ["mouseleave", "focusout"]) {
    element.addEventListener(type, () => {
      clearTimeout(timer);
      timer = setTimeout(close, SECONDS * 1000);
    });
  }
}
