import type { TimelineRow, TimelineTexts } from "./contract";
import { type Grip, type Ground, overlapping, type Place, type Point } from "./drag";
import { inView, type Span, weekdayOf } from "./layout";
import type { Stay, Store, Turnover } from "./store";

/** Day 0 of the canvas, how many days it has, and which is today (day numbers). */
interface Horizon {
  origin: number;
  days: number;
  today: number;
}

/** Sizes in pixels; `timeline.css` draws by the same through custom properties. */
interface Metrics {
  day: number;
  row: number;
  /** Width of the column of names; 0 where names stand above the bars. */
  names: number;
  /** Room above the bars of a row. */
  top: number;
}

const WIDE: Metrics = { day: 44, row: 48, names: 224, top: 5 };
const NARROW: Metrics = { day: 38, row: 64, names: 0, top: 24 };
/** How wide a day is, beside the usual width; `fit` shows 90 days at once. */
export type Zoom = "near" | "usual" | "far" | "fit";
const NEAR = 80;
const FAR = 24;
const FIT_DAYS = 90;
/** Below this width a day has no room for its weekday, and only Mondays for their number. */
const CROWDED = 20;
const MORE_ROWS = 4;
const MORE_DAYS = 7;
const SVG = "http://www.w3.org/2000/svg";

/** Draws what is in view of a store, and nothing else, whatever its size. */
export class View implements Ground {
  /** Called with the first day in view when scrolling has come to rest. */
  onMoved: (day: number) => void = () => {};

  private readonly scroller: HTMLElement;
  private readonly canvas: HTMLElement;
  private readonly days: HTMLElement;
  private readonly status: HTMLElement | null;
  private readonly retry: HTMLElement | null;
  private readonly rows = new Map<number, Row>();
  private readonly narrow = matchMedia("(width < 48rem)");
  private readonly monthName: Intl.DateTimeFormat;
  private readonly dayName: Intl.DateTimeFormat;
  private readonly dateName: Intl.DateTimeFormat;
  private metrics: Metrics;
  private scheduled = false;
  private drawnDays = "";
  private moved: ReturnType<typeof setTimeout> | undefined;
  /** The stay that Tab leads to, kept in the document while it is focused. */
  private active: { row: number; id: string } | undefined;
  private ghost: HTMLElement | undefined;
  private zoom: Zoom = "usual";
  /** The channel that stands out, if one does. */
  private channel = "";

  constructor(
    root: HTMLElement,
    private readonly store: Store,
    private readonly texts: TimelineTexts,
    private readonly icons: string,
    private readonly horizon: Horizon,
    private readonly mayEdit: boolean,
  ) {
    const part = (name: string) => root.querySelector<HTMLElement>(`[data-part="${name}"]`);
    const language = document.documentElement.lang;
    const format = (options: Intl.DateTimeFormatOptions) =>
      new Intl.DateTimeFormat(language, { ...options, timeZone: "UTC" });
    this.monthName = format({ month: "long", year: "numeric" });
    this.dayName = format({ weekday: "short" });
    this.dateName = format({ weekday: "short", day: "numeric", month: "short" });
    this.scroller = part("scroller") ?? root;
    this.canvas = part("canvas") ?? root;
    this.days = part("days") ?? root;
    this.status = part("status");
    this.retry = root.querySelector('[data-go="retry"]');
    this.metrics = this.measured();
    this.size();

    this.scroller.addEventListener("scroll", () => this.schedule(), { passive: true });
    this.canvas.addEventListener("keydown", (event) => this.onKey(event));
    this.canvas.addEventListener("focusin", (event) => this.onFocus(event));
    new ResizeObserver(() => this.schedule()).observe(this.scroller);
    this.narrow.addEventListener("change", () => this.resize());
    this.schedule();
  }

  /** Draws days wider or narrower; the first in view stays the first. */
  setZoom(zoom: Zoom): void {
    if (zoom === this.zoom) return;
    this.zoom = zoom;
    this.resize();
  }

