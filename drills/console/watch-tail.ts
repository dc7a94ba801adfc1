// The list of calls left open while calls come in: what its heap holds, every few seconds.
import type { Browser } from "playwright-core";
import type { DrillContext } from "../drill.ts";
import type { RunningBinnacle } from "../installation/binnacle.ts";
import { callAtRate } from "../load/call-at-rate.ts";
import { createCaller } from "../load/caller.ts";
import { type PlannedCall, planProbe } from "../load/planned-call.ts";
import type { Sample } from "../soak/flatness.ts";
import { createMeasuredPage, heapBytes } from "./measured-page.ts";

export interface Tail {
  samples: Sample[];
  calls: number;
  longestTaskMs: number;
}

const SAMPLE_MS = 5000;

export async function watchTail(
  { running, browser }: { running: RunningBinnacle; browser: Browser },
  { minutes, callsPerSecond }: { minutes: number; callsPerSecond: number },
  { signal, say }: DrillContext,
): Promise<Tail> {
  const measured = await createMeasuredPage(browser, running);
  const { page, context } = measured;
  const end = new AbortController();
  let calls = 0;
  try {
    await page.goto(`${running.url}/#/calls`);
    await page.locator("[data-connection=live]").waitFor();
    const load = callAtRate(createCaller(running), {
      calls: planned(),
      callsPerSecond,
      until: AbortSignal.any([signal, end.signal]),
      onEnd: () => void (calls += 1),
    });
    const samples: Sample[] = [];
    const beganMs = performance.now();
    const lastsMs = minutes * 60_000;
    for (let atMs = 0; atMs < lastsMs && !signal.aborted; atMs = performance.now() - beganMs) {
      samples.push({ atMs, bytes: await heapBytes(measured) });
      if (samples.length % 12 === 0) say(`${Math.round(atMs / 60_000)} min, ${calls} calls`);
      await Bun.sleep(SAMPLE_MS);
    }
    end.abort();
    await load;
    const tasks = await measured.longTasks();
    return { samples, calls, longestTaskMs: Math.max(0, ...tasks.map(({ durationMs }) => durationMs)) };
  } finally {
    end.abort();
    await context.close();
  }
}

function* planned(): Generator<PlannedCall, never> {
  for (let number = 1; ; number += 1) yield planProbe(`tail-${number}`);
}
