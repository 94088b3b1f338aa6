import { describe, expect, test, vi } from "vitest";
import type { TimelineWindow } from "./contract";
import { dayOf } from "./layout";
import { Store, TILE_ROWS } from "./store";

const ORIGIN = dayOf("2027-01-04");

/** A server with 130 units that remembers what it was asked. */
function server() {
  const asked: string[] = [];
  const load = async (query: URLSearchParams): Promise<TimelineWindow> => {
    asked.push(`${query.get("from")} ${query.get("after") ?? "start"}`);
    const start = Number(query.get("after") ?? 0);
    const count = Math.min(TILE_ROWS, 130 - start);
    const rows = Array.from({ length: count }, (_, i) => ({
      unit_id: `u${start + i}`,
      property_id: `p${start + i}`,
      property_name: `Property ${start + i}`,
      unit_name: null,
      colour: "teal",
      group: null,
    }));
    const stay = {
      id: `s${start}`,
      unit_id: `u${start}`,
      kind: "reservation" as const,
      status: "confirmed",
      channel: "airbnb",
      label: "Zoë",
      check_in: "2027-01-05",
      check_out: "2027-01-08",
      conflict: false,
      needs_review: false,
    };
    const next = start + count < 130 ? String(start + count) : null;
    return { from: query.get("from") ?? "", days: 90, today: "2027-01-04", rows, stays: [stay], turnovers: [], next };
  };
  return { asked, load };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

describe("the store", () => {
  test("asks for each tile once, and for the next page of rows when the end is near", async () => {
    const { asked, load } = server();
    const store = new Store(ORIGIN, load, vi.fn());
    store.want({ first: 0, end: 20 }, { first: 0, end: 30 });
    store.want({ first: 0, end: 20 }, { first: 0, end: 30 });
    await settled();
    expect(asked).toEqual(["2027-01-04 start"]);
    expect(store.rows).toHaveLength(60);

    store.want({ first: 45, end: 60 }, { first: 80, end: 100 });
    await settled();
    expect(asked.slice(1)).toEqual(["2027-04-04 start", "2027-01-04 60", "2027-04-04 60"]);
    expect(store.rows).toHaveLength(120);

    store.want({ first: 105, end: 120 }, { first: 0, end: 30 });
    await settled();
    store.want({ first: 125, end: 130 }, { first: 0, end: 30 });
    await settled();
    expect(store.rows).toHaveLength(130);
    expect(asked.at(-1)).toBe("2027-01-04 120");
  });

  test("keeps a stay once, however many tiles it touches", async () => {
    const store = new Store(ORIGIN, server().load, vi.fn());
    store.want({ first: 0, end: 1 }, { first: 0, end: 180 });
    await settled();
    expect(store.staysOf("u0").map((stay) => [stay.id, stay.end - stay.first])).toEqual([["s0", 3]]);
  });

  test("says what failed, and asks again when told to", async () => {
    let broken = true;
    const { asked, load } = server();
    const store = new Store(ORIGIN, (query) => (broken ? Promise.reject(new Error("offline")) : load(query)), vi.fn());
    store.want({ first: 0, end: 1 }, { first: 0, end: 1 });
    await settled();
    expect(store.state()).toBe("failed");
    broken = false;
    store.retry();
    store.want({ first: 0, end: 1 }, { first: 0, end: 1 });
    await settled();
    expect(store.state()).toBe("there");
    expect(asked).toHaveLength(1);
  });

  test("what has gone or moved away is gone after a refresh, and until then it stays", async () => {
    const { load } = server();
    let gone = false;
    const store = new Store(
      ORIGIN,
      async (query) => ({ ...(await load(query)), ...(gone ? { stays: [] } : {}) }),
      vi.fn(),
    );
    store.want({ first: 0, end: 1 }, { first: 0, end: 1 });
    await settled();
    gone = true;
    store.refresh();
    expect(store.staysOf("u0")).toHaveLength(1);
    store.want({ first: 0, end: 1 }, { first: 0, end: 1 });
    await settled();
    expect(store.staysOf("u0")).toHaveLength(0);
  });

  test("an answer from before a refresh is dropped", async () => {
    const answers: ((window: TimelineWindow) => void)[] = [];
    const store = new Store(ORIGIN, () => new Promise((resolve) => answers.push(resolve)), vi.fn());
    store.want({ first: 0, end: 1 }, { first: 0, end: 1 });
    store.refresh();
    const { load } = server();
    answers[0]?.(await load(new URLSearchParams()));
    await settled();
    expect(store.rows).toHaveLength(0);
  });
});