  /** Lets the stays of a channel stand out; all do when it is empty. */
  setChannel(channel: string): void {
    this.channel = channel;
    for (const row of this.rows.values()) {
      for (const bar of row.bars.values()) this.dim(bar);
    }
  }

  private dim(bar: HTMLElement): void {
    const channel = bar.dataset.channel;
    bar.classList.toggle("is-dim", this.channel !== "" && channel !== undefined && channel !== this.channel);
  }

  private measured(): Metrics {
    const base = this.narrow.matches ? NARROW : WIDE;
    const fit = Math.max(8, Math.floor((this.scroller.clientWidth - base.names) / FIT_DAYS));
    const day = { near: NEAR, usual: base.day, far: FAR, fit }[this.zoom];
    return { ...base, day };
  }

  private resize(): void {
    const day = this.firstDay();
    this.metrics = this.measured();
    for (const row of this.rows.values()) row.element.remove();
    this.rows.clear();
    this.drawnDays = "";
    this.size();
    this.goTo(day + 1, false);
  }

  private size(): void {
    const { day, row, names, top } = this.metrics;
    const style = this.canvas.style;
    style.width = `${names + this.horizon.days * day}px`;
    style.setProperty("--day", `${day}px`);
    this.canvas.classList.toggle("is-crowded", day < CROWDED);
    this.canvas.classList.toggle("is-far", day < WIDE.day - 10);
    style.setProperty("--row", `${row}px`);
    style.setProperty("--names", `${names}px`);
    style.setProperty("--top", `${top}px`);
    // Saturday is where the tint of the weekends begins.
    style.setProperty("--saturday", `${names + ((5 - weekdayOf(this.horizon.origin) + 7) % 7) * day}px`);
    style.setProperty("--today", `${names + (this.horizon.today - this.horizon.origin) * day}px`);
  }

  /** The first day that is wholly in view. */
  firstDay(): number {
    return this.horizon.origin + Math.ceil(this.scroller.scrollLeft / this.metrics.day);
  }

  /** Scrolls so that a day is the second in view. */
  goTo(day: number, smoothly: boolean): void {
    const left = (day - this.horizon.origin - 1) * this.metrics.day;
    // A long way would fly past, and fetch, everything between.
    const near = Math.abs(left - this.scroller.scrollLeft) < 30 * this.metrics.day;
    this.scroller.scrollTo({ left, behavior: smoothly && near ? "smooth" : "instant" });
    this.schedule();
  }

  /** Draws before the next frame, once. */
  schedule(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    requestAnimationFrame(() => {
      this.scheduled = false;
      this.draw();
    });
    clearTimeout(this.moved);
    this.moved = setTimeout(() => this.onMoved(this.firstDay() + 1), 300);
  }

  /** Draws everything anew: what was fetched has changed. Who had the focus keeps it. */
  invalidate(): void {
    const focused = this.canvas.contains(document.activeElement) ? this.active?.id : undefined;
    for (const row of this.rows.values()) {
      row.cell.replaceChildren();
      row.bars.clear();
    }
    if (focused === undefined) {
      this.schedule();
      return;
    }
    this.draw();
    this.stayElement(focused)?.focus({ preventScroll: true });
  }

  private stayElement(id: string): HTMLElement | null {
    return this.canvas.querySelector<HTMLElement>(`[data-stay="${CSS.escape(id)}"]`);
  }

  private draw(): void {
    const { day, row, names } = this.metrics;
    const { scrollLeft, scrollTop, clientWidth, clientHeight } = this.scroller;
    const days = inView(scrollLeft, clientWidth - names, day, this.horizon.days, MORE_DAYS);
    const rows = inView(scrollTop, clientHeight, row, Math.max(this.store.rows.length, 1), MORE_ROWS);
    this.store.want(rows, days);
    this.canvas.style.height = `calc(var(--head) + ${this.store.rows.length * row}px)`;
    this.drawDays(days);
    this.drawRows(rows, days);
    this.tell();
  }

