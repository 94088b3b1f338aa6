import { startCopy } from "./copy";
import { startCountryZone } from "./country-zone";
import { startDialog } from "./dialog";
import { startFlash } from "./flash";
import { startMenu } from "./menu";
import { startPhotoOrder } from "./photo-order";
import { startTabs } from "./tabs";
import { startTickAll } from "./tick-all";
import { startUpload } from "./upload";

/** Starts one island on the element that carries its name; called once for each element. */
export type Island = (element: HTMLElement) => void;

const ISLANDS: Readonly<Record<string, Island>> = {
  copy: startCopy,
  "country-zone": startCountryZone,
  dialog: startDialog,
  flash: startFlash,
  menu: startMenu,
  tabs: startTabs,
  "photo-order": startPhotoOrder,
  "tick-all": startTickAll,
  // Large and on one page only: fetched when that page needs it.
  timeline: (element) => void import("./timeline").then(({ startTimeline }) => startTimeline(element)),
  upload: startUpload,
};

const started = new WeakSet<Element>();

/** Starts the island of every `data-island` element that has none yet. */
export function startIslands(root: ParentNode): void {
  for (const element of root.querySelectorAll<HTMLElement>("[data-island]")) {
    if (started.has(element)) continue;
    started.add(element);
    for (const name of (element.dataset.island ?? "").split(" ")) ISLANDS[name]?.(element);
  }
}
