/**
 * On a list whose items carry `data-photo`: they can be dragged, and the buttons of their forms move them at once. Each new
 * order is saved under `data-order`. Without script the buttons load the page again.
 */
export function startPhotoOrder(list: HTMLElement): void {
  const items = () => [...list.querySelectorAll<HTMLElement>(":scope > [data-photo]")];
  const said = document.getElementById("photo-moved");
  const token = document.querySelector<HTMLInputElement>("input[name=csrf_token]")?.value ?? "";
  let dragged: HTMLElement | undefined;
  let order = "";
  const present = () => items().map((item) => item.dataset.photo);

  const save = async (moved: HTMLElement): Promise<void> => {
    const all = items();
    const place = String(all.indexOf(moved) + 1);
    const body = new URLSearchParams(all.map((item) => ["photo", item.dataset.photo ?? ""]));
    body.append("csrf_token", token);
    const answer = await fetch(list.dataset.order ?? "", { method: "POST", body, redirect: "manual" }).catch(
      () => undefined,
    );
    const saved = answer?.type === "opaqueredirect" || answer?.ok;
    const text = saved ? list.dataset.moved : list.dataset.failed;
    if (said) {
      said.textContent = (text ?? "").replace("%p", place).replace("%c", String(all.length));
      said.classList.toggle("sr-only", saved === true);
    }
  };

  list.addEventListener("submit", (event) => {
    const form = event.target;
    const button = event.submitter;
    if (!(form instanceof HTMLFormElement) || !(button instanceof HTMLButtonElement)) return;
    const item = form.closest<HTMLElement>("[data-photo]");
    if (!item) return;
    event.preventDefault();
    if (button.value === "first") list.prepend(item);
    else if (button.value === "earlier") item.previousElementSibling?.before(item);
    else item.nextElementSibling?.after(item);
    // At either end the button that was pressed is not there any more.
    const focus = button.offsetParent
      ? button
      : [...form.querySelectorAll("button")].find((other) => other.offsetParent);
    focus?.focus();
    void save(item);
  });

  for (const item of items()) item.draggable = true;
  list.addEventListener("dragstart", (event) => {
    dragged =
      event.target instanceof Element ? (event.target.closest<HTMLElement>("[data-photo]") ?? undefined) : undefined;
    if (!dragged || !event.dataTransfer) return;
    order = present().join();
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.dataset.photo ?? "");
    dragged.classList.add("photo-dragged");
  });
  list.addEventListener("dragover", (event) => {
    if (!dragged) return;
    event.preventDefault();
    const over = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-photo]") : null;
    if (!over || over === dragged) return;
    const all = items();
    if (all.indexOf(over) > all.indexOf(dragged)) over.after(dragged);
    else over.before(dragged);
  });
  list.addEventListener("drop", (event) => event.preventDefault());
  list.addEventListener("dragend", () => {
    const moved = dragged;
    dragged = undefined;
    moved?.classList.remove("photo-dragged");
    if (moved && present().join() !== order) void save(moved);
  });
}
