/**
 * On a link: opens the `<dialog>` that `data-dialog` names instead of following the link. Without script, the link leads
 * to a page with the same form. Inside the dialog, `[data-close]` closes it; so do Escape and a click beside it.
 */
export function startDialog(element: HTMLElement): void {
  const dialog = document.getElementById(element.dataset.dialog ?? "");
  if (!(dialog instanceof HTMLDialogElement)) return;
  element.addEventListener("click", (event) => {
    event.preventDefault();
    dialog.showModal();
  });
  if (dialog.dataset.ready) return;
  dialog.dataset.ready = "true";
  dialog.addEventListener("click", (event) => {
    const target = event.target;
    if (target === dialog || (target instanceof Element && target.closest("[data-close]"))) {
      event.preventDefault();
      dialog.close();
    }
  });
}