  private tell(): void {
    const state = this.store.state();
    const text = state === "failed" ? this.texts.failed : state === "loading" ? this.texts.loading : "";
    if (this.status && this.status.textContent !== text) this.status.textContent = text;
    if (this.retry) this.retry.hidden = state !== "failed";
  }

  private drawDays(days: Span): void {
    const key = `${days.first}:${days.end}`;
    if (key === this.drawnDays) return;
    this.drawnDays = key;
    const { origin, today } = this.horizon;
    const cells: HTMLElement[] = [];
    let month: HTMLElement | undefined;
    for (let index = days.first; index < days.end; index += 1) {
      const day = origin + index;
      const date = new Date(day * 86_400_000);
      if (!month || date.getUTCDate() === 1) {
        const length = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
        month = make("div", "tl-month");
        month.style.left = `${index * this.metrics.day}px`;
        month.style.width = `${(length - date.getUTCDate() + 1) * this.metrics.day}px`;
        month.append(make("span", "tl-month-name", this.monthName.format(date)));
        cells.push(month);
      }
      const cell = make("div", "tl-day");
      cell.style.left = `${index * this.metrics.day}px`;
      cell.classList.toggle("is-weekend", weekdayOf(day) > 4);
      cell.classList.toggle("is-today", day === today);
      cell.classList.toggle("is-monday", weekdayOf(day) === 0);
      cell.append(make("span", "tl-weekday", this.dayName.format(date)));
      cell.append(make("span", "tl-number", String(date.getUTCDate())));
      cells.push(cell);
    }
    this.days.replaceChildren(...cells);
  }

  private drawRows(rows: Span, days: Span): void {
    for (const [index, row] of this.rows) {
      const keep = (index >= rows.first && index < rows.end) || index === this.active?.row;
      if (keep && row.unit === this.store.rows[index]?.unit_id) continue;
      row.element.remove();
      this.rows.delete(index);
    }
    for (let index = rows.first; index < rows.end; index += 1) this.drawRow(index, days);
    if (this.active && !(this.active.row >= rows.first && this.active.row < rows.end))
      this.drawRow(this.active.row, days);
    this.roving();
  }

  private drawRow(index: number, days: Span): void {
    const data = this.store.rows[index];
    if (!data) return;
    let row = this.rows.get(index);
    if (!row) {
      const before = this.store.rows[index - 1];
      const first = before?.property_id !== data.property_id;
      row = makeRow(index, data, first || this.metrics.names === 0, this.metrics.row);
      if (data.group !== null && before?.group !== data.group) {
        row.element.classList.add("is-group");
        row.element.querySelector(".tl-name")?.prepend(make("span", "tl-group", data.group || this.texts.no_city));
      }
      this.rows.set(index, row);
      // In the order of the screen, which is also the order of reading.
      const after = [...this.rows.keys()].filter((other) => other > index).sort((a, b) => a - b)[0];
      this.canvas.insertBefore(row.element, after === undefined ? null : (this.rows.get(after)?.element ?? null));
    }
    const { origin } = this.horizon;
    const from = origin + days.first;
    const to = origin + days.end;
    const lanes = this.store.lanesOf(data.unit_id);
    const wanted = new Set<string>();
    for (const stay of this.store.staysOf(data.unit_id)) {
      const isActive = this.active?.id === stay.id;
      if ((stay.end < from || stay.first >= to) && !isActive) continue;
      wanted.add(stay.id);
      if (row.bars.has(stay.id)) continue;
      const bar = this.makeBar(stay, lanes.get(stay.id) ?? { lane: 0, lanes: 1 }, data.property_name);
      row.bars.set(stay.id, bar);
      row.cell.append(bar);
    }
    for (const turnover of this.store.turnoversOf(data.unit_id)) {
      if (turnover.day < from || turnover.day >= to) continue;
      wanted.add(turnover.id);
      if (row.bars.has(turnover.id)) continue;
      const mark = this.makeTurnover(turnover, data.property_name);
      row.bars.set(turnover.id, mark);
      row.cell.append(mark);
    }
    for (const [id, bar] of row.bars) {
      if (wanted.has(id)) continue;
      bar.remove();
      row.bars.delete(id);
    }
  }

