import { test } from "@playwright/test";
import { signInAs } from "./support/steps";

/** How long each way is scrolled. */
const SCROLL_MS = 4000;

test("the timeline of many properties", async ({ browser }) => {
  const { BENCH_ADDRESS: address = "", BENCH_EMAIL: email = "", BENCH_PASSWORD: password = "" } = process.env;
  const context = await browser.newContext({ baseURL: address });
  const page = await context.newPage();
  await signInAs(page, { email, password });
  await page.waitForURL(/dashboard/);
  await page.addInitScript(() => {
    const seen = () => {
      if (document.querySelector(".tl-stay")) performance.mark("stays");
      else requestAnimationFrame(seen);
    };
    requestAnimationFrame(seen);
  });
  const times: { first: number; stays: number }[] = [];
  for (let visit = 0; visit < 6; visit += 1) {
    await page.goto("/calendar");
    await page.locator(".tl-stay").first().waitFor();
    times.push(
      await page.evaluate(() => ({
        first: performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? Number.NaN,
        stays: performance.getEntriesByName("stays")[0]?.startTime ?? Number.NaN,
      })),
    );
  }
  // The first visit fetches fonts, styles and scripts as well.
  const median = (of: number[]) => Math.round(of.sort((a, b) => a - b)[Math.floor(of.length / 2)] ?? Number.NaN);
  tell({
    first_visit_stays_ms: Math.round(times[0]?.stays ?? Number.NaN),
    first_paint_ms: median(times.slice(1).map((time) => time.first)),
    stays_drawn_ms: median(times.slice(1).map((time) => time.stays)),
  });
  // The page's own thread, in processor time: it does not depend on what else the machine does, as frames a second do.
  const session = await context.newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  const busy = async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
  };
  for (const [way, x, y] of [
    ["down", 0, 24],
    ["up", 0, -24],
    ["right", 24, 0],
    ["left", -24, 0],
  ] as const) {
    const before = await busy();
    const measured = await page.evaluate(scroll, { x, y, ms: SCROLL_MS });
    const after = await busy();
    const perFrame = (name: string) =>
      Math.round((((after[name] ?? 0) - (before[name] ?? 0)) * 10_000) / measured.frames) / 10;
    tell({
      scrolled: way,
      ...measured,
      processor_ms_per_frame: perFrame("TaskDuration"),
      of_it_scripts: perFrame("ScriptDuration"),
      of_it_styles: perFrame("RecalcStyleDuration"),
      of_it_layout: perFrame("LayoutDuration"),
    });
  }
  await context.close();
});

interface Scrolled {
  frames: number;
  frames_per_second: number;
  slowest_frame_of_100_ms: number;
  bars: number;
}

/** In the page: scrolls by so much in every frame, and counts the frames. */
function scroll({ x, y, ms }: { x: number; y: number; ms: number }): Promise<Scrolled> {
  const scroller = document.querySelector(".tl-scroller");
  return new Promise((resolve) => {
    const gaps: number[] = [];
    let begun = 0;
    let last = 0;
    const step = (now: number) => {
      if (begun === 0) begun = now;
      else gaps.push(now - last);
      last = now;
      scroller?.scrollBy(x, y);
      if (now - begun < ms) return void requestAnimationFrame(step);
      gaps.sort((a, b) => a - b);
      resolve({
        frames: gaps.length,
        frames_per_second: Math.round((gaps.length * 1000) / (now - begun)),
        slowest_frame_of_100_ms: Math.round(gaps[Math.floor(gaps.length * 0.99)] ?? Number.NaN),
        bars: document.querySelectorAll(".tl-stay").length,
      });
    };
    requestAnimationFrame(step);
  });
}

function tell(figures: object): void {
  process.stdout.write(`${JSON.stringify(figures)}\n`);
}
