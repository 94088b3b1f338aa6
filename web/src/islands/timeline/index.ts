import type { TimelineTexts, TimelineWindow } from "./contract";
import { dayOf, isoOf } from "./layout";
import { Store, TILE_DAYS } from "./store";
import { View } from "./view";

/** The calendar reaches from a year back to two years ahead. */
const TILES_BACK = 4;
const TILES = 12;
/** What was fetched longer ago than this is fetched again when the page is looked at again. */
const STALE_MS = 60_000;

/** Starts the timeline in the markup of `ui/templates/components/timeline.html`. */
export function startTimeline(element: HTMLElement): void {
  const { url = "", today = "", icons = "", texts: json = "{}" } = element.dataset;
  const live = element.querySelector<HTMLElement>('[data-part="live"]');
  if (live) live.hidden = false;
  const texts: TimelineTexts = JSON.parse(json);
  const origin = dayOf(today) - TILES_BACK * TILE_DAYS;

  const load = async (query: URLSearchParams): Promise<TimelineWindow> => {
    const response = await fetch(`${url}?${query}`, { headers: { accept: "application/json" } });
    if (!response.ok) throw new Error(`the calendar answered ${response.status}`);
    return response.json();
  };
  const store = new Store(origin, load, () => view.invalidate());
  const view = new View(element, store, texts, icons, { origin, days: TILES * TILE_DAYS, today: dayOf(today) });

  // The address keeps the place, so that coming back from a stay leads to where one was.
  const from = new URLSearchParams(location.search).get("from");
  view.goTo(from && /^\d{4}-\d{2}-\d{2}$/.test(from) ? dayOf(from) : dayOf(today), false);
  view.onMoved = (day) => history.replaceState(history.state, "", `?from=${isoOf(day)}`);

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

  let seen = Date.now();
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) seen = Date.now();
    else if (Date.now() - seen > STALE_MS) store.refresh();
  });
}