  private makeBar(stay: Stay, { lane, lanes }: { lane: number; lanes: number }, property: string): HTMLElement {
    const { day, row, top } = this.metrics;
    const channel = stay.kind === "block" ? "blocked" : stay.channel;
    const look = this.texts.channels[channel];
    const height = (row - top - 5) / lanes;
    const bar = document.createElement("a");
    bar.className = `tl-stay channel-${channel} is-${stay.status}`;
    bar.classList.toggle("is-conflict", stay.conflict);
    bar.classList.toggle("is-review", stay.needs_review);
    bar.classList.toggle("is-tight", lanes > 1);
    bar.classList.toggle("is-long", stay.end - stay.first > 4);
    bar.href = `/stays/${stay.id}`;
    bar.dataset.stay = stay.id;
    bar.dataset.channel = channel;
    this.dim(bar);
    bar.classList.toggle("is-held", this.mayEdit && this.gripsOf(stay).length > 0);
    bar.tabIndex = -1;
    // From the afternoon of the arrival to the morning of the departure.
    bar.style.left = `${(stay.first - this.horizon.origin + 0.5) * day + 1}px`;
    bar.style.width = `${(stay.end - stay.first) * day - 2}px`;
    bar.style.top = `${top + lane * height}px`;
    bar.style.height = `${height - (lanes > 1 ? 1 : 0)}px`;
    const words = [
      stay.label,
      look?.text ?? channel,
      this.texts.stay_status[stay.status] ?? stay.status,
      `${this.dateOf(stay.first)} – ${this.dateOf(stay.end)}`,
    ];
    if (stay.conflict) words.push(this.texts.conflict);
    if (stay.needs_review) words.push(this.texts.needs_review);
    bar.title = [...new Set(words)].join(" · ");
    bar.setAttribute("aria-label", [property, ...new Set(words)].join(", "));

    const label = make("span", "tl-label");
    const mark = make("span", `channel-mark channel-${channel}`);
    if (look) mark.append(this.icon(look.icon));
    label.append(mark);
    if (stay.conflict) label.append(this.icon("triangle-alert", "tl-alert"));
    else if (stay.needs_review) label.append(this.icon("eye", "tl-alert"));
    label.append(make("span", "tl-text", stay.label));
    bar.append(label);
    return bar;
  }

  private makeTurnover(turnover: Turnover, property: string): HTMLElement {
    const mark = make("span", "tl-turnover");
    const done = turnover.status === "completed";
    mark.classList.toggle("is-same-day", turnover.same_day && !done);
    mark.classList.toggle("is-done", done);
    mark.setAttribute("role", "img");
    mark.style.left = `${(turnover.day - this.horizon.origin + 0.5) * this.metrics.day}px`;
    const words = [this.texts.turnover, this.dateOf(turnover.day), this.texts.task_status[turnover.status] ?? ""];
    if (turnover.same_day) words.push(this.texts.same_day);
    mark.title = words.filter(Boolean).join(" · ");
    mark.setAttribute("aria-label", [property, ...words].filter(Boolean).join(", "));
    mark.append(this.icon(done ? "check" : "brush-cleaning"));
    return mark;
  }

  private dateOf(day: number): string {
    return this.dateName.format(new Date(day * 86_400_000));
  }

  private icon(name: string, extra = ""): SVGElement {
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("class", `icon ${extra}`);
    svg.setAttribute("aria-hidden", "true");
    const use = document.createElementNS(SVG, "use");
    use.setAttribute("href", `${this.icons}#${name}`);
    svg.append(use);
    return svg;
  }

