import { describe, expect, test } from "vitest";
import { dayOf, inView, isoOf, lanesOf, tilesOf, weekdayOf } from "./layout";

describe("days", () => {
  test("dates become numbers and back, also across a leap day and a clock change", () => {
    expect(dayOf("1970-01-01")).toBe(0);
    for (const iso of ["2027-01-04", "2028-02-29", "2027-03-28", "1969-12-31"]) expect(isoOf(dayOf(iso))).toBe(iso);
    expect(dayOf("2028-03-01") - dayOf("2028-02-28")).toBe(2);
  });

  test("2027-01-04 is a Monday, the day before a Sunday", () => {
    expect(weekdayOf(dayOf("2027-01-04"))).toBe(0);
    expect(weekdayOf(dayOf("2027-01-03"))).toBe(6);
    expect(weekdayOf(dayOf("1969-12-28"))).toBe(6);
  });
});

describe("what is in view", () => {
  test("is the visible items and a few more, never outside the list", () => {
    expect(inView(100, 200, 50, 100, 0)).toEqual({ first: 2, end: 6 });
    expect(inView(0, 200, 50, 100, 2)).toEqual({ first: 0, end: 6 });
    expect(inView(4_900, 400, 50, 100, 2)).toEqual({ first: 96, end: 100 });
    expect(inView(9_000, 400, 50, 3, 1)).toEqual({ first: 179, end: 179 });
  });

  test("needs the tiles that cover it", () => {
    expect(tilesOf({ first: 0, end: 90 }, 90)).toEqual([0]);
    expect(tilesOf({ first: 89, end: 181 }, 90)).toEqual([0, 1, 2]);
    expect(tilesOf({ first: 5, end: 5 }, 90)).toEqual([]);
  });
});

describe("lanes", () => {
  const lanes = (...spans: [string, number, number][]) =>
    Object.fromEntries(lanesOf(spans.map(([id, first, end]) => ({ id, first, end }))));

  test("a same-day turnover needs one lane", () => {
    expect(lanes(["a", 1, 5], ["b", 5, 8])).toEqual({ a: { lane: 0, lanes: 1 }, b: { lane: 0, lanes: 1 } });
  });

  test("a double booking needs two, and its neighbours none of it", () => {
    expect(lanes(["a", 1, 5], ["b", 3, 8], ["c", 8, 9])).toEqual({
      a: { lane: 0, lanes: 2 },
      b: { lane: 1, lanes: 2 },
      c: { lane: 0, lanes: 1 },
    });
  });

  test("a lane is used again when it is free within the group", () => {
    expect(lanes(["long", 0, 10], ["a", 1, 3], ["b", 3, 5])).toEqual({
      long: { lane: 0, lanes: 2 },
      a: { lane: 1, lanes: 2 },
      b: { lane: 1, lanes: 2 },
    });
  });
});
