// `console`: the console's page in a real Chromium: what a first load costs on a slow machine, whether a trace of thousands of spans
// opens smoothly, and whether a list that is left open grows.
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { z } from "zod";
import { FIRST_LOAD_BYTES_MAX, firstLoad } from "../../test/console/support/judged/first-load.ts";
import { launchBrowser } from "../../test/support/browser/browser.ts";
import { type Check, defineDrill } from "../drill.ts";
import { createInstallation, type RunningBinnacle } from "../installation/binnacle.ts";
import { type Flatness, judgeFlatness } from "../soak/flatness.ts";
import { type Load, loadPage } from "./load-page.ts";
import { type OpenedTrace, openTrace } from "./open-trace.ts";
import { watchTail } from "./watch-tail.ts";

const INTERACTIVE_MS_MAX = 1500;
const TASK_MS_MAX = 200;
const SLOWDOWN = 4;

export const consoleDrill = defineDrill({
  name: "console",
  takes: "32 min",
  summary:
    "the page in a real Chromium: bytes and time of the first load, a trace of 5,000 spans, memory of a live list",
  options: z.object({
    minutes: z.coerce.number().min(2).max(600).default(30).describe("how long the live list stays open"),
    rate: z.coerce.number().min(0.1).max(500).default(20).describe("calls a second meanwhile"),
    loads: z.coerce.number().int().min(1).max(100).default(5).describe("first loads, of which the median counts"),
    spans: z.coerce.number().int().min(1).max(5000).default(5000).describe("spans of the trace that is opened"),
  }),
  async run(context, { minutes, rate, loads, spans }) {
    const browser = await launchBrowser();
    context.defer(() => browser.close());
    const running = await createInstallation(context).start();
    const load = await medianLoad({ browser, running }, loads);
    context.say(`interactive after ${Math.round(load.interactiveMs)} ms`);
    const trace = await openTrace(browser, running, spans);
    context.say(`the trace: longest task ${Math.round(trace.longestTaskMs)} ms`);
    const tail = await watchTail({ running, browser }, { minutes, callsPerSecond: rate }, context);
    context.signal.throwIfAborted();
    const memory = judgeFlatness(tail.samples);
    const { gzipBytes } = firstLoad(join(context.root, "console/dist"));
    await running.stop();
    return {
      checks: checksOf({ load, trace, memory, gzipBytes }),
      figures: {
        first_load_gzip_bytes: gzipBytes,
        first_load_wire_bytes: load.scriptBytes,
        drawn_ms: Math.round(load.drawnMs),
        interactive_ms: Math.round(load.interactiveMs),
        trace_shown_ms: trace.isShown ? Math.round(trace.shownMs) : null,
        trace_longest_task_ms: Math.round(trace.longestTaskMs),
        tail_calls: tail.calls,
        tail_longest_task_ms: Math.round(tail.longestTaskMs),
        tail_heap_first_bytes: memory.firstBytes,
        tail_heap_last_bytes: memory.lastBytes,
      },
    };
  },
});

/** Of the loads, the one in the middle by when it was interactive. */
async function medianLoad(at: { browser: Browser; running: RunningBinnacle }, loads: number): Promise<Load> {
  const all: Load[] = [];
  for (let round = 0; round < loads; round += 1) all.push(await loadPage(at.browser, at.running, SLOWDOWN));
  const middle = all.toSorted((one, other) => one.interactiveMs - other.interactiveMs)[Math.floor(loads / 2)];
  if (middle === undefined) throw new Error("nothing was loaded");
  return middle;
}

interface Found {
  load: Load;
  trace: OpenedTrace;
  memory: Flatness;
  gzipBytes: number;
}

function checksOf({ load, trace, memory, gzipBytes }: Found): Check[] {
  return [
    {
      that: "a first load needs at most 250 KB of JavaScript, gzip",
      holds: gzipBytes <= FIRST_LOAD_BYTES_MAX,
      found: `${Math.round(gzipBytes / 1000)} KB`,
    },
    {
      that: "on a processor four times slower the page answers within 1.5 s",
      holds: load.interactiveMs <= INTERACTIVE_MS_MAX,
      found: `${Math.round(load.interactiveMs)} ms`,
    },
    {
      that: "opening a large trace holds the page up for at most 200 ms at a time",
      holds: trace.isShown && trace.longestTaskMs <= TASK_MS_MAX,
      found: trace.isShown ? `${Math.round(trace.longestTaskMs)} ms` : "no tree of spans was shown",
    },
    {
      that: "the heap of a live list stays as it is",
      holds: memory.isFlat,
      found: `${percent(memory.change)}, trend ${percent(memory.drift)}`,
    },
  ];
}

const percent = (share: number): string => `${share >= 0 ? "+" : ""}${(share * 100).toFixed(1)} %`;