  /** Tab leads to one stay only: the last one focused, or the first in view. */
  private roving(): void {
    const links = [...this.canvas.querySelectorAll<HTMLElement>(".tl-stay")];
    const first = links.find((link) => link.dataset.stay === this.active?.id) ?? links[0];
    for (const link of links) link.tabIndex = link === first ? 0 : -1;
  }

  private onFocus(event: FocusEvent): void {
    const link = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>(".tl-stay") : null;
    const row = link?.closest<HTMLElement>(".tl-row");
    if (!link?.dataset.stay || !row) return;
    this.active = { row: Number(row.dataset.index), id: link.dataset.stay };
    this.roving();
  }

  /** Left and right: the stay before and after in the row. Up and down: the nearest one in the next row that has any. */
  private onKey(event: KeyboardEvent): void {
    const here = this.active;
    if (!here || event.altKey || event.ctrlKey || event.metaKey) return;
    const stays = this.staysIn(here.row);
    const at = stays.findIndex((stay) => stay.id === here.id);
    const stay = stays[at];
    if (!stay) return;
    const steps: Record<string, () => { row: number; stay: Stay } | undefined> = {
      ArrowLeft: () => within(here.row, stays[at - 1]),
      ArrowRight: () => within(here.row, stays[at + 1]),
      Home: () => within(here.row, stays[0]),
      End: () => within(here.row, stays.at(-1)),
      ArrowUp: () => this.nearest(here.row, -1, stay.first),
      ArrowDown: () => this.nearest(here.row, 1, stay.first),
    };
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    const found = step();
    if (found) this.focus(found.row, found.stay);
  }

  /** A stay that is over stays where it is; guests who are there can only leave on another day. */
  private gripsOf(stay: Stay): readonly Grip[] {
    if (!this.mayEdit || ["checked_out", "no_show"].includes(stay.status)) return [];
    return stay.status === "checked_in" ? ["end"] : ["move", "start", "end"];
  }

  pointAt(clientX: number, clientY: number): Point | undefined {
    const { day, row, names } = this.metrics;
    const box = this.canvas.getBoundingClientRect();
    const head = this.days.parentElement?.offsetHeight ?? 0;
    const at = Math.floor((clientY - box.top - head) / row);
    if (this.store.rows.length === 0) return undefined;
    return {
      row: Math.min(Math.max(at, 0), this.store.rows.length - 1),
      day: this.horizon.origin + (clientX - box.left - names) / day,
    };
  }

  /** The stay and the row of a bar, or of whatever is in it. */
  find(element: Element): { stay: Stay; row: number } | undefined {
    const bar = element.closest<HTMLElement>(".tl-stay");
    const row = Number(bar?.closest<HTMLElement>(".tl-row")?.dataset.index);
    const stay = this.staysIn(row).find((known) => known.id === bar?.dataset.stay);
    return stay && { stay, row };
  }

  stayAt(bar: HTMLElement): { id: string; place: Place; grips: readonly Grip[] } | undefined {
    const found = this.find(bar);
    if (!found) return undefined;
    const { stay, row } = found;
    return { id: stay.id, place: { row, first: stay.first, end: stay.end }, grips: this.gripsOf(stay) };
  }

  show(place: Place | undefined, but?: string): void {
    this.ghost?.remove();
    this.ghost = undefined;
    const row = place && this.store.rows[place.row];
    if (!place || !row) return;
    const { day, row: height, names, top } = this.metrics;
    const taken = overlapping(this.store.staysOf(row.unit_id), place, but);
    const ghost = make("div", "tl-ghost");
    ghost.classList.toggle("is-taken", taken.length > 0);
    ghost.style.left = `${names + (place.first - this.horizon.origin + 0.5) * day}px`;
    ghost.style.width = `${(place.end - place.first) * day}px`;
    ghost.style.top = `calc(var(--head) + ${place.row * height + top}px)`;
    ghost.style.height = `${height - top - 5}px`;
    ghost.append(make("span", "tl-ghost-text", this.words(place, taken[0])));
    this.canvas.append(ghost);
    this.ghost = ghost;
  }

