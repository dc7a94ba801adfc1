// A trace of very many spans, sent in as other programs send them, and then opened in the console.
import type { Browser } from "playwright-core";
import { until } from "../../test/support/until.ts";
import { createBatchMaker, traceOfBatch } from "../ingest/batches.ts";
import type { RunningBinnacle } from "../installation/binnacle.ts";
import { createMeasuredPage, quiet } from "./measured-page.ts";

export interface OpenedTrace {
  /** Whether its spans were there to be seen. */
  isShown: boolean;
  shownMs: number;
  longestTaskMs: number;
}

/** However it is drawn, whoever cannot see it is told that it is one of these. */
const SPANS = "[role=tree], [role=treegrid]";
const SHOWN_WITHIN_MS = 30_000;

export async function openTrace(browser: Browser, running: RunningBinnacle, spans: number): Promise<OpenedTrace> {
  const id = await sendTrace(running, spans);
  const measured = await createMeasuredPage(browser, running);
  const { page, context } = measured;
  try {
    await page.goto(`${running.url}/#/calls`);
    await page.locator("main").waitFor();
    await quiet(measured);
    await measured.forget();
    const began = performance.now();
    await page.evaluate((hash) => {
      location.hash = hash;
    }, `#/traces/${id}`);
    const isShown = await page
      .locator(SPANS)
      .first()
      .waitFor({ timeout: SHOWN_WITHIN_MS })
      .then(
        () => true,
        () => false,
      );
    const shownMs = performance.now() - began;
    await quiet(measured);
    const tasks = await measured.longTasks();
    return { isShown, shownMs, longestTaskMs: Math.max(0, ...tasks.map(({ durationMs }) => durationMs)) };
  } finally {
    await context.close();
  }
}

/** Resolves with the trace's id once all of it can be read. */
async function sendTrace(running: RunningBinnacle, spans: number): Promise<string> {
  const headers = { "content-type": "application/x-protobuf", authorization: `Bearer ${running.key}` };
  const body = Buffer.from(createBatchMaker(spans, 1).make(1));
  const response = await fetch(`${running.url}/v1/traces`, { method: "POST", headers, body });
  if (!response.ok) throw new Error(`the trace was answered ${response.status}: ${await response.text()}`);
  const id = traceOfBatch(1).replaceAll("-", "");
  const isRead = async (): Promise<boolean> => (await fetch(`${running.url}/api/v1/traces/${id}`, { headers })).ok;
  await until(isRead);
  return id;
}
