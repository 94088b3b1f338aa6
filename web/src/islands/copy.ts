/** Copies the value of the field that `data-copy` names, and says so in the button's live text for a moment. */
export function startCopy(button: HTMLElement): void {
  const label = button.querySelector<HTMLElement>("[data-label]");
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    const source = document.getElementById(button.dataset.copy ?? "");
    const text = source instanceof HTMLInputElement ? source.value : (source?.textContent ?? "").trim();
    await navigator.clipboard.writeText(text);
    if (!label) return;
    const before = label.textContent;
    label.textContent = button.dataset.done ?? before;
    setTimeout(() => {
      label.textContent = before;
    }, 2000);
  });
}