  /** The dates of a place, and who has some of its nights. */
  words(place: Place, taken?: Stay): string {
    const nights = place.end - place.first;
    const counted = (nights === 1 ? this.texts.night : this.texts.nights).replace(/\d+/, String(nights));
    const dates = `${this.dateOf(place.first)} – ${this.dateOf(place.end)} · ${counted}`;
    return taken ? `${dates} · ${this.texts.taken}: ${taken.label}` : dates;
  }

  nudge(clientX: number, clientY: number): void {
    const box = this.scroller.getBoundingClientRect();
    const near = 36;
    const step = (at: number, from: number, to: number) => (at < from + near ? -12 : at > to - near ? 12 : 0);
    this.scroller.scrollLeft += step(clientX, box.left + this.metrics.names, box.right);
    this.scroller.scrollTop += step(clientY, box.top + (this.days.parentElement?.offsetHeight ?? 0), box.bottom);
  }

  private staysIn(row: number): readonly Stay[] {
    return this.store.staysOf(this.store.rows[row]?.unit_id ?? "");
  }

  private nearest(row: number, step: 1 | -1, day: number): { row: number; stay: Stay } | undefined {
    for (let other = row + step; other >= 0 && other < this.store.rows.length; other += step) {
      const stays = [...this.staysIn(other)].sort((a, b) => Math.abs(a.first - day) - Math.abs(b.first - day));
      if (stays[0]) return { row: other, stay: stays[0] };
    }
    return undefined;
  }

  private focus(row: number, stay: Stay): void {
    this.active = { row, id: stay.id };
    const { day, row: height, names } = this.metrics;
    const left = (stay.first - this.horizon.origin) * day;
    const right = left + Math.min(stay.end - stay.first + 1, 6) * day;
    const view = this.scroller;
    if (left < view.scrollLeft) view.scrollLeft = left - day;
    else if (right > view.scrollLeft + view.clientWidth - names)
      view.scrollLeft = right - (view.clientWidth - names) + day;
    const head = this.days.parentElement?.offsetHeight ?? 0;
    if (row * height < view.scrollTop) view.scrollTop = row * height;
    else if ((row + 1) * height + head > view.scrollTop + view.clientHeight)
      view.scrollTop = (row + 1) * height + head - view.clientHeight;
    this.draw();
    this.stayElement(stay.id)?.focus({ preventScroll: true });
  }
}

/** A row in the document. */
interface Row {
  unit: string;
  element: HTMLElement;
  cell: HTMLElement;
  bars: Map<string, HTMLElement>;
}

function within(row: number, stay: Stay | undefined) {
  return stay && { row, stay };
}

function make(tag: "div" | "span", className: string, text = ""): HTMLElement {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = text;
  return element;
}

function makeRow(index: number, data: TimelineRow, named: boolean, height: number): Row {
  const element = make("div", "tl-row");
  element.setAttribute("role", "row");
  // Row 1 is the header.
  element.setAttribute("aria-rowindex", String(index + 2));
  element.dataset.index = String(index);
  element.style.transform = `translateY(${index * height}px)`;
  element.classList.toggle("is-part", !named);
  const header = make("div", "tl-name");
  header.setAttribute("role", "rowheader");
  const link = document.createElement("a");
  link.href = `/properties/${data.property_id}`;
  link.className = "tl-name-link";
  link.title = data.unit_name ? `${data.property_name} · ${data.unit_name}` : data.property_name;
  link.append(make("span", `swatch property-${data.colour}`));
  const names = make("span", "tl-names");
  names.append(make("span", named ? "tl-property" : "sr-only", data.property_name));
  if (data.unit_name) names.append(make("span", "tl-unit", data.unit_name));
  link.append(names);
  header.append(link);
  const cell = make("div", "tl-cell");
  cell.setAttribute("role", "gridcell");
  element.append(header, cell);
  return { unit: data.unit_id, element, cell, bars: new Map() };
}
