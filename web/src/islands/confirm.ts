/**
 * On a form: asks in the `<dialog>` that `data-dialog` names before sending it. Without script the form is sent at once,
 * so what cannot be undone has a page of its own that asks.
 */
export function startConfirm(element: HTMLElement): void {
  const dialog = document.getElementById(element.dataset.dialog ?? "");
  if (!(element instanceof HTMLFormElement) || !(dialog instanceof HTMLDialogElement)) return;
  element.addEventListener("submit", (event) => {
    if (dialog.returnValue === "yes") return;
    event.preventDefault();
    dialog.showModal();
  });
  dialog.addEventListener("close", () => {
    if (dialog.returnValue === "yes") element.requestSubmit();
  });
}
