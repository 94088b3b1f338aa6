/** The arithmetic of the timeline: days as numbers, what is in view, which tiles that needs, and lanes. No DOM. */

/** Days since 1970-01-01 of an ISO date. */
export function dayOf(iso: string): number {
  return Math.round(Date.UTC(+iso.slice(0, 4), +iso.slice(5, 7) - 1, +iso.slice(8, 10)) / 86_400_000);
}

/** The ISO date of a day number. */
export function isoOf(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}

/** 0 for Monday to 6 for Sunday. */
export function weekdayOf(day: number): number {
  return (((day + 3) % 7) + 7) % 7;
}

/** Whole numbers from `first` up to, not including, `end`. */
export interface Span {
  first: number;
  end: number;
}

/** Which items of `size` pixels are in view, with some more on both sides, within `0..count`. */
export function inView(offset: number, length: number, size: number, count: number, more: number): Span {
  const first = Math.max(0, Math.floor(offset / size) - more);
  return { first, end: Math.max(first, Math.min(count, Math.ceil((offset + length) / size) + more)) };
}

/** The numbers of the tiles, each `size` long, that cover a span. */
export function tilesOf(span: Span, size: number): number[] {
  if (span.end <= span.first) return [];
  const first = Math.floor(span.first / size);
  const last = Math.floor((span.end - 1) / size);
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}

/** Where a stay lies in its row when others want the same nights. */
export interface Lane {
  lane: number;
  /** How many lanes the stays that overlap it need together. */
  lanes: number;
}

/**
 * Gives stays that share nights lanes of their own. A stay that ends on the day another begins shares none with it.
 * Stays are half-open day spans with an id; the answer is by id.
 */
export function lanesOf(stays: readonly { id: string; first: number; end: number }[]): Map<string, Lane> {
  const sorted = [...stays].sort((a, b) => a.first - b.first || b.end - a.end || (a.id < b.id ? -1 : 1));
  const placed = new Map<string, Lane>();
  let group: Lane[] = [];
  let ends: number[] = [];
  for (const stay of sorted) {
    // Nothing reaches this far: the lanes before are final.
    if (ends.every((end) => end <= stay.first)) {
      group = [];
      ends = [];
    }
    const free = ends.findIndex((end) => end <= stay.first);
    const lane = free < 0 ? ends.length : free;
    ends[lane] = stay.end;
    const place: Lane = { lane, lanes: 1 };
    group.push(place);
    for (const other of group) other.lanes = ends.length;
    placed.set(stay.id, place);
  }
  return placed;
}
