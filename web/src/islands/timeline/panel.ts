/**
 * The dialog of the timeline. It borrows the pages on which stays are moved, split and joined: their part `[data-moves]` is shown in it, and
 * their forms are sent from here. Without script the same pages stand for themselves.
 */
export class Panel {
  /** Called when the dialog closes, whatever was done. */
  onClosed: () => void = () => {};

  private readonly title: HTMLElement | null;
  private readonly body: HTMLElement | null;

  /** `changed` is called after something was done; `toast` is where the message about it goes. */
  constructor(
    private readonly dialog: HTMLDialogElement,
    private readonly toast: HTMLElement,
    private readonly changed: () => void,
  ) {
    this.title = dialog.querySelector("h2");
    this.body = dialog.querySelector('[data-part="body"]');
    dialog.addEventListener("click", (event) => {
      const target = event.target;
      if (!(target instanceof Element)) return;
      if (target === dialog || target.closest("[data-close]")) {
        event.preventDefault();
        dialog.close();
        return;
      }
      const inner = target.closest<HTMLAnchorElement>("a[data-panel]");
      if (inner) {
        event.preventDefault();
        void this.open(inner.href);
      }
    });
    dialog.addEventListener("close", () => this.onClosed());
    dialog.addEventListener("submit", (event) => {
      const form = event.target;
      if (!(form instanceof HTMLFormElement)) return;
      event.preventDefault();
      if (form.method === "get") void this.open(`${form.action}?${new URLSearchParams(fields(form))}`);
      else void this.send(form);
    });
    toast.addEventListener("click", (event) => {
      const target = event.target instanceof Element ? event.target : null;
      const undo = target?.closest<HTMLAnchorElement>("a[data-undo]");
      if (undo) {
        event.preventDefault();
        void this.undo(undo.href);
      } else if (target?.closest("[data-close]")) toast.replaceChildren();
    });
  }

  /** Shows a page's part. */
  async open(url: string): Promise<void> {
    this.show(await page(url));
  }

  /** Shows what a template of the page holds, with `{name}` in its addresses filled in. */
  fill(title: string, template: HTMLTemplateElement, values: Record<string, string>): void {
    const content = template.content.cloneNode(true);
    if (!(content instanceof DocumentFragment)) return;
    for (const link of content.querySelectorAll<HTMLAnchorElement>("a[href]")) {
      const href = link.getAttribute("href") ?? "";
      link.href = href.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? ""));
    }
    for (const part of content.querySelectorAll<HTMLElement>("[data-value]"))
      part.textContent = values[part.dataset.value ?? ""] ?? "";
    this.put(title, content);
  }

  private put(title: string, content: Node): void {
    if (this.title) this.title.textContent = title;
    this.body?.replaceChildren(content);
    if (!this.dialog.open) this.dialog.showModal();
    this.body?.querySelector<HTMLElement>("[autofocus]")?.focus();
  }

  private show({ document: answer, url }: Answer): void {
    const part = answer.querySelector("[data-moves]");
    // Not one of these pages: the session ended, or the stay is gone.
    if (part) this.put(answer.querySelector("h1")?.textContent ?? "", document.importNode(part, true));
    else location.assign(url);
  }

  private async send(form: HTMLFormElement): Promise<void> {
    const answer = await page(form.action, new URLSearchParams(fields(form)));
    if (answer.document.querySelector("[data-moves]")) return this.show(answer);
    const message = answer.document.querySelector("#messages > *");
    if (!message) return location.assign(answer.url);
    const shown = document.importNode(message, true);
    shown.removeAttribute("data-island");
    this.toast.replaceChildren(shown);
    this.dialog.close();
    this.changed();
  }

  /** Takes back what the message told of, without asking: its page is read, and the form on it sent. */
  private async undo(url: string): Promise<void> {
    const answer = await page(url);
    const form = answer.document.querySelector<HTMLFormElement>('[data-moves] form[method="post"]');
    if (form) await this.send(form);
    else this.show(answer);
  }
}

interface Answer {
  document: Document;
  /** Where it came from in the end. */
  url: string;
}

function fields(form: HTMLFormElement): [string, string][] {
  return [...new FormData(form)].map(([name, value]) => [name, String(value)]);
}

async function page(url: string, body?: URLSearchParams): Promise<Answer> {
  const response = await fetch(url, body ? { method: "POST", body } : {});
  return { document: new DOMParser().parseFromString(await response.text(), "text/html"), url: response.url };
}
