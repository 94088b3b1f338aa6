import type { TimelineTexts, TimelineWindow } from "./contract";
import { moveUrl, startDrag } from "./drag";
import { dayOf, isoOf } from "./layout";
import { Panel } from "./panel";
import { Store, TILE_DAYS } from "./store";
import { View, type Zoom } from "./view";

/** The calendar reaches from a year back to two years ahead. */
const TILES_BACK = 4;
const TILES = 12;
/** What was fetched longer ago than this is fetched again when the page is looked at again. */
const STALE_MS = 60_000;
/** Where the browser keeps the width of days. */
const ZOOM_KEY = "timeline-zoom";

/** Starts the timeline in the markup of `ui/templates/components/timeline.html`. */
export function startTimeline(element: HTMLElement): void {
  const { url = "", today = "", icons = "", texts: json = "{}", may = "" } = element.dataset;
  const live = element.querySelector<HTMLElement>('[data-part="live"]');
  if (live) live.hidden = false;
  const texts: TimelineTexts = JSON.parse(json);
  const origin = dayOf(today) - TILES_BACK * TILE_DAYS;

  const load = async (query: URLSearchParams): Promise<TimelineWindow> => {
    const address = new URL(url, location.href);
    for (const [name, value] of query) address.searchParams.set(name, value);
    const response = await fetch(address, { headers: { accept: "application/json" } });
    if (!response.ok) throw new Error(`the calendar answered ${response.status}`);
    return response.json();
  };
  const store = new Store(origin, load, () => view.invalidate());
  const horizon = { origin, days: TILES * TILE_DAYS, today: dayOf(today) };
  const view = new View(element, store, texts, icons, horizon, may.includes("edit"));
  startZoom(element, view);

  // The address keeps the place, so that coming back from a stay leads to where one was; so does a search.
  const from = new URLSearchParams(location.search).get("from");
  view.goTo(from && /^\d{4}-\d{2}-\d{2}$/.test(from) ? dayOf(from) : dayOf(today), false);
  view.onMoved = (day) => {
    const query = new URLSearchParams(location.search);
    query.set("from", isoOf(day));
    history.replaceState(history.state, "", `?${query}`);
    for (const kept of document.querySelectorAll<HTMLInputElement>("input[data-from]")) kept.value = isoOf(day);
  };

  const control = (name: string) => element.querySelector<HTMLElement>(`[data-go="${name}"]`);
  control("today")?.addEventListener("click", () => view.goTo(dayOf(today), true));
  control("back")?.addEventListener("click", () => view.goTo(view.firstDay() - 14, true));
  control("ahead")?.addEventListener("click", () => view.goTo(view.firstDay() + 14, true));
  control("retry")?.addEventListener("click", () => store.retry());
  const date = control("date");
  if (date instanceof HTMLInputElement) {
    date.addEventListener("change", () => {
      if (date.value) view.goTo(dayOf(date.value), true);
    });
  }
  startLegend(element, view);
  startChanges(element, store, view, may);

  let seen = Date.now();
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) seen = Date.now();
    else if (Date.now() - seen > STALE_MS) store.refresh();
  });
}

/** The buttons for the width of days. */
function startZoom(element: HTMLElement, view: View): void {
  const buttons = [...element.querySelectorAll<HTMLElement>("button[data-zoom]")];
  const choose = (zoom: string) => {
    const chosen = buttons.find((button) => button.dataset.zoom === zoom);
    if (!chosen) return;
    for (const button of buttons) button.setAttribute("aria-pressed", String(button === chosen));
    view.setZoom(zoom as Zoom);
  };
  for (const button of buttons) {
    button.addEventListener("click", () => {
      choose(button.dataset.zoom ?? "");
      localStorage.setItem(ZOOM_KEY, button.dataset.zoom ?? "");
    });
  }
  choose(localStorage.getItem(ZOOM_KEY) ?? "usual");
}

/** The channels of the legend: one lets its stays stand out. */
function startLegend(element: HTMLElement, view: View): void {
  const buttons = [...element.querySelectorAll<HTMLElement>("button[data-channel]")];
  for (const button of buttons) {
    button.addEventListener("click", () => {
      const channel = button.getAttribute("aria-pressed") === "true" ? "" : (button.dataset.channel ?? "");
      for (const other of buttons) other.setAttribute("aria-pressed", String(other.dataset.channel === channel));
      view.setChannel(channel);
    });
  }
}

/** Dragging, and the same by menu and keyboard. */
function startChanges(element: HTMLElement, store: Store, view: View, may: string): void {
  const part = <E extends HTMLElement>(name: string, type: new () => E): E | undefined => {
    const found = element.querySelector(`[data-part="${name}"]`);
    return found instanceof type ? found : undefined;
  };
  const canvas = part("canvas", HTMLElement);
  const dialog = part("dialog", HTMLDialogElement);
  const toast = part("toast", HTMLElement);
  const menu = part("menu", HTMLTemplateElement);
  const create = part("create", HTMLTemplateElement);
  if (!canvas || !dialog || !toast || !menu) return;
  const panel = new Panel(dialog, toast, () => store.refresh());
  panel.onClosed = () => view.show(undefined);

  startDrag(canvas, view, create !== undefined, ({ stay, place }) => {
    const row = store.rows[place.row];
    if (!row) return;
    if (stay) void panel.open(moveUrl(stay, row.unit_id, place));
    else if (create) {
      const where = row.unit_name ? `${row.property_name} · ${row.unit_name}` : row.property_name;
      panel.fill(where, create, {
        unit: row.unit_id,
        check_in: isoOf(place.first),
        check_out: isoOf(place.end),
        dates: view.words(place),
      });
    }
  });

  const openMenu = (target: Element) => {
    const found = view.find(target);
    if (found) panel.fill(found.stay.label, menu, { id: found.stay.id, dates: view.words({ ...found.stay, row: 0 }) });
    return found !== undefined;
  };
  canvas.addEventListener("contextmenu", (event) => {
    if (event.target instanceof Element && openMenu(event.target)) event.preventDefault();
  });
  canvas.addEventListener("keydown", (event) => {
    if (!(event.target instanceof Element) || event.altKey || event.ctrlKey || event.metaKey) return;
    const id = view.find(event.target)?.stay.id;
    if (!id) return;
    const edit = may.includes("edit");
    if (event.key === "m" && edit) void panel.open(`/stays/${id}/move`);
    else if (event.key === "s" && edit) void panel.open(`/stays/${id}/split`);
    else if (event.key === " ") openMenu(event.target);
    else return;
    event.preventDefault();
  });
}
