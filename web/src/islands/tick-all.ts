/** Ticks or clears every box that belongs to the form which `data-form` names. */
export function startTickAll(all: HTMLElement): void {
  if (!(all instanceof HTMLInputElement)) return;
  all.hidden = false;
  const boxes = () => [
    ...document.querySelectorAll<HTMLInputElement>(`input[type="checkbox"][form="${all.dataset.form}"]`),
  ];
  const show = () => {
    const ticked = boxes().filter((box) => box.checked).length;
    all.checked = ticked > 0 && ticked === boxes().length;
    all.indeterminate = ticked > 0 && !all.checked;
  };
  all.addEventListener("change", () => {
    for (const box of boxes()) box.checked = all.checked;
    show();
  });
  document.addEventListener("change", (event) => {
    if (event.target !== all) show();
  });
  show();
}
