import type { TimelineRow, TimelineStay, TimelineTurnover, TimelineWindow } from "./contract";
import { dayOf, isoOf, type Lane, lanesOf, type Span, tilesOf } from "./layout";

/** Days of one request. */
export const TILE_DAYS = 90;
/** Rows of one request. */
export const TILE_ROWS = 60;

/** A stay with its days as numbers. */
export interface Stay extends TimelineStay {
  first: number;
  end: number;
}

/** A turnover with its day as a number. */
export interface Turnover extends TimelineTurnover {
  day: number;
}

/** Asks the server for a window. */
export type Load = (query: URLSearchParams) => Promise<TimelineWindow>;

type TileState = "loading" | "there" | "failed";

/**
 * The part of the calendar that was fetched: tiles of 60 rows by 90 days, each asked for once when it comes into view.
 * Pages of rows are reached by their cursors, so a page can only be asked for when the one before it is there.
 */
export class Store {
  readonly rows: TimelineRow[] = [];
  private readonly tiles = new Map<string, TileState>();
  private readonly stays = new Map<string, Map<string, Stay>>();
  private readonly turnovers = new Map<string, Map<string, Turnover>>();
  /** What is drawn of a unit in every frame, until its stays change. */
  private readonly sorted = new Map<string, { stays: Stay[]; lanes: Map<string, Lane> }>();
  /** Cursor of each page; null for the first. The list ends when the last page is known. */
  private cursors: (string | null)[] = [null];
  private complete = false;
  private generation = 0;

  /** `origin` is the day number where tile 0 begins; `changed` is called after each answer. */
  constructor(
    private readonly origin: number,
    private readonly load: Load,
    private readonly changed: () => void,
  ) {}

  /** Asks for what these rows and days need and is not there. Rows past the known ones ask for the next page. */
  want(rows: Span, days: Span): void {
    const known = Math.max(1, Math.ceil(this.rows.length / TILE_ROWS));
    const pages = tilesOf({ first: rows.first, end: Math.max(rows.end, rows.first + 1) }, TILE_ROWS);
    if (!this.complete && rows.end >= this.rows.length && this.cursors.length > known) pages.push(known);
    for (const page of new Set(pages)) {
      for (const tile of tilesOf(days, TILE_DAYS)) this.fetchTile(page, tile);
    }
  }

  private fetchTile(page: number, tile: number): void {
    const key = `${page}:${tile}`;
    const cursor = this.cursors[page];
    if (cursor === undefined || this.tiles.has(key)) return;
    this.tiles.set(key, "loading");
    const generation = this.generation;
    const query = new URLSearchParams({
      from: isoOf(this.origin + tile * TILE_DAYS),
      days: String(TILE_DAYS),
      limit: String(TILE_ROWS),
    });
    if (cursor !== null) query.set("after", cursor);
    this.load(query)
      .then(
        (window) => {
          if (generation !== this.generation) return;
          this.tiles.set(key, "there");
          this.keep(page, window);
        },
        () => {
          if (generation === this.generation) this.tiles.set(key, "failed");
        },
      )
      .finally(this.changed);
  }

  private keep(page: number, window: TimelineWindow): void {
    for (const [index, row] of window.rows.entries()) this.rows[page * TILE_ROWS + index] = row;
    if (window.next === null) {
      this.complete = true;
      this.rows.length = page * TILE_ROWS + window.rows.length;
    } else this.cursors[page + 1] ??= window.next;
    const from = dayOf(window.from);
    const until = from + window.days;
    // What was there before and has gone or moved away is not in the answer.
    for (const row of window.rows) {
      this.sorted.delete(row.unit_id);
      const stays = this.stays.get(row.unit_id);
      for (const stay of stays?.values() ?? []) if (stay.first < until && stay.end >= from) stays?.delete(stay.id);
      const turnovers = this.turnovers.get(row.unit_id);
      for (const mark of turnovers?.values() ?? [])
        if (mark.day >= from && mark.day < until) turnovers?.delete(mark.id);
    }
    for (const stay of window.stays) {
      const known = this.stays.get(stay.unit_id) ?? new Map<string, Stay>();
      known.set(stay.id, { ...stay, first: dayOf(stay.check_in), end: dayOf(stay.check_out) });
      this.stays.set(stay.unit_id, known);
    }
    for (const turnover of window.turnovers) {
      const known = this.turnovers.get(turnover.unit_id) ?? new Map<string, Turnover>();
      known.set(turnover.id, { ...turnover, day: dayOf(turnover.date) });
      this.turnovers.set(turnover.unit_id, known);
    }
  }

  private sortedOf(unit: string) {
    let sorted = this.sorted.get(unit);
    if (!sorted) {
      const stays = [...(this.stays.get(unit)?.values() ?? [])].sort((a, b) => a.first - b.first || a.end - b.end);
      sorted = { stays, lanes: lanesOf(stays) };
      this.sorted.set(unit, sorted);
    }
    return sorted;
  }

  /** All fetched stays of a unit, by first night. */
  staysOf(unit: string): readonly Stay[] {
    return this.sortedOf(unit).stays;
  }

  /** The lanes of a unit's stays. */
  lanesOf(unit: string): ReadonlyMap<string, Lane> {
    return this.sortedOf(unit).lanes;
  }

  /** All fetched turnovers of a unit. */
  turnoversOf(unit: string): Turnover[] {
    return [...(this.turnovers.get(unit)?.values() ?? [])];
  }

  /** Whether something is being fetched, or could not be. */
  state(): TileState {
    const states = new Set(this.tiles.values());
    if (states.has("failed")) return "failed";
    return states.has("loading") ? "loading" : "there";
  }

  /** Forgets what failed, so that it is asked for again. */
  retry(): void {
    for (const [key, state] of this.tiles) if (state === "failed") this.tiles.delete(key);
    this.changed();
  }

  /** Asks for everything again; what is there stays on screen until the answers come. */
  refresh(): void {
    this.generation += 1;
    this.tiles.clear();
    this.cursors = [null];
    this.complete = false;
    this.changed();
  }
}
