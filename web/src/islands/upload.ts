import { startIslands } from "./index";

interface Answer {
  problems?: { message: string }[];
}

/** How far a file has come: 0 to 1 while it is sent. */
type Progress = (share: number) => void;

/** Sends one file as the form would, and tells what is wrong with it; nothing when it was taken. */
function send(form: HTMLFormElement, file: File, progress: Progress): Promise<string | undefined> {
  const { field = "file", textFailed = "", textTooLarge = "" } = form.dataset;
  const body = new FormData(form);
  body.delete(field);
  body.append(field, file, file.name);
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("accept", "application/json");
    request.responseType = "json";
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) progress(event.loaded / event.total);
    });
    request.upload.addEventListener("load", () => progress(1));
    request.addEventListener("load", () => {
      if (request.status === 200) resolve(undefined);
      else if (request.status === 413) resolve(textTooLarge);
      else resolve((request.response as Answer | null)?.problems?.[0]?.message ?? textFailed);
    });
    for (const failure of ["error", "abort", "timeout"]) request.addEventListener(failure, () => resolve(textFailed));
    request.send(body);
  });
}

/** A line for a file, with its name, a bar and what is going on. */
function line(file: File): { element: HTMLElement; say: (text: string) => void; bar: HTMLProgressElement } {
  const element = document.createElement("li");
  element.className = "upload-file";
  const name = document.createElement("bdi");
  name.textContent = file.name;
  const bar = document.createElement("progress");
  bar.className = "progress progress-primary";
  bar.max = 1;
  bar.value = 0;
  bar.setAttribute("aria-label", file.name);
  const state = document.createElement("span");
  state.className = "muted text-sm";
  element.append(name, bar, state);
  const say = (text: string) => {
    state.textContent = text;
  };
  return { element, say, bar };
}

/** Draws the part of the page again that shows what was uploaded. */
async function refresh(id: string): Promise<void> {
  const answer = await fetch(location.pathname + location.search, { headers: { accept: "text/html" } });
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(id);
  const shown = document.getElementById(id);
  if (!answer.ok || !fresh || !shown) return location.reload();
  shown.replaceWith(document.adoptNode(fresh));
  startIslands(fresh);
}

/**
 * On a form with one file field: sends the chosen or dropped files one after the other, shows how far each is, and draws
 * `data-refresh` again. Without script the form sends them all at once.
 */
export function startUpload(element: HTMLElement): void {
  if (!(element instanceof HTMLFormElement)) return;
  const form = element;
  const { field = "file", refresh: shown = "", most = "0" } = form.dataset;
  const input = form.elements.namedItem(field);
  const list = form.querySelector("[data-files]");
  if (!(input instanceof HTMLInputElement) || !list) return;
  let last: Promise<void> = Promise.resolve();
  // Choosing is enough.
  for (const button of form.querySelectorAll("button")) button.hidden = true;

  const one = async (file: File): Promise<void> => {
    const { element: item, say, bar } = line(file);
    list.append(item);
    say(form.dataset.textWaiting ?? "");
    const before = last;
    const work = async () => {
      await before;
      const tooLarge = file.size > Number(most);
      const problem = tooLarge
        ? form.dataset.textTooLarge
        : await send(form, file, (share) => {
            bar.value = share;
            say(share < 1 ? `${Math.round(share * 100)} %` : (form.dataset.textMaking ?? ""));
          });
      bar.remove();
      item.classList.add(problem ? "upload-failed" : "upload-done");
      say(problem ?? form.dataset.textDone ?? "");
    };
    last = work();
    await last;
  };

  const all = async (files: File[]): Promise<void> => {
    if (!files.length) return;
    list.replaceChildren();
    await Promise.all(files.map(one));
    form.reset();
    await refresh(shown);
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void all([...(input.files ?? [])]);
  });
  input.addEventListener("change", () => void all([...(input.files ?? [])]));
  form.addEventListener("dragover", (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    form.classList.add("upload-over");
  });
  form.addEventListener("dragleave", () => form.classList.remove("upload-over"));
  form.addEventListener("drop", (event) => {
    form.classList.remove("upload-over");
    if (!event.dataTransfer?.files.length) return;
    event.preventDefault();
    void all([...event.dataTransfer.files]);
  });
}
