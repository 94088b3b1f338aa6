import { isoOf } from "./layout";

/** What of a bar is held: the whole of it, its arrival or its departure; `new` is an empty place. */
export type Grip = "move" | "start" | "end" | "new";

/** A row and the half-open days of a stay in it. */
export interface Place {
  row: number;
  first: number;
  end: number;
}

/** Where a pointer is: a row and a day, which may have a fraction. */
export interface Point {
  row: number;
  day: number;
}

/** Where a stay comes to lie when it is held at `from` and drawn to `to`. A stay keeps at least one night. */
export function dragged(grip: Grip, stay: Place, from: Point, to: Point): Place {
  const days = Math.round(to.day - from.day);
  if (grip === "new") {
    const [a, b] = [Math.floor(from.day), Math.floor(to.day)];
    const first = Math.min(a, b);
    return { row: from.row, first, end: Math.max(a, b, first + 1) };
  }
  if (grip === "start") return { ...stay, first: Math.min(stay.first + days, stay.end - 1) };
  if (grip === "end") return { ...stay, end: Math.max(stay.end + days, stay.first + 1) };
  return { row: to.row, first: stay.first + days, end: stay.end + days };
}

/** The stays that share a night with a place, but for one of them. */
export function overlapping<S extends { id: string; first: number; end: number }>(
  stays: readonly S[],
  place: { first: number; end: number },
  but?: string,
): S[] {
  return stays.filter((stay) => stay.id !== but && stay.first < place.end && stay.end > place.first);
}

/** What a bar is held by at this distance from its left edge. A short bar is mostly its middle. */
export function gripAt(offset: number, width: number): Grip {
  const edge = Math.min(9, width / 4);
  if (offset <= edge) return "start";
  return offset >= width - edge ? "end" : "move";
}

/** What a drag needs of the view. */
export interface Ground {
  pointAt(clientX: number, clientY: number): Point | undefined;
  /** The stay of a bar. */
  stayAt(bar: HTMLElement): { id: string; place: Place; grips: readonly Grip[] } | undefined;
  /** Shows where the stay would be; nothing takes it away. */
  show(place: Place | undefined, but?: string): void;
  /** Scrolls when the pointer is near an edge. */
  nudge(clientX: number, clientY: number): void;
}

export interface Dropped {
  /** None for a new stay. */
  stay: string | undefined;
  place: Place;
}

interface Held {
  grip: Grip;
  stay: string | undefined;
  from: Point;
  place: Place;
  x: number;
  y: number;
  moving: boolean;
}

/** Pixels before a press becomes a drag. */
const SLACK = 5;

/**
 * Lets the mouse or a pen draw bars to other days and rows, their edges to other dates, and new stays over empty days. Escape gives up.
 * A finger scrolls; it reaches the same through the menu of a stay.
 */
export function startDrag(
  canvas: HTMLElement,
  ground: Ground,
  mayCreate: boolean,
  dropped: (drop: Dropped) => void,
): void {
  let held: Held | undefined;
  let now: Place | undefined;
  let last: { x: number; y: number } | undefined;
  let frame = 0;

  const stop = () => {
    cancelAnimationFrame(frame);
    canvas.classList.remove("is-dragging");
    held = undefined;
    now = undefined;
    last = undefined;
  };
  // The press of a drag ends on a link, which is not to be followed.
  const swallow = () => {
    const prevent = (click: Event) => click.preventDefault();
    addEventListener("click", prevent, { capture: true });
    setTimeout(() => removeEventListener("click", prevent, { capture: true }));
  };
  const giveUp = () => {
    if (held?.moving) {
      ground.show(undefined);
      document.addEventListener("pointerup", swallow, { once: true });
    }
    stop();
  };
  const follow = () => {
    if (!held?.moving || !last) return;
    ground.nudge(last.x, last.y);
    const point = ground.pointAt(last.x, last.y);
    if (point) {
      now = dragged(held.grip, held.place, held.from, point);
      ground.show(now, held.stay);
    }
    frame = requestAnimationFrame(follow);
  };

  canvas.addEventListener("dragstart", (event) => event.preventDefault());
  canvas.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || event.pointerType === "touch" || !(event.target instanceof Element)) return;
    const from = ground.pointAt(event.clientX, event.clientY);
    const bar = event.target.closest<HTMLElement>(".tl-stay");
    if (!from) return;
    if (bar) {
      const found = ground.stayAt(bar);
      const box = bar.getBoundingClientRect();
      const grip = gripAt(event.clientX - box.left, box.width);
      if (!found?.grips.includes(grip)) return;
      held = { grip, stay: found.id, from, place: found.place, x: event.clientX, y: event.clientY, moving: false };
    } else if (mayCreate && event.target.closest(".tl-cell") && !event.target.closest(".tl-turnover")) {
      const place = dragged("new", { row: from.row, first: 0, end: 1 }, from, from);
      held = { grip: "new", stay: undefined, from, place, x: event.clientX, y: event.clientY, moving: false };
    }
  });
  document.addEventListener("pointermove", (event) => {
    if (!held) return;
    last = { x: event.clientX, y: event.clientY };
    if (held.moving || Math.hypot(event.clientX - held.x, event.clientY - held.y) < SLACK) return;
    held.moving = true;
    canvas.classList.add("is-dragging");
    getSelection()?.removeAllRanges();
    follow();
  });
  document.addEventListener("pointerup", (event) => {
    if (!held?.moving) return stop();
    const point = ground.pointAt(event.clientX, event.clientY);
    const { stay, grip, place, from } = held;
    const to = point ? dragged(grip, place, from, point) : now;
    stop();
    swallow();
    if (!to || (stay && to.row === place.row && to.first === place.first && to.end === place.end))
      ground.show(undefined);
    else {
      ground.show(to, stay);
      dropped({ stay, place: to });
    }
  });
  document.addEventListener("pointercancel", giveUp);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !held?.moving) return;
    event.preventDefault();
    giveUp();
  });
}

/** The page that says what becomes of a stay there. */
export function moveUrl(stay: string, unit: string, place: Place): string {
  const query = new URLSearchParams({ unit_id: unit, check_in: isoOf(place.first), check_out: isoOf(place.end) });
  return `/stays/${stay}/move?${query}`;
}
