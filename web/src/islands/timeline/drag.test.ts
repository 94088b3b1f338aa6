import { describe, expect, test } from "vitest";
import { dragged, gripAt, moveUrl, overlapping } from "./drag";

const stay = { row: 2, first: 100, end: 103 };
const at = (row: number, day: number) => ({ row, day });

describe("dragging", () => {
  test("a bar goes to other days and rows by whole days", () => {
    expect(dragged("move", stay, at(2, 101.4), at(5, 103.5))).toEqual({ row: 5, first: 102, end: 105 });
    expect(dragged("move", stay, at(2, 101.4), at(2, 101.6))).toEqual(stay);
    expect(dragged("move", stay, at(2, 101), at(0, 91))).toEqual({ row: 0, first: 90, end: 93 });
  });

  test("an edge changes one date, never the row, and leaves a night", () => {
    expect(dragged("end", stay, at(2, 103), at(9, 106))).toEqual({ row: 2, first: 100, end: 106 });
    expect(dragged("end", stay, at(2, 103), at(2, 90))).toEqual({ row: 2, first: 100, end: 101 });
    expect(dragged("start", stay, at(2, 100), at(2, 98))).toEqual({ row: 2, first: 98, end: 103 });
    expect(dragged("start", stay, at(2, 100), at(2, 120))).toEqual({ row: 2, first: 102, end: 103 });
  });

  test("over empty days, from the day it began on to the one it ends on, in either direction", () => {
    expect(dragged("new", stay, at(4, 100.2), at(7, 103.9))).toEqual({ row: 4, first: 100, end: 103 });
    expect(dragged("new", stay, at(4, 103.9), at(4, 100.2))).toEqual({ row: 4, first: 100, end: 103 });
    expect(dragged("new", stay, at(4, 100.2), at(4, 100.8))).toEqual({ row: 4, first: 100, end: 101 });
  });

  test("what is in the way shares a night; a departure on the day of an arrival does not", () => {
    const stays = [
      { id: "a", first: 98, end: 100 },
      { id: "b", first: 102, end: 104 },
      { id: "me", first: 100, end: 102 },
    ];
    expect(overlapping(stays, { first: 100, end: 102 }, "me")).toEqual([]);
    expect(overlapping(stays, { first: 99, end: 103 }, "me").map((other) => other.id)).toEqual(["a", "b"]);
  });

  test("the edges of a bar are narrow, those of a short one narrower", () => {
    expect([gripAt(3, 100), gripAt(50, 100), gripAt(97, 100)]).toEqual(["start", "move", "end"]);
    expect([gripAt(5, 16), gripAt(8, 16), gripAt(14, 16)]).toEqual(["move", "move", "end"]);
  });

  test("a drop leads to the page that says what changes", () => {
    const place = { row: 0, first: 20_822, end: 20_824 };
    expect(moveUrl("s", "u", place)).toBe("/stays/s/move?unit_id=u&check_in=2027-01-04&check_out=2027-01-06");
  });
});
